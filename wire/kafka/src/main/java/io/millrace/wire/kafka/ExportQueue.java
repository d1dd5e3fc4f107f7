package io.millrace.wire.kafka;

import io.millrace.base.json.JsonObject;
import io.millrace.store.commit.Commit;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;

/// Records of one export that wait for Kafka, on disk, numbered in the order they were added.
///
/// Partition threads add, each record in the commit of what it tells of; the export's thread reads
/// and removes. Commits of several partitions become durable in any order, so the reader stops
/// before the first number that is not settled yet.
final class ExportQueue {
  private static final byte ROW = 'X';
  private static final byte PLACE = 'x';

  private final CommitStore store;
  private final UUID export;
  private final TreeSet<Long> unsettled = new TreeSet<>(); // guarded by this
  private long next; // guarded by this
  private volatile long place;

  /// A waiting record.
  record Waiting(long number, ExportKind kind, String name, UUID id, String json) {}

  ExportQueue(CommitStore store, UUID export) {
    this.store = store;
    this.export = export;
    var known = store.get(Family.KAFKA, key(PLACE));
    place = known == null ? 0 : ByteBuffer.wrap(known).getLong();
    next = place;
    store.scanDown(
        Family.KAFKA,
        row(0),
        row(Long.MAX_VALUE),
        (key, _) -> {
          next = Math.max(next, number(key) + 1);
          return false;
        });
  }

  /// Adds a record to the commit of what it tells of.
  void add(Commit commit, ExportKind kind, String name, UUID id, JsonObject json) {
    long number;
    synchronized (this) {
      number = next++;
      unsettled.add(number);
    }
    commit.onRefused(() -> settle(number));
    var nameBytes = name.getBytes(StandardCharsets.UTF_8);
    var text = json.toString().getBytes(StandardCharsets.UTF_8);
    var value =
        ByteBuffer.allocate(1 + 16 + 2 + nameBytes.length + text.length)
            .put(kind.code)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .putShort((short) nameBytes.length)
            .put(nameBytes)
            .put(text);
    commit.put(Family.KAFKA, row(number), value.array());
    commit.onDurable(() -> settle(number));
  }

  private synchronized void settle(long number) {
    unsettled.remove(number);
  }

  private synchronized long readable() {
    return unsettled.isEmpty() ? next : unsettled.first();
  }

  /// How many wait, about.
  synchronized long waiting() {
    return next - place;
  }

  long place() {
    return place;
  }

  /// Kafka says how far it has everything; what this store says may be older.
  synchronized void isAt(long known) {
    place = Math.max(place, known);
    next = Math.max(next, place);
  }

  /// The records that come next, oldest first.
  ///
  /// @return those found, and where to go on after them
  Batch read(int max) {
    long until = readable();
    var found = new ArrayList<Waiting>();
    store.scan(
        Family.KAFKA,
        row(place),
        row(until),
        (key, value) -> {
          found.add(waiting(number(key), ByteBuffer.wrap(value)));
          return found.size() < max;
        });
    return new Batch(found, found.size() < max ? until : found.getLast().number + 1);
  }

  /// @param next the place behind them
  record Batch(List<Waiting> records, long next) {}

  /// Everything before `until` is in Kafka, or given up.
  void remove(long until) {
    try (var commit = store.begin()) {
      commit.deleteRange(Family.KAFKA, row(0), row(until));
      commit.put(Family.KAFKA, key(PLACE), ByteBuffer.allocate(Long.BYTES).putLong(until).array());
      commit.write();
    }
    place = until;
  }

  /// Forgets all of an export that is deleted.
  static void deleteAll(Commit commit, UUID export) {
    for (byte kind : new byte[] {ROW, PLACE}) {
      var prefix = key(kind, export, 17).array();
      commit.deleteRange(Family.KAFKA, prefix, CommitStore.after(prefix));
    }
  }

  private static Waiting waiting(long number, ByteBuffer value) {
    var kind = ExportKind.of(value.get());
    var id = new UUID(value.getLong(), value.getLong());
    var name = new byte[value.getShort() & 0xffff];
    value.get(name);
    var json = new byte[value.remaining()];
    value.get(json);
    return new Waiting(number, kind, text(name), id, text(json));
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private byte[] key(byte kind) {
    return key(kind, export, 17).array();
  }

  private byte[] row(long number) {
    return key(ROW, export, 25).putLong(number).array();
  }

  private static long number(byte[] key) {
    return ByteBuffer.wrap(key).getLong(17);
  }

  private static ByteBuffer key(byte kind, UUID export, int length) {
    return ByteBuffer.allocate(length)
        .put(kind)
        .putLong(export.getMostSignificantBits())
        .putLong(export.getLeastSignificantBits());
  }
}
