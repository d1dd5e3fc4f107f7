package io.millrace.store.timeseries;

import io.millrace.base.model.EntityId;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Keys of telemetry rows, as drawn in `docs/formats/telemetry-rows.md`.
final class Rows {
  /// First byte of a dictionary row; no [io.millrace.base.model.EntityType] has this code.
  static final byte DICTIONARY = 0;

  static final int SERIES_BYTES = EntityId.BYTES + Integer.BYTES;
  static final int BYTES = SERIES_BYTES + Long.BYTES;

  private Rows() {}

  /// A key to be filled for each point of an entity by [#fill].
  static byte[] ofEntity(EntityId entity) {
    return Arrays.copyOf(entity.bytes(), BYTES);
  }

  static void fill(byte[] row, int keyId, long ts) {
    put(row, EntityId.BYTES, keyId, Integer.BYTES);
    put(row, SERIES_BYTES, sortable(ts), Long.BYTES);
  }

  static byte[] of(EntityId entity, int keyId, long ts) {
    var row = ofEntity(entity);
    fill(row, keyId, ts);
    return row;
  }

  static int keyId(byte[] row) {
    return ByteBuffer.wrap(row).getInt(EntityId.BYTES);
  }

  static long ts(byte[] row) {
    return sortable(ByteBuffer.wrap(row).getLong(SERIES_BYTES));
  }

  /// Flips the sign, so that unsigned bytes sort as signed numbers do; its own inverse.
  private static long sortable(long ts) {
    return ts ^ Long.MIN_VALUE;
  }

  private static void put(byte[] into, int at, long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      into[at + i] = (byte) (value >>> (8 * (bytes - 1 - i)));
    }
  }
}
