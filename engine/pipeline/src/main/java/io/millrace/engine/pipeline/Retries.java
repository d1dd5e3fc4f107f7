package io.millrace.engine.pipeline;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.engine.rules.CallFrame;
import io.millrace.engine.rules.OutsideCall;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.Verdict;
import io.millrace.store.commit.Commit;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Messages that rule chains failed on and that their queue tries again: each waits as a timer.
///
/// Where the queue is sequential, later messages of the originator wait behind the one that
/// failed, the head. An originator's entry is touched by its partition's thread alone.
final class Retries {
  private static final byte[] MARK = "\"connection\":\"again ".getBytes(StandardCharsets.UTF_8);

  private final int waitingMax;
  private final Supplier<Queues> queues;
  private final DeadLetters deadLetters;
  private final LongAdder retried;
  private final AtomicLong waiting = new AtomicLong();
  private final AtomicLong arrivals = new AtomicLong(1);
  private final Map<EntityId, Held> held = new ConcurrentHashMap<>();

  Retries(int waitingMax, Supplier<Queues> queues, DeadLetters deadLetters, LongAdder retried) {
    this.waitingMax = waitingMax;
    this.queues = queues;
    this.deadLetters = deadLetters;
    this.retried = retried;
  }

  /// An originator whose messages are put off.
  ///
  /// @param head the message that the others wait for; null once it is through
  /// @param dueMs when the head is tried
  /// @param waiting how many are put off, the head too
  private record Held(@Nullable UUID head, long dueMs, int waiting) {
    static final Held NOTHING = new Held(null, 0, 0);

    boolean isNothing() {
      return head == null && waiting == 0;
    }
  }

  /// A message that is tried.
  ///
  /// @param attempts how often it was before
  /// @param place tells in which order put-off messages of one time go; [#FRESH] if it was not put
  ///     off yet
  record Tried(EntityId tenant, RuleMessage message, int attempts, UUID place) {
    static final UUID FRESH = new UUID(0, 0);

    static Tried fresh(EntityId tenant, RuleMessage message) {
      return new Tried(tenant, message, 0, FRESH);
    }

    EntityId originator() {
      return message.originator();
    }

    boolean isFresh() {
      return place.equals(FRESH);
    }
  }

  /// Finds what a former run left.
  void start(CommitStore store) {
    store.scan(
        Family.TIMERS,
        Timer.keyFrom(0),
        Timer.keyFrom(Long.MAX_VALUE),
        (key, value) -> {
          if (isMarked(value)) {
            found(Timer.read(key, value));
          }
          return true;
        });
  }

  private void found(Timer timer) {
    waiting.incrementAndGet();
    arrivals.accumulateAndGet(timer.id().getMostSignificantBits() + 1, Math::max);
    var originator = timer.message().originator();
    if (queues.get().of(originator).submit().holds()) {
      held.merge(
          originator,
          new Held(timer.message().id(), timer.dueMs(), 1),
          (before, one) -> new Held(before.head(), before.dueMs(), before.waiting() + 1));
    }
  }

  long waiting() {
    return waiting.get();
  }

  /// Whether the message must wait for others of its originator.
  boolean isBehind(Tried tried) {
    if (held.isEmpty()) {
      return false;
    }
    var before = held.get(tried.originator());
    return before != null
        && (before.head() == null ? tried.isFresh() : !before.head().equals(tried.message().id()));
  }

  /// Puts the message behind those that it waits for.
  void waitBehind(Batch batch, Tried tried) {
    var before = held.getOrDefault(tried.originator(), Held.NOTHING);
    putOff(batch, tried, before.dueMs(), true);
  }

  private QueueStrategy strategy(Tried tried, Verdict verdict) {
    return verdict.queue().isEmpty()
        ? queues.get().of(tried.originator())
        : queues.get().named(verdict.queue(), tried.originator());
  }

