package io.millrace.store.messages;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.store.commit.Commit;
import io.millrace.store.commit.Family;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/// One partition's way into the log: collects the messages of a batch, then adds them to its
/// commit as one block. One thread.
public final class DeviceLane {
  private static final int INDEXED_MAX = 200_000;

  private final MessageLog log;
  private final int number;
  private final MessageBlock block = new MessageBlock();
  private final Set<EntityId> indexed = new HashSet<>();
  private long indexedBucket;
  private long sequence;
  private long lastTime;

  DeviceLane(MessageLog log, int number, long lastTime) {
    this.log = log;
    this.number = number;
    this.lastTime = lastTime;
  }

  /// Adds a message to the batch.
  ///
  /// @param at the batch's time
  public void add(
      EntityId tenant,
      UUID id,
      long at,
      long ts,
      String type,
      EntityId originator,
      JsonObject metadata,
      JsonValue body) {
    block.add(tenant, id, at, ts, type, originator, metadata, body);
  }

  /// Remembers this moment for [#rollBack]; before each piece of work.
  public void mark() {
    block.mark();
  }

  /// Takes back what was added since the mark.
  public void rollBack() {
    block.rollBack();
  }

  /// Forgets what was added and not committed.
  public void clear() {
    block.clear();
  }

  /// Adds the batch's messages to its commit and begins anew.
  public void into(Commit commit, long now) {
    if (block.isEmpty()) {
      return;
    }
    lastTime = Math.max(lastTime, now);
    long time = lastTime;
    var bytes = block.seal();
    int messages = block.count();
    commit.put(Family.MESSAGES, Keys.message(time, number, sequence++), bytes);
    index(commit, time);
    commit.onDurable(() -> log.written(messages, bytes.length));
    commit.onRefused(indexed::clear);
    block.clear();
  }

  private void index(Commit commit, long time) {
    long bucket = Keys.bucket(time);
    if (bucket != indexedBucket || indexed.size() > INDEXED_MAX) {
      indexed.clear();
      indexedBucket = bucket;
    }
    block.eachOriginator(
        originator -> {
          if (indexed.add(originator)) {
            commit.put(Family.MESSAGE_INDEX, Keys.index(bucket, originator.id()), new byte[0]);
          }
        });
  }
}
