package io.millrace.store.timeseries;

import io.millrace.base.model.EntityId;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Keys of rows in the telemetry family, as drawn in `docs/formats/telemetry-blocks.md`.
final class Rows {
  static final byte DICTIONARY = 'k';
  static final byte LATEST = 'l';
  private static final byte BLOCK = 'b';
  private static final byte RETENTION_CLASS = 0; // the only one until retention can be set
  private static final long WINDOW_MS = 86_400_000;

  private static final int WINDOW_BYTES = 2 + Long.BYTES;
  static final int SERIES_BYTES = WINDOW_BYTES + EntityId.BYTES;
  static final int BLOCK_BYTES = SERIES_BYTES + Long.BYTES + Integer.BYTES;

  private Rows() {}

  static byte[] latest(EntityId entity) {
    return ByteBuffer.allocate(1 + EntityId.BYTES).put(LATEST).put(entity.bytes()).array();
  }

  /// The day that a ts is in.
  static long window(long ts) {
    return Math.floorDiv(ts, WINDOW_MS);
  }

  /// The first ts after a window.
  static long end(long window) {
    return window == Rows.window(Long.MAX_VALUE) ? Long.MAX_VALUE : (window + 1) * WINDOW_MS;
  }

  /// Before all blocks of a window.
  static byte[] window(long window, boolean after) {
    var start = ByteBuffer.allocate(WINDOW_BYTES).put(BLOCK).put(RETENTION_CLASS);
    return start.putLong(sortable(after ? window + 1 : window)).array();
  }

  /// Before all blocks of an entity in a window.
  static byte[] blocks(long window, EntityId entity) {
    return ByteBuffer.allocate(SERIES_BYTES).put(window(window, false)).put(entity.bytes()).array();
  }

  static byte[] block(long window, EntityId entity, long firstTs, int firstKeyId) {
    return ByteBuffer.allocate(BLOCK_BYTES)
        .put(blocks(window, entity))
        .putLong(sortable(firstTs))
        .putInt(firstKeyId)
        .array();
  }

  static long windowOf(byte[] row) {
    return sortable(ByteBuffer.wrap(row).getLong(2));
  }

  static EntityId entityOf(byte[] row) {
    return EntityId.read(ByteBuffer.wrap(row, WINDOW_BYTES, EntityId.BYTES));
  }

  static boolean isOf(byte[] row, byte[] blocks) {
    return Arrays.equals(row, 0, SERIES_BYTES, blocks, 0, SERIES_BYTES);
  }

  /// Flips the sign, so that unsigned bytes sort as signed numbers do; its own inverse.
  private static long sortable(long number) {
    return number ^ Long.MIN_VALUE;
  }
}
