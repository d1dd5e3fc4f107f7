package io.millrace.engine.pipeline;

import io.millrace.base.runtime.Refusal;
import io.millrace.engine.rules.Answer;
import io.millrace.store.commit.Family;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A call's end: takes it out of the outbox and lets its rule chain go on, in one commit.
final class SettleJob implements Job {
  private static final Logger log = LoggerFactory.getLogger(SettleJob.class);

  /// Hears how it ended, on the partition's thread.
  interface Listener {
    void settled();

    /// Nothing took effect: run `job` a little later.
    void later(SettleJob job);
  }

  private final Lane.Waiting call;
  private final DeadLetters deadLetters;
  private final Listener listener;
  private final int attempts;
  private @Nullable Answer answer; // null: the chain cannot go on
  private @Nullable String givenUp;

  private SettleJob(
      Lane.Waiting call, int attempts, DeadLetters deadLetters, Listener listener, Answer answer) {
    this.call = call;
    this.attempts = attempts;
    this.deadLetters = deadLetters;
    this.listener = listener;
    this.answer = answer;
  }

  static SettleJob answered(
      Lane.Waiting call, int attempts, DeadLetters deadLetters, Listener listener, Answer answer) {
    return new SettleJob(call, attempts, deadLetters, listener, answer);
  }

  static SettleJob givenUp(
      Lane.Waiting call,
      int attempts,
      DeadLetters deadLetters,
      Listener listener,
      Answer answer,
      String reason) {
    var job = new SettleJob(call, attempts, deadLetters, listener, answer);
    job.givenUp = reason;
    return job;
  }

  @Override
  public void run(Batch batch) {
    batch.commit().delete(Family.OUTBOX, call.key());
    if (givenUp != null) {
      deadLetters.add(batch, call.entry(), attempts, givenUp);
    }
    if (answer != null) {
      batch.resume(call.entry(), answer);
    }
  }

  @Override
  public void done() {
    listener.settled();
  }

  @Override
  public void refused(Refusal refusal) {
    listener.later(this); // the answer stays known: the call is not made again
  }

  @Override
  public void failed(Throwable fault) { // a bound never is the reason: see Outbox
    log.error("A rule chain failed on the answer to call {}", call.entry().id(), fault);
    givenUp = "The call was made, but the rule chain failed on its answer: " + fault;
    answer = null;
    listener.later(this);
  }

  @Override
  public long bytes() {
    return 0;
  }
}
