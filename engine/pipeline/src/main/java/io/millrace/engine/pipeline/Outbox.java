package io.millrace.engine.pipeline;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.model.EntityId;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Refusal;
import io.millrace.base.runtime.Scheduler;
import io.millrace.base.runtime.Threads;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.CallFrame;
import io.millrace.engine.rules.OutsideCall;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.store.commit.Commit;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls to the outside: durable with what caused them, delivered after the commit, tried again
/// until answered or given up; the answer goes back into the originator's partition.
///
/// Partition threads add, virtual threads deliver.
final class Outbox {
  private static final Logger log = LoggerFactory.getLogger(Outbox.class);
  private static final Duration SETTLE_AGAIN = Duration.ofSeconds(1);
  private static final long OVERRUN = 10;

  private final Config.Outgoing config;
  private final CommitStore store;
  private final Clock clock;
  private final Scheduler scheduler;
  private final Deliveries deliveries;
  private final DeadLetters deadLetters;
  private final Function<EntityId, Partition> partitions;
  private final ExecutorService threads = Threads.virtual("outgoing");
  private final Semaphore free;
  private final Queue<Peer> starved = new ConcurrentLinkedQueue<>();
  private final Map<String, Peer> peers = new ConcurrentHashMap<>();
  private final LongAdder delivered;
  private final LongAdder retried;
  private final AtomicLong waitingInside = new AtomicLong();
  private final Room.Gate gate;
  private volatile boolean closing;

  Outbox(
      Config.Outgoing config,
      CommitStore store,
      Clock clock,
      Scheduler scheduler,
      Counters counters,
      Deliveries deliveries,
      DeadLetters deadLetters,
      Room room,
      Function<EntityId, Partition> partitions) {
    this.config = config;
    this.store = store;
    this.clock = clock;
    this.scheduler = scheduler;
    this.deliveries = deliveries;
    this.deadLetters = deadLetters;
    this.partitions = partitions;
    this.free = new Semaphore(config.concurrency());
    this.gate =
        room.gate(
            () -> waitingInside.get() > config.waitingInside(),
            () -> waitingInside.get() < config.waitingInside() / 2);
    this.delivered = counters.count("pipeline.calls_answered");
    this.retried = counters.count("pipeline.calls_retried");
    counters.gauge("pipeline.calls_waiting", this::waiting);
  }

  long waiting() {
    return peers.values().stream().mapToLong(Peer::waiting).sum();
  }

  /// Adds a call to the batch; it is delivered once the batch is durable.
  void call(Batch batch, Shelf shelf, CallFrame frame, RuleMessage message, OutsideCall call) {
    add(batch, shelf, new OutboxEntry(batch.newId(), batch.now(), frame, message, call, null));
  }

  void add(Batch batch, Shelf shelf, OutboxEntry entry) {
    var address = deliveries.address(entry.call());
    if (address.isInside()) {
      requireRoomInside(batch);
    } else if (isFull(address)) {
      refuse(batch, entry, address.peer());
      return;
    }
    var bytes = Json.bytes(entry.toJson());
    var waiting = new Lane.Waiting(shelf.number(), shelf.next(), entry, bytes.length);
    batch.commit().put(Family.OUTBOX, waiting.key(), bytes);
    batch.commit().onDurable(() -> pump(add(address, waiting)));
  }

  /// Senders that do not heed the closed gate are refused; what an answer causes is let in, since
  /// each answer takes a call out.
  private void requireRoomInside(Batch batch) {
    if (batch.isFromSender() && waitingInside.get() > OVERRUN * config.waitingInside()) {
      throw new RefusedException(
          new Refusal(
              Refusal.Kind.OVER_LIMIT,
              "%d calls inside Millrace wait (pipeline.outgoing.waitingInside=%d); nothing of this message was taken. Send it again, slower."
                  .formatted(waitingInside.get(), config.waitingInside())));
    }
  }

  private boolean isFull(Deliveries.Address address) {
    var peer = peers.get(address.peer());
    return peer != null && peer.waiting() >= config.waitingPerPeer();
  }