  /// Whether the message is to be tried again after what came of it.
  boolean wantsAgain(Tried tried, Verdict verdict) {
    var strategy = strategy(tried, verdict);
    return strategy.processing().retries(verdict.kind())
        && strategy.mayTry(tried.attempts() + 1)
        && waiting.get() < waitingMax;
  }

  /// Sets the time at which it is tried again, in the batch that takes back what it did.
  void again(Batch batch, Tried tried, Verdict verdict) {
    var strategy = strategy(tried, verdict);
    int attempts = tried.attempts() + 1;
    long due = batch.now() + strategy.pauseAfter(attempts).toMillis();
    boolean holds = strategy.submit().holds();
    if (holds) {
      var head = tried.message().id();
      change(batch.commit(), tried, before -> new Held(head, due, before.waiting()));
    }
    batch.commit().onDurable(retried::increment);
    putOff(batch, new Tried(tried.tenant(), tried.message(), attempts, tried.place()), due, holds);
  }

  /// The message is through, or given up: who waited for it may go.
  void done(Batch batch, Tried tried, Verdict verdict) {
    var strategy = verdict.isWell() ? QueueStrategy.SKIP : strategy(tried, verdict);
    if (strategy.processing().retries(verdict.kind())) {
      giveUp(batch, tried, strategy, verdict);
    }
    var before = held.get(tried.originator());
    if (before != null && tried.message().id().equals(before.head())) {
      change(batch.commit(), tried, now -> new Held(null, now.dueMs(), now.waiting()));
    }
  }

  private void giveUp(Batch batch, Tried tried, QueueStrategy strategy, Verdict verdict) {
    var reason =
        "Queue %s gave it up after %d tries: %s"
            .formatted(strategy.name(), tried.attempts() + 1, verdict.reason());
    deadLetters.add(batch, letter(batch, tried), tried.attempts() + 1, reason);
  }

  private static OutboxEntry letter(Batch batch, Tried tried) {
    var message = tried.message();
    var shown =
        JsonObject.builder()
            .put("type", message.type())
            .put("metadata", message.metadata())
            .put("msg", message.body())
            .build();
    return new OutboxEntry(
        batch.newId(),
        batch.now(),
        CallFrame.again(tried.tenant(), 0),
        message,
        new OutsideCall(DeadLetters.MESSAGE, shown),
        null);
  }

  private void putOff(Batch batch, Tried tried, long dueMs, boolean isHeld) {
    var place =
        tried.isFresh()
            ? new UUID(arrivals.getAndIncrement(), tried.message().id().getLeastSignificantBits())
            : tried.place();
    batch.putOff(CallFrame.again(tried.tenant(), tried.attempts()), tried.message(), dueMs, place);
    batch.commit().onDurable(waiting::incrementAndGet);
    if (isHeld) {
      change(
          batch.commit(),
          tried,
          before -> new Held(before.head(), before.dueMs(), before.waiting() + 1));
    }
  }

  /// A message that was put off is being tried: its row goes with this commit.
  void taken(Commit commit, Tried tried) {
    commit.onDurable(waiting::decrementAndGet);
    if (held.containsKey(tried.originator())) {
      change(
          commit,
          tried,
          before -> new Held(before.head(), before.dueMs(), Math.max(before.waiting() - 1, 0)));
    }
  }

  /// Changes what is known of an originator; taken back when the commit is.
  private void change(Commit commit, Tried tried, UnaryOperator<Held> how) {
    var originator = tried.originator();
    var before = held.getOrDefault(originator, Held.NOTHING);
    set(originator, how.apply(before));
    commit.onRefused(() -> set(originator, before));
  }

  private void set(EntityId originator, Held now) {
    if (now.isNothing()) {
      held.remove(originator);
    } else {
      held.put(originator, now);
    }
  }

  private static boolean isMarked(byte[] row) {
    for (int i = 0; i + MARK.length <= row.length; i++) {
      int n = 0;
      while (n < MARK.length && row[i + n] == MARK[n]) {
        n++;
      }
      if (n == MARK.length) {
        return true;
      }
    }
    return false;
  }
}
