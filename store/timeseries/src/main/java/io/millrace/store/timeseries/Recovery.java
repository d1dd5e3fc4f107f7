package io.millrace.store.timeseries;

import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import java.nio.ByteBuffer;

/// What the log holds when the store is opened, put into one epoch, which goes on.
///
/// @param nextRecord more than the number of any record in the log
record Recovery(Epoch epoch, long nextRecord) {
  static Recovery of(CommitStore store, KeyDictionary keys) {
    var start = LogRecord.key(0, 0);
    var end = LogRecord.key(Long.MAX_VALUE, Long.MAX_VALUE);
    var last = lastKey(store, start, end);
    var epoch = new Epoch(last.getLong());
    store.scan(
        Family.TELEMETRY_LOG,
        start,
        end,
        (_, value) -> {
          apply(LogRecord.decode(value, keys), epoch, keys);
          return true;
        });
    return new Recovery(epoch, last.getLong() + 1);
  }

  private static void apply(LogRecord record, Epoch epoch, KeyDictionary keys) {
    switch (record) {
      case LogRecord.Saved(var entity, var points) -> epoch.add(entity, points);
      case LogRecord.Erased(var entity, var erasure) when erasure.keyId() == Erasure.ALL ->
          epoch.eraseEverything(entity);
      case LogRecord.Erased(var entity, var erasure) ->
          epoch.erase(entity, keys.of(erasure.keyId()).name, erasure);
    }
  }

  private static ByteBuffer lastKey(CommitStore store, byte[] start, byte[] end) {
    try (var rows = store.cursor(Family.TELEMETRY_LOG, start, end)) {
      return ByteBuffer.wrap(rows.last() ? rows.key() : start);
    }
  }
}
