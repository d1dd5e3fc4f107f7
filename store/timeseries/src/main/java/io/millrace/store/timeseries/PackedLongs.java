package io.millrace.store.timeseries;

/// Numbers that lie near each other, in few bits.
///
/// Frames of 64: a byte with the bits that the widest needs, then all in that many bits, low bits
/// first. Numbers are zigzagged, so that small negative ones are small too.
final class PackedLongs {
  private static final int FRAME = 64;

  private PackedLongs() {}

  static void write(long[] values, int count, Output out) {
    for (int from = 0; from < count; from += FRAME) {
      writeFrame(values, from, Math.min(FRAME, count - from), out);
    }
  }

  static long[] read(Input in, int count) {
    var values = new long[count];
    for (int from = 0; from < count; from += FRAME) {
      readFrame(in, values, from, Math.min(FRAME, count - from));
    }
    return values;
  }

  /// Writes numbers that follow one another closely: the first, then the differences.
  static void writeSteps(long[] values, Output out) {
    var steps = differences(values);
    out.putSigned(steps[0]);
    steps[0] = 0; // it would widen the whole first frame
    write(steps, steps.length, out);
  }

  static long[] readSteps(Input in, int count) {
    long first = in.signed();
    var steps = read(in, count);
    if (count > 0) {
      steps[0] = first;
    }
    return sums(steps);
  }

  /// Writes times: the first two, then by how much each step differs from the one before.
  static void writeTimes(long[] ts, Output out) {
    var steps = differences(ts);
    out.putSigned(steps[0]);
    steps[0] = steps.length > 1 ? steps[1] : 0;
    writeSteps(steps, out);
  }

  static long[] readTimes(Input in, int count) {
    long first = in.signed();
    var steps = readSteps(in, count);
    if (count > 0) {
      steps[0] = first;
    }
    return sums(steps);
  }

  /// Each number as its difference to the one before; the first to 0. May wrap around.
  private static long[] differences(long[] values) {
    var differences = new long[values.length];
    long before = 0;
    for (int i = 0; i < values.length; i++) {
      differences[i] = values[i] - before;
      before = values[i];
    }
    return differences;
  }

  /// What [#differences] was made of, in place.
  private static long[] sums(long[] differences) {
    for (int i = 1; i < differences.length; i++) {
      differences[i] += differences[i - 1];
    }
    return differences;
  }

  private static void writeFrame(long[] values, int from, int count, Output out) {
    long all = 0;
    for (int i = 0; i < count; i++) {
      all |= Output.zigzag(values[from + i]);
    }
    int width = Long.SIZE - Long.numberOfLeadingZeros(all);
    out.put(width);
    long word = 0;
    int used = 0;
    for (int i = 0; i < count; i++) {
      long value = Output.zigzag(values[from + i]);
      word |= value << used;
      used += width;
      if (used >= Long.SIZE) {
        writeWord(word, Long.BYTES, out);
        used -= Long.SIZE;
        word = used == 0 ? 0 : value >>> (width - used);
      }
    }
    writeWord(word, (used + 7) / 8, out);
  }

  private static void readFrame(Input in, long[] into, int from, int count) {
    int width = in.get();
    if (width > Long.SIZE) {
      throw new TelemetryDamagedException("A number of " + width + " bits");
    }
    if (width == 0) {
      return;
    }
    var part = in.part((count * width + 7) / 8);
    long mask = width == Long.SIZE ? -1 : (1L << width) - 1;
    long word = 0;
    int left = 0;
    for (int i = 0; i < count; i++) {
      long value = word;
      if (left < width) {
        long next = readWord(part);
        value |= left == 0 ? next : next << left;
        int taken = width - left;
        word = taken == Long.SIZE ? 0 : next >>> taken;
        left += Long.SIZE - width;
      } else {
        word = width == Long.SIZE ? 0 : word >>> width;
        left -= width;
      }
      into[from + i] = Input.unzigzag(value & mask);
    }
  }

  private static void writeWord(long word, int bytes, Output out) {
    for (int i = 0; i < bytes; i++) {
      out.put((int) (word >>> (8 * i)));
    }
  }

  private static long readWord(Input in) {
    int bytes = Math.min(Long.BYTES, in.remaining());
    long word = 0;
    for (int i = 0; i < bytes; i++) {
      word |= (long) in.get() << (8 * i);
    }
    return word;
  }
}
