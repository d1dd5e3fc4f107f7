package io.millrace.store.timeseries;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.Point;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import java.util.Map;
import java.util.TreeMap;

/// The newest point of each key of an entity as of the last seal: one row per entity.
final class LatestRow {
  private LatestRow() {}

  static byte[] encode(Map<String, Point> byKey, KeyDictionary keys) {
    var out = new Output();
    byKey.forEach(
        (name, point) -> {
          var key = keys.find(name);
          if (key != null) {
            out.putUnsigned(key.id);
            out.putSigned(point.ts());
            ValueColumn.writeSized(point.value(), out);
          }
        });
    return out.toBytes();
  }

  static Map<String, Point> read(CommitStore store, EntityId entity, KeyDictionary keys) {
    var row = store.get(Family.TELEMETRY, Rows.latest(entity));
    return row == null ? new TreeMap<>() : decode(row, keys);
  }

  static Map<String, Point> decode(byte[] row, KeyDictionary keys) {
    var byKey = new TreeMap<String, Point>();
    var in = new Input(row);
    while (in.hasMore()) {
      var key = keys.of(in.count(Integer.MAX_VALUE));
      byKey.put(key.name, new Point(key.name, in.signed(), ValueColumn.readSized(in)));
    }
    return byKey;
  }
}
