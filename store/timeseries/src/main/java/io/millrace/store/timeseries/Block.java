package io.millrace.store.timeseries;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Points of a few keys at the same times, compressed: one column of times, one of values per key.
///
/// Drawn in `docs/formats/telemetry-blocks.md`; knows nothing of where it is kept. Reading a key
/// decodes the times and that key's column only.
final class Block {
  static final int ROWS_MAX = 1_024;
  static final int COLUMNS_MAX = 16;
  private static final int FORMAT = 2;
  private static final int FORMAT_WITHOUT_SUMMARIES = 1;
  private static final int CHECKSUM_BYTES = 4;

  final long firstTs;
  final long lastTs;
  final int rows;
  private final int[] keyIds;
  private final Input times;
  private final Input[] columns;
  private final @Nullable ColumnSummary[] summaries;

  private Block(
      long firstTs,
      long lastTs,
      int rows,
      int[] keyIds,
      Input times,
      Input[] columns,
      @Nullable ColumnSummary[] summaries) {
    this.firstTs = firstTs;
    this.lastTs = lastTs;
    this.rows = rows;
    this.keyIds = keyIds;
    this.times = times;
    this.columns = columns;
    this.summaries = summaries;
  }

  /// Encodes the rows from `from` to `until` of series that are at the same times.
  static byte[] encode(List<Integer> keyIds, List<Series> series, int from, int until) {
    var first = series.getFirst();
    var times = times(first, from, until);
    var columns = new ArrayList<Output>();
    var summaries = new ArrayList<@Nullable ColumnSummary>();
    for (var one : series) {
      var values = one.values().copy(from, until);
      columns.add(column(values, until - from));
      summaries.add(ColumnSummary.of(values, until - from));
    }
    var body = new Output();
    body.putSigned(first.ts(from));
    body.putUnsigned(first.ts(until - 1) - first.ts(from));
    body.putUnsigned(until - from);
    body.putUnsigned(columns.size());
    body.putUnsigned(times.size());
    for (int i = 0; i < columns.size(); i++) {
      body.putUnsigned(keyIds.get(i));
      body.putUnsigned(columns.get(i).size());
      ColumnSummary.write(summaries.get(i), body);
    }
    body.put(times);
    columns.forEach(body::put);
    return sealed(body.toBytes());
  }

  private static Output times(Series series, int from, int until) {
    var out = new Output();
    PackedLongs.writeTimes(series.times(from, until), out);
    return out;
  }

  private static Output column(Values values, int count) {
    var out = new Output();
    ValueColumn.write(values, count, out);
    return out;
  }

  private static byte[] sealed(byte[] body) {
    var out = new Output();
    out.put(FORMAT);
    out.putFixed(checksum(body, 0), CHECKSUM_BYTES);
    out.put(body);
    return out.toBytes();
  }

  /// Reads the header of what [#encode] wrote.
  ///
  /// @throws TelemetryDamagedException when the checksum or anything else is wrong
  static Block decode(byte[] bytes) {
    var in = new Input(bytes);
    int format = in.get();
    if (format != FORMAT && format != FORMAT_WITHOUT_SUMMARIES) {
      throw new TelemetryDamagedException(
          "A block of format %d; this version reads up to %d".formatted(format, FORMAT));
    }
    if (in.fixed(CHECKSUM_BYTES) != checksum(bytes, in.at())) {
      throw new TelemetryDamagedException("A block whose checksum is wrong");
    }
    return decode(in, format);
  }

  private static Block decode(Input in, int format) {
    long firstTs = in.signed();
    long lastTs = firstTs + in.unsigned();
    int rows = in.count(ROWS_MAX);
    var keyIds = new int[in.count(COLUMNS_MAX)];
    int timesBytes = in.count(in.remaining());
    var columnBytes = new int[keyIds.length];
    var summaries = new @Nullable ColumnSummary[keyIds.length];
    for (int i = 0; i < keyIds.length; i++) {
      keyIds[i] = in.count(Integer.MAX_VALUE);
      columnBytes[i] = in.count(in.remaining());
      summaries[i] = format == FORMAT ? ColumnSummary.read(in) : null;
    }
    var times = in.part(timesBytes);
    var columns = new Input[keyIds.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = in.part(columnBytes[i]);
    }
    return new Block(firstTs, lastTs, rows, keyIds, times, columns, summaries);
  }

  boolean has(int keyId) {
    return indexOf(keyId) >= 0;
  }

  boolean overlaps(long fromTs, long untilTs) {
    return lastTs >= fromTs && firstTs < untilTs;
  }

  /// What the header says of a key's values, or null when it does not.
  @Nullable ColumnSummary summary(int keyId) {
    int i = indexOf(keyId);
    return i < 0 ? null : summaries[i];
  }

  /// The numbers of the keys in here.
  int[] keyIds() {
    return keyIds.clone();
  }

  /// The points of one key, or null when it is not in here. Once per block and key.
  @Nullable Series series(int keyId) {
    int i = indexOf(keyId);
    return i < 0 ? null : Series.of(readTimes(), ValueColumn.read(columns[i], rows));
  }

  /// The points of all keys. Once per block.
  Map<Integer, Series> all() {
    var ts = readTimes();
    var all = new TreeMap<Integer, Series>();
    for (int i = 0; i < keyIds.length; i++) {
      all.put(keyIds[i], Series.of(ts.clone(), ValueColumn.read(columns[i], rows)));
    }
    return all;
  }

  private long[] readTimes() {
    return PackedLongs.readTimes(times, rows);
  }

  private int indexOf(int keyId) {
    for (int i = 0; i < keyIds.length; i++) {
      if (keyIds[i] == keyId) {
        return i;
      }
    }
    return -1;
  }

  private static long checksum(byte[] bytes, int from) {
    var crc = new CRC32C();
    crc.update(bytes, from, bytes.length - from);
    return crc.getValue();
  }

  @Override
  public String toString() {
    return "%d rows of %s from %d to %d".formatted(rows, Arrays.toString(keyIds), firstTs, lastTs);
  }
}
