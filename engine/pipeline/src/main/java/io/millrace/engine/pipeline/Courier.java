package io.millrace.engine.pipeline;

import io.millrace.base.json.JsonString;
import io.millrace.base.model.EntityId;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Scheduler;
import io.millrace.base.runtime.Threads;
import io.millrace.engine.rules.Answer;
import io.millrace.store.commit.Commit;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the calls of the [Outbox], within its limits, on virtual threads: tries again, gives up,
/// and brings the end of each back to the originator's partition.
final class Courier {
  private static final Logger log = LoggerFactory.getLogger(Courier.class);
  private static final Duration SETTLE_AGAIN = Duration.ofSeconds(1);

  private final Config.Outgoing config;
  private final Clock clock;
  private final Scheduler scheduler;
  private final Deliveries deliveries;
  private final DeadLetters deadLetters;
  private final Function<EntityId, Partition> partitions;
  private final BiConsumer<Peer, Lane.Waiting> onSettled;
  private final ExecutorService threads = Threads.virtual("outgoing");
  private final Semaphore free;
  private final Queue<Peer> starved = new ConcurrentLinkedQueue<>();
  private final LongAdder delivered;
  private final LongAdder retried;
  private volatile boolean closing;

  /// @param onSettled hears that a call is out of the store
  Courier(
      Config.Outgoing config,
      Clock clock,
      Scheduler scheduler,
      Counters counters,
      Deliveries deliveries,
      DeadLetters deadLetters,
      Function<EntityId, Partition> partitions,
      BiConsumer<Peer, Lane.Waiting> onSettled) {
    this.config = config;
    this.clock = clock;
    this.scheduler = scheduler;
    this.deliveries = deliveries;
    this.deadLetters = deadLetters;
    this.partitions = partitions;
    this.onSettled = onSettled;
    this.free = new Semaphore(config.concurrency());
    this.delivered = counters.count("pipeline.calls_answered");
    this.retried = counters.count("pipeline.calls_retried");
  }

  boolean isClosing() {
    return closing;
  }

  void close() throws InterruptedException {
    closing = true;
    threads.shutdownNow();
    if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
      log.warn("Calls to the outside were still under way at the end; they will be made again");
    }
  }

  /// Starts as many deliveries as the limits allow.
  void pump(Peer peer) {
    while (!closing) {
      if (!free.tryAcquire()) {
        starve(peer);
        if (free.availablePermits() > 0) { // freed before we were in the queue
          pumpStarved();
        }
        return;
      }
      var lane = peer.next();
      if (lane == null) {
        free.release();
        return;
      }
      execute(() -> work(peer, lane));
    }
  }

  private void pumpStarved() {
    var next = starved.poll();
    if (next != null) {
      next.isStarving().set(false);
      pump(next);
    }
  }

  private void starve(Peer peer) {
    if (peer.isStarving().compareAndSet(false, true)) {
      starved.add(peer);
    }
  }

  /// Runs work that may block on a thread of its own.
  void execute(Runnable work) {
    try {
      threads.execute(work);
    } catch (RejectedExecutionException stopping) {
      log.debug("Not delivered any more: the outbox closes");
    }
  }

  private void work(Peer peer, Lane lane) {
    var call = lane.first();
    lane.attempts++;
    try {
      var answer = deliver(call);
      delivered.increment();
      settle(
          peer,
          lane,
          SettleJob.answered(call, lane.attempts, deadLetters, end(peer, call), answer));
    } catch (Throwable fault) { // whatever it was, this call's permit must come back
      if (!closing) {
        failed(peer, lane, call, fault);
      }
    }
  }

  private Answer deliver(Lane.Waiting call) throws IOException {
    var entry = call.entry();
    if (entry.answer() != null) {
      return entry.answer(); // it took effect before a restart
    }
    var note = new Note(call);
    try {
      return deliveries.deliver(entry, note);
    } catch (IOException | RuntimeException fault) {
      var known = note.durable;
      if (known != null) {
        return known; // it took effect, whatever went wrong afterwards
      }
      throw fault;
    }
  }

  private void failed(Peer peer, Lane lane, Lane.Waiting call, Throwable fault) {
    long ageMs = clock.millis() - call.entry().createdTs();
    if (lane.attempts >= config.attempts() || ageMs > config.ageMax().toMillis()) {
      giveUp(peer, lane, call, fault);
      return;
    }
    log.debug(
        "Call {} to {} failed, to be tried again: {}",
        call.entry().id(),
        peer.name(),
        reason(fault));
    var wait = Backoff.after(lane.attempts, call.entry().id(), config);
    if (fault instanceof BusyPeerException busy && busy.retryAfter().compareTo(wait) > 0) {
      wait = min(busy.retryAfter(), config.longestDelay());
    }
    peer.later();
    free.release();
    scheduler.after(
        wait,
        () -> {
          peer.again(lane);
          pump(peer);
        });
    retried.increment();
    pump(peer);
    pumpStarved();
  }

  /// Exceptions of the network carry a sentence; others are better with their type.
  private static String reason(Throwable fault) {
    var message = fault.getMessage();
    return fault instanceof IOException && message != null ? message : fault.toString();
  }

  private void giveUp(Peer peer, Lane lane, Lane.Waiting call, Throwable fault) {
    var reason = "Given up after %d tries: %s".formatted(lane.attempts, reason(fault));
    log.warn(
        "Call {} of rule node {} to {} is a dead letter: {}",
        call.entry().id(),
        call.entry().frame().nodeId(),
        peer.name(),
        reason);
    var answer =
        fault instanceof BusyPeerException busy
            ? new Answer(false, busy.result().with("error", new JsonString(reason)))
            : Answer.failed(reason);
    settle(
        peer,
        lane,
        SettleJob.givenUp(call, lane.attempts, deadLetters, end(peer, call), answer, reason));
  }

  /// In the order of the lane: first into the partition's queue, then the next call may go.
  private void settle(Peer peer, Lane lane, SettleJob job) {
    enqueue(lane.first(), job);
    peer.answered(lane);
    free.release();
    pump(peer);
    pumpStarved();
  }

  private void enqueue(Lane.Waiting call, SettleJob job) {
    partitions.apply(call.entry().message().originator()).add(job);
  }

  private SettleJob.Listener end(Peer peer, Lane.Waiting call) {
    return new SettleJob.Listener() {
      @Override
      public void settled() {
        onSettled.accept(peer, call);
      }

      @Override
      public void later(SettleJob job) {
        scheduler.after(SETTLE_AGAIN, () -> enqueue(call, job));
      }
    };
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /// Puts the answer in the place of the call, in the commit that holds the effect.
  private static final class Note implements EmbeddedDelivery.Settlement {
    private final Lane.Waiting call;
    private volatile @Nullable Answer durable;

    Note(Lane.Waiting call) {
      this.call = call;
    }

    @Override
    public void into(Commit commit, Answer answer) {
      OutboxRows.putAnswered(commit, call, answer);
      commit.onDurable(() -> durable = answer);
    }
  }
}
