package io.millrace.wire.kafka;

import io.millrace.store.commit.Commit;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.Uuid;

/// How far a source has come in the partitions of Kafka's topics.
///
/// The place of a partition: every record before it has taken effect. The marks: records from the
/// place on that have taken effect too; each mark is in the commit of its record's effects.
/// Topics go by Kafka's id, so that one made anew under an old name is begun at its start.
final class PlaceRows {
  private static final byte PLACE = 'P';
  private static final byte MARK = 'M';
  private static final int PREFIX = 1 + 16 + 16 + 4;
  private static final byte[] NOTHING = new byte[0];

  private final CommitStore store;
  private final UUID source;

  PlaceRows(CommitStore store, UUID source) {
    this.store = store;
    this.source = source;
  }

  /// One partition of a topic.
  record Partition(Uuid topic, int number) {}

  /// Empty for a partition that was never read.
  OptionalLong place(Partition partition) {
    var found = store.get(Family.KAFKA, key(PLACE, partition, PREFIX).array());
    return found == null ? OptionalLong.empty() : OptionalLong.of(ByteBuffer.wrap(found).getLong());
  }

  /// Offsets from `place` on that have taken effect.
  Set<Long> marks(Partition partition, long place) {
    var marks = new HashSet<Long>();
    store.scan(
        Family.KAFKA,
        mark(partition, place),
        mark(partition, Long.MAX_VALUE),
        (key, _) -> marks.add(ByteBuffer.wrap(key).getLong(PREFIX)));
    return marks;
  }

  /// Every record before `place` has taken effect.
  void save(Commit commit, Partition partition, long before, long place) {
    var value = ByteBuffer.allocate(Long.BYTES).putLong(place).array();
    commit.put(Family.KAFKA, key(PLACE, partition, PREFIX).array(), value);
    commit.deleteRange(Family.KAFKA, mark(partition, before), mark(partition, place));
  }

  void putMark(Commit commit, Partition partition, long offset) {
    commit.put(Family.KAFKA, mark(partition, offset), NOTHING);
  }

  /// Forgets all of a source that is deleted.
  void deleteAll(Commit commit) {
    for (byte kind : new byte[] {PLACE, MARK}) {
      var prefix = prefix(kind, ByteBuffer.allocate(1 + 16)).array();
      commit.deleteRange(Family.KAFKA, prefix, CommitStore.after(prefix));
    }
  }

  private byte[] mark(Partition partition, long offset) {
    return key(MARK, partition, PREFIX + Long.BYTES).putLong(offset).array();
  }

  private ByteBuffer key(byte kind, Partition partition, int length) {
    return prefix(kind, ByteBuffer.allocate(length))
        .putLong(partition.topic.getMostSignificantBits())
        .putLong(partition.topic.getLeastSignificantBits())
        .putInt(partition.number);
  }

  private ByteBuffer prefix(byte kind, ByteBuffer key) {
    return key.put(kind)
        .putLong(source.getMostSignificantBits())
        .putLong(source.getLeastSignificantBits());
  }
}
