package io.millrace.engine.pipeline;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.engine.rules.BatchContext;
import io.millrace.store.commit.Commit;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Calls that were given up, and messages that their queue gave up: to be looked at, sent again or
/// dropped. Any thread.
///
/// Key: the letter's id, whose first bytes are its time. Value: JSON, see `docs/formats/outbox.md`.
public final class DeadLetters {
  /// The kind of those that are messages, not calls.
  static final String MESSAGE = "message";

  private static final byte[] FIRST = new byte[16];
  private static final byte[] END = {(byte) 0xff};

  private final CommitStore store;
  private final int keep;
  private final Ingest ingest;
  private final LongAdder written;
  private final AtomicLong count = new AtomicLong();

  DeadLetters(CommitStore store, int keep, Ingest ingest, LongAdder written) {
    this.store = store;
    this.keep = keep;
    this.ingest = ingest;
    this.written = written;
    store.scan(Family.DEAD_LETTERS, FIRST, END, (_, _) -> count.incrementAndGet() > 0);
  }

  public long count() {
    return count.get();
  }

  /// A tenant's letters, latest first, at most `limit`.
  public List<DeadLetter> list(EntityId tenantId, int limit) {
    var found = new ArrayList<DeadLetter>();
    store.scanDown(
        Family.DEAD_LETTERS,
        FIRST,
        END,
        (key, value) -> {
          var letter = letter(key, parse(value));
          if (letter.tenantId().equals(tenantId)) {
            found.add(letter);
          }
          return found.size() < limit;
        });
    return found;
  }

  public Optional<DeadLetter> find(EntityId tenantId, UUID id) {
    var value = store.get(Family.DEAD_LETTERS, key(id));
    return Optional.ofNullable(value)
        .map(bytes -> letter(key(id), parse(bytes)))
        .filter(letter -> letter.tenantId().equals(tenantId));
  }

  /// Puts the call back into the outbox with the same idempotency key, and waits until that is
  /// durable; false when there is no such letter. Its rule chain goes on with the new answer too.
  public boolean resend(EntityId tenantId, UUID id) {
    return find(tenantId, id)
        .map(letter -> ingest.execute(letter.originator(), batch -> resend(batch, id)).join())
        .orElse(false);
  }

  /// Forgets the letter; false when there is no such letter.
  public boolean drop(EntityId tenantId, UUID id) {
    return find(tenantId, id)
        .map(letter -> ingest.execute(letter.originator(), batch -> take(batch, id) != null).join())
        .orElse(false);
  }

  /// Adds a letter to the batch, and drops the oldest beyond the bound.
  void add(Batch batch, OutboxEntry entry, int attempts, String reason) {
    var json =
        entry.toJson().toBuilder()
            .put("givenUp", batch.now())
            .put("attempts", attempts)
            .put("reason", reason)
            .build();
    batch.commit().put(Family.DEAD_LETTERS, key(batch.newId()), Json.bytes(json));
    batch.commit().onDurable(written::increment);
    batch.commit().onDurable(count::incrementAndGet);
    if (count.get() >= keep) {
      dropOldest(batch.commit());
    }
  }

  private void dropOldest(Commit commit) {
    long over = count.get() - keep + 1;
    var oldest = new ArrayList<byte[]>();
    store.scan(
        Family.DEAD_LETTERS,
        FIRST,
        END,
        (key, _) -> {
          oldest.add(key);
          return oldest.size() < over;
        });
    for (var key : oldest) {
      commit.delete(Family.DEAD_LETTERS, key);
    }
    commit.onDurable(() -> count.addAndGet(-oldest.size()));
  }

  private boolean resend(BatchContext context, UUID id) {
    var json = take(context, id);
    if (json == null) {
      return false;
    }
    if (context instanceof Batch batch) {
      var entry = OutboxEntry.read(json).created(batch.now());
      if (entry.call().kind().equals(MESSAGE)) {
        batch.sendAgain(entry.frame(), entry.message());
      } else {
        batch.callAgain(entry);
      }
    }
    return true;
  }

  private @Nullable JsonObject take(BatchContext batch, UUID id) {
    var value = store.get(Family.DEAD_LETTERS, key(id));
    if (value == null) {
      return null; // somebody else was quicker
    }
    batch.commit().delete(Family.DEAD_LETTERS, key(id));
    batch.commit().onDurable(count::decrementAndGet);
    return parse(value);
  }

  private static DeadLetter letter(byte[] key, JsonObject json) {
    var entry = OutboxEntry.read(json);
    var id = ByteBuffer.wrap(key);
    return new DeadLetter(
        new UUID(id.getLong(), id.getLong()),
        entry.frame().tenantId(),
        entry.message().originator(),
        entry.frame().chainId(),
        entry.frame().nodeId(),
        entry.call(),
        entry.createdTs(),
        StoredMessage.number(json, "givenUp"),
        (int) StoredMessage.number(json, "attempts"),
        json.text("reason", ""));
  }

  private static JsonObject parse(byte[] value) {
    return Json.parse(value) instanceof JsonObject object ? object : JsonObject.EMPTY;
  }

  private static byte[] key(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }
}
