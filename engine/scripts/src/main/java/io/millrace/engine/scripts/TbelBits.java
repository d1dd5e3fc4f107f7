package io.millrace.engine.scripts;

import static io.millrace.engine.scripts.TbelOps.argument;

import io.millrace.base.json.JsonNull;

/// ThingsBoard's functions between bytes and lists of bits.
final class TbelBits {
  private static final int BITS = 8;

  private TbelBits() {}

  static Object call(String name, Object[] arguments, Run run) {
    return switch (name) {
      case "parseByteToBinaryArray" -> {
        int length = arguments.length > 1 ? TbelNumbers.integer(arguments[1]) : BITS;
        var bits = bits(TbelNumbers.integer(argument(arguments, 0)), Math.clamp(length, 0, 64));
        yield new ScriptArray(ordered(bits, argument(arguments, 2)), false, run);
      }
      case "parseLongToBinaryArray" -> ofLong(arguments, run);
      case "parseBytesToBinaryArray" -> ofBytes(arguments, run);
      default -> toInt(arguments, run);
    };
  }

  private static Object[] bits(int value, int length) {
    var bits = new Object[length];
    for (int i = 0; i < length; i++) {
      int at = length - 1 - i;
      bits[i] = at < Integer.SIZE ? (value & 0xFF) >>> at & 1 : 0;
    }
    return bits;
  }

  private static Object[] ordered(Object[] bits, Object bigEndian) {
    if (bigEndian.equals(false)) {
      for (int i = 0; i < bits.length / 2; i++) {
        var swap = bits[i];
        bits[i] = bits[bits.length - 1 - i];
        bits[bits.length - 1 - i] = swap;
      }
    }
    return bits;
  }

  /// (number, how many of the lowest bits = 64)
  private static ScriptArray ofLong(Object[] arguments, Run run) {
    long value = TbelNumbers.number(argument(arguments, 0)).longValue();
    int length = arguments.length > 1 ? TbelNumbers.integer(arguments[1]) : Long.SIZE;
    var bits = new Object[Math.clamp(length, 0, Long.SIZE)];
    for (int i = 0; i < bits.length; i++) {
      bits[bits.length - 1 - i] = (int) (value >> i & 1);
    }
    return new ScriptArray(bits, false, run);
  }

  private static ScriptArray ofBytes(Object[] arguments, Run run) {
    var bytes = TbelBytes.of(argument(arguments, 0), run);
    run.allocate(128L * bytes.length);
    var all = new Object[bytes.length * BITS];
    for (int i = 0; i < bytes.length; i++) {
      System.arraycopy(bits(bytes[i], BITS), 0, all, i * BITS, BITS);
    }
    int length = arguments.length > 1 ? TbelNumbers.integer(arguments[1]) : all.length;
    int cut = Math.clamp(length, 0, all.length);
    var last = java.util.Arrays.copyOfRange(all, all.length - cut, all.length);
    return new ScriptArray(ordered(last, argument(arguments, 2)), false, run);
  }

  /// (bits, offset = 0, length = the rest)
  private static Object toInt(Object[] arguments, Run run) {
    if (!(argument(arguments, 0) instanceof ScriptArray bits)) {
      throw Errors.type("A list of bits is needed here");
    }
    int offset = arguments.length > 1 ? TbelNumbers.integer(arguments[1]) : 0;
    int length = arguments.length > 2 ? TbelNumbers.integer(arguments[2]) : bits.size() - offset;
    long value = 0;
    for (int i = offset; i < Math.min((long) offset + length, bits.size()); i++) {
      run.step();
      value = value << 1 | (TbelNumbers.integer(bits.itemOr(i, JsonNull.NULL)) & 1);
    }
    return Values.whole(value);
  }
}
