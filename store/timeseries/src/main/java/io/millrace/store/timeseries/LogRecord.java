package io.millrace.store.timeseries;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.Point;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// What one call to the store changed, as it is kept in the log until it is in blocks.
///
/// Drawn in `docs/formats/telemetry-blocks.md`.
sealed interface LogRecord {
  record Saved(EntityId entity, List<Point> points) implements LogRecord {}

  record Erased(EntityId entity, Erasure erasure) implements LogRecord {}

  int SAVED = 1;
  int ERASED = 2;

  /// The key of a record; records of an epoch are a range, in the order they were made.
  static byte[] key(long epoch, long number) {
    return ByteBuffer.allocate(16).putLong(epoch).putLong(number).array();
  }

  /// The record of saved points; `keyIds` are the numbers of their keys.
  static byte[] saved(EntityId entity, List<Point> points, int[] keyIds) {
    var out = begin(SAVED, entity);
    out.putUnsigned(points.size());
    long before = 0;
    for (int i = 0; i < keyIds.length; i++) {
      var point = points.get(i);
      out.putUnsigned(keyIds[i]);
      out.putSigned(point.ts() - before);
      ValueColumn.writeSized(point.value(), out);
      before = point.ts();
    }
    return out.toBytes();
  }

  static byte[] erased(EntityId entity, Erasure erasure) {
    var out = begin(ERASED, entity);
    out.putUnsigned(erasure.keyId());
    out.putSigned(erasure.fromTs());
    out.putSigned(erasure.untilTs());
    return out.toBytes();
  }

  static LogRecord decode(byte[] bytes, KeyDictionary keys) {
    var in = new Input(bytes);
    int kind = in.get();
    var entity = EntityId.read(ByteBuffer.wrap(in.get(EntityId.BYTES)));
    return switch (kind) {
      case SAVED -> new Saved(entity, points(in, keys));
      case ERASED ->
          new Erased(entity, new Erasure(in.count(Integer.MAX_VALUE), in.signed(), in.signed()));
      default -> throw new TelemetryDamagedException("A log record of unknown kind " + kind);
    };
  }

  private static Output begin(int kind, EntityId entity) {
    var out = new Output();
    out.put(kind);
    out.put(entity.bytes());
    return out;
  }

  private static List<Point> points(Input in, KeyDictionary keys) {
    int count = in.count(in.remaining());
    var points = new ArrayList<Point>(count);
    long ts = 0;
    for (int i = 0; i < count; i++) {
      var key = keys.of(in.count(Integer.MAX_VALUE));
      ts += in.signed();
      points.add(new Point(key.name, ts, ValueColumn.readSized(in)));
    }
    return points;
  }
}
