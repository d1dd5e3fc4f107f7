package io.millrace.engine.pipeline;

import io.millrace.base.model.EntityId;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.BatchContext;
import io.millrace.engine.rules.CallFrame;
import io.millrace.engine.rules.OutsideCall;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.Verdict;
import io.millrace.store.commit.Commit;
import io.millrace.store.messages.DeviceLane;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a partition decides on between two commits. One thread, one use.
final class Batch implements BatchContext {
  private static final long RANDOM_BITS = (1L << 62) - 1;
  private static final int AFTERWARDS_MAX = 1_000;

  private final Partition partition;
  private final Commit commit;
  private final @Nullable DeviceLane kept;
  private final long now;
  private final UUID firstId;
  private final ArrayDeque<Runnable> afterwards = new ArrayDeque<>();
  private long ids;
  private final List<Retries.Tried> tried = new ArrayList<>();
  private @Nullable Verdict trouble;
  private boolean fromSender;

  Batch(Partition partition, Commit commit, long now, UUID firstId) {
    this.partition = partition;
    this.commit = commit;
    this.kept = partition.kept();
    this.now = now;
    this.firstId = firstId;
  }

  @Override
  public Commit commit() {
    return commit;
  }

  @Override
  public long now() {
    return now;
  }

  /// One fresh id per batch, counted up: RFC 9562 section 6.2 allows it, and it costs no chance.
  @Override
  public UUID newId() {
    long low = firstId.getLeastSignificantBits() + ids++;
    return new UUID(firstId.getMostSignificantBits(), (low & RANDOM_BITS) | (1L << 63));
  }

  @Override
  public void callOutside(CallFrame frame, RuleMessage message, OutsideCall call) {
    partition.outbox().call(this, partition.shelf(), frame, message, call);
  }

  @Override
  public void wakeLater(CallFrame frame, RuleMessage message, long atMs) {
    partition.timers().set(this, frame, message, atMs);
  }

  void wake(Timer timer) {
    if (timer.isRetry()) {
      partition.retries().taken(commit, tried(timer));
      decide(tried(timer));
    } else {
      partition.rules().wake(timer.frame(), timer.message(), this);
    }
  }

  /// Sends a message that was given up in again.
  void sendAgain(CallFrame frame, RuleMessage message) {
    decide(Retries.Tried.fresh(frame.tenantId(), message));
  }

  /// The engine itself failed on what a timer woke: a message that was put off is given up.
  void giveUp(Timer timer, Throwable fault) {
    if (timer.isRetry()) {
      var verdict = new Verdict(Verdict.Kind.FAILED, "the engine failed on it: " + fault);
      partition.retries().taken(commit, tried(timer));
      partition.retries().done(this, tried(timer), verdict);
    }
  }

  /// A row of a message that was put off goes, another comes.
  void putOffAgain(Timer timer) {
    if (timer.isRetry()) {
      partition.retries().taken(commit, tried(timer));
    }
  }

  /// Sets the row of a message that is put off.
  void putOff(CallFrame frame, RuleMessage message, long atMs, UUID place) {
    partition.timers().set(this, new Timer(Math.max(atMs, now), place, frame, message));
  }

  private static Retries.Tried tried(Timer timer) {
    var frame = timer.frame();
    return new Retries.Tried(frame.tenantId(), timer.message(), frame.attempts(), timer.id());
  }

  /// Puts a call that was given up back into the outbox.
  void callAgain(OutboxEntry entry) {
    partition.outbox().add(this, partition.shelf(), entry);
  }

  void resume(OutboxEntry call, Answer answer) {
    partition.rules().resume(call.frame(), call.message(), answer, this);
  }

  void decide(EntityId tenant, RuleMessage message) {
    keep(tenant, message);
    decide(Retries.Tried.fresh(tenant, message));
  }

  private void keep(EntityId tenant, RuleMessage message) {
    if (kept != null) {
      kept.add(
          tenant,
          message.id(),
          now,
          message.ts(),
          message.type(),
          message.originator(),
          message.metadata(),
          message.body());
    }
  }

  private void decide(Retries.Tried one) {
    var retries = partition.retries();
    tried.add(one);
    if (retries.isBehind(one)) {
      retries.waitBehind(this, one);
      return;
    }
    partition.witness().enters(one.tenant(), one.message(), commit);
    var verdict = partition.rules().run(one.message(), one.tenant(), this);
    if (!verdict.isWell() && retries.wantsAgain(one, verdict)) {
      trouble = verdict;
    } else if (!verdict.isWell() || one.attempts() > 0) {
      retries.done(this, one, verdict);
    }
  }

  long stamp(EntityId device) {
    return partition.stamps().next(device, now);
  }

  /// Runs one job with all that it put off; a fault takes back all of it.
  void run(Job job) {
    fromSender = job instanceof MessageJob;
    tried.clear();
    trouble = null;
    commit.mark();
    if (kept != null) {
      kept.mark();
    }
    try {
      job.run(this);
      runAfterwards();
      if (trouble != null) {
        tryAgainLater(job, trouble);
      }
      commit.keep();
    } catch (Throwable fault) {
      afterwards.clear();
      commit.rollBack();
      if (kept != null) {
        kept.rollBack();
      }
      throw fault;
    }
  }

  /// Takes back what the job's messages did, and has all of them tried again, in their order.
  private void tryAgainLater(Job job, Verdict verdict) {
    commit.rollBack();
    commit.mark();
    job.putOff(this);
    var retries = partition.retries();
    for (var one : tried) {
      if (retries.isBehind(one)) {
        retries.waitBehind(this, one);
      } else {
        retries.again(this, one, verdict);
      }
    }
  }

  /// Adds what the messages looked like when they came in to the commit of their effects.
  void keepMessages() {
    if (kept != null) {
      kept.into(commit, now);
    }
  }

  /// Whether the job of this moment has a sender who can be told to wait.
  boolean isFromSender() {
    return fromSender;
  }

  /// Puts off what must not run inside the rule chain that asks for it.
  void afterwards(Runnable work) {
    afterwards.add(work);
  }

  private void runAfterwards() {
    for (int steps = 0; !afterwards.isEmpty(); steps++) {
      if (steps == AFTERWARDS_MAX) {
        throw new IllegalStateException(
            "A rule chain sends its failed calls in a circle; connect Failure to another node");
      }
      afterwards.remove().run();
    }
  }
}