  private void refuse(Batch batch, OutboxEntry entry, String peer) {
    var reason =
        "%d calls to %s wait already (pipeline.outgoing.waitingPerPeer); is it down?"
            .formatted(config.waitingPerPeer(), peer);
    deadLetters.add(batch, entry, 0, reason);
    batch.afterwards(() -> batch.resume(entry, Answer.failed(reason)));
  }

  /// The next number of each shelf that a former run left something in.
  static Map<Integer, Long> shelves(CommitStore store) {
    var next = new HashMap<Integer, Long>();
    store.scan(
        Family.OUTBOX,
        new byte[0],
        Shelf.key(Short.MAX_VALUE, Long.MAX_VALUE),
        (key, _) -> {
          next.put(Shelf.shelf(key), Shelf.number(key) + 1);
          return true;
        });
    return next;
  }

  /// Takes up what a former run left.
  void start() {
    store.scan(
        Family.OUTBOX,
        new byte[0],
        Shelf.key(Short.MAX_VALUE, Long.MAX_VALUE),
        (key, value) -> {
          var waiting = read(key, value);
          if (waiting != null) {
            add(deliveries.address(waiting.entry().call()), waiting);
          }
          return true;
        });
    peers.values().forEach(this::pump);
  }

  void close() throws InterruptedException {
    closing = true;
    threads.shutdownNow();
    if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
      log.warn("Calls to the outside were still under way at the end; they will be made again");
    }
  }

  private Peer add(Deliveries.Address address, Lane.Waiting waiting) {
    if (address.isInside()) {
      waitingInside.incrementAndGet();
      gate.added();
    }
    return peers.compute(
        address.peer(),
        (_, known) -> {
          var peer = known == null ? new Peer(address, config) : known;
          peer.add(waiting);
          return peer;
        });
  }

  /// Starts as many deliveries as the limits allow.
  private void pump(Peer peer) {
    while (!closing) {
      if (!free.tryAcquire()) {
        starved.add(peer);
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
      pump(next);
    }
  }

  private void execute(Runnable work) {
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
        peer.settled(call);
        if (peer.isInside()) {
          waitingInside.decrementAndGet();
          gate.removed();
        }
        if (peer.wantsRefill()) {
          execute(() -> refill(peer));
        }
        if (peer.isIdle()) {
          peers.computeIfPresent(peer.name(), (_, known) -> known.isIdle() ? null : known);
        }
      }

      @Override
      public void later(SettleJob job) {
        scheduler.after(SETTLE_AGAIN, () -> enqueue(call, job));
      }
    };
  }

  private void refill(Peer peer) {
    do {
      peer.refill((shelf, from, limit) -> read(peer.name(), shelf, from, limit));
      pump(peer);
    } while (!closing && peer.wantsRefill());
  }

  private List<Lane.Waiting> read(String peer, int shelf, long from, int limit) {
    var found = new ArrayList<Lane.Waiting>();
    store.scan(
        Family.OUTBOX,
        Shelf.key(shelf, from),
        Shelf.key(shelf, Long.MAX_VALUE),
        (key, value) -> {
          var waiting = read(key, value);
          if (waiting != null && isFor(peer, waiting)) {
            found.add(waiting);
          }
          return found.size() < limit;
        });
    return found;
  }

  private boolean isFor(String peer, Lane.Waiting waiting) {
    return deliveries.address(waiting.entry().call()).peer().equals(peer);
  }

  private static Lane.@Nullable Waiting read(byte[] key, byte[] value) {
    try {
      return new Lane.Waiting(
          Shelf.shelf(key), Shelf.number(key), OutboxEntry.read(value), value.length);
    } catch (JsonSyntaxException | IllegalArgumentException damaged) {
      log.error(
          "Outbox entry {}/{} cannot be read and is left alone",
          Shelf.shelf(key),
          Shelf.number(key),
          damaged);
      return null;
    }
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
      commit.put(Family.OUTBOX, call.key(), Json.bytes(call.entry().answered(answer).toJson()));
      commit.onDurable(() -> durable = answer);
    }
  }
}
