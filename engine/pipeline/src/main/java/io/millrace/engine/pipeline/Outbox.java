package io.millrace.engine.pipeline;

import io.millrace.base.model.EntityId;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Refusal;
import io.millrace.base.runtime.Scheduler;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.CallFrame;
import io.millrace.engine.rules.OutsideCall;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.store.commit.CommitStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// Calls to the outside: durable with what caused them, delivered after the commit, tried again
/// until answered or given up; the answer goes back into the originator's partition.
///
/// Partition threads add, virtual threads deliver.
final class Outbox {
  private static final long OVERRUN = 10;

  private final Config.Outgoing config;
  private final OutboxRows rows;
  private final Deliveries deliveries;
  private final DeadLetters deadLetters;
  private final Courier courier;
  private final Map<String, Peer> peers = new ConcurrentHashMap<>();
  private final AtomicLong waitingInside = new AtomicLong();
  private final Room.Gate gate;

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
    this.rows = new OutboxRows(store);
    this.deliveries = deliveries;
    this.deadLetters = deadLetters;
    this.gate =
        room.gate(
            () -> waitingInside.get() > config.waitingInside(),
            () -> waitingInside.get() < config.waitingInside() / 2);
    this.courier =
        new Courier(
            config, clock, scheduler, counters, deliveries, deadLetters, partitions, this::settled);
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
    var call = OutboxRows.put(batch.commit(), shelf, entry);
    batch.commit().onDurable(() -> courier.pump(add(address, call)));
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

  /// Takes up what a former run left.
  void start() {
    rows.each(call -> add(deliveries.address(call.entry().call()), call));
    peers.values().forEach(courier::pump);
  }

  void close() throws InterruptedException {
    courier.close();
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

  private void settled(Peer peer, Lane.Waiting call) {
    peer.settled(call);
    if (peer.isInside()) {
      waitingInside.decrementAndGet();
      gate.removed();
    }
    if (peer.wantsRefill()) {
      courier.execute(() -> refill(peer));
    }
    if (peer.isIdle()) {
      peers.computeIfPresent(peer.name(), (_, known) -> known.isIdle() ? null : known);
    }
  }

  private void refill(Peer peer) {
    do {
      peer.refill((shelf, from, limit) -> rows.read(shelf, from, limit, call -> isFor(peer, call)));
      courier.pump(peer);
    } while (!courier.isClosing() && peer.wantsRefill());
  }

  private boolean isFor(Peer peer, Lane.Waiting call) {
    return deliveries.address(call.entry().call()).peer().equals(peer.name());
  }
}
