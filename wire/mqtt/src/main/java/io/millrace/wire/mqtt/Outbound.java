package io.millrace.wire.mqtt;

import io.millrace.base.runtime.Refusal;
import io.millrace.wire.mqtt.codec.PacketType;
import io.millrace.wire.mqtt.codec.ReasonCode;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Messages above QoS 0 for one session: the window of those on their way, and those that wait.
///
/// Outlives connections. [MQTT-4.6.0-6] messages leave, and are sent again, in their order.
final class Outbound {
  private static final int SLOW_DOWN_AT = 5000;

  private final BrokerCounters counters;
  private final @Nullable SessionLedger ledger;
  private final int maxQueued;
  private final long maxQueuedBytes;
  private final int slowDownAt;
  private final int inMemory;
  private final PacketIds ids = new PacketIds();
  private final @Nullable HeldMessages held;
  private final Inflight inflight = new Inflight();
  private final WaitingQueue waiting = new WaitingQueue();
  private @Nullable Connection connection;
  private int window;
  private volatile boolean congested;
  private boolean progressing;
  private boolean pumping;
  private long dropped;

  /// A new one.
  ///
  /// @param ledger of a durable session
  Outbound(Broker broker, @Nullable SessionLedger ledger) {
    this.ledger = ledger;
    held = ledger == null ? null : new HeldMessages(ledger, this::leave, this::refused);
    counters = broker.counters;
    inMemory = broker.config.queueInMemory();
    maxQueued = broker.config.maxQueued();
    maxQueuedBytes = broker.config.maxQueuedBytes();
    slowDownAt = Math.min(maxQueued / 2, SLOW_DOWN_AT);
  }

  /// Sends again what was on its way, then what waits.
  ///
  /// @param receiveMaximum how many the client takes at a time
  void attach(Connection to, int receiveMaximum) {
    connection = to;
    window = // [MQTT-3.3.4-9]
        held == null ? receiveMaximum : Math.min(receiveMaximum, PacketIds.MAX_WINDOW);
    if (held != null && (ids.hasReserved() || !held.isEmpty())) {
      held.clear();
      held.barrier();
    }
    // [MQTT-4.6.0-6] nothing that waits leaves before these
    pump(() -> inflight.inOrder().forEach(delivery -> sendAgain(delivery, to)));
    pump();
  }

  private void sendAgain(Delivery delivery, Connection to) {
    switch (delivery.state) {
      case RELEASED ->
          to.output()
              .reply(PacketType.PUBREL, delivery.packetId, ReasonCode.SUCCESS); // [MQTT-4.4.0-1]
      case HELD -> {
        if (held != null) {
          held.add(delivery, false);
        }
      }
      // [MQTT-3.3.1-1] DUP is set when sent again
      case WAITING, PUBLISHED -> {
        if (!to.output().publish(delivery, true)) {
          giveUp(to, delivery, true);
        }
      }
    }
  }

  /// The client is away: a long queue goes from memory, its rows are on disk.
  void detach() {
    connection = null;
    if (ledger != null && waiting.size() > inMemory) {
      var cut = waiting.shorten(inMemory, ids);
      if (cut != null) {
        ledger.moveToTail(cut.first(), cut.count(), cut.sizeBytes());
      }
    }
  }

  /// True when a message would be sent at once.
  boolean hasRoom() {
    return waiting.isEmpty() && inflight.size() < window && (ledger == null || !ledger.hasTail());
  }

  void offer(Delivery delivery) {
    if (connection != null && hasRoom()) {
      if (ledger != null) {
        ledger.keep(delivery, delivery.qos == 1);
      }
      send(connection, delivery);
    } else if (queued() >= maxQueued || queuedBytes() >= maxQueuedBytes) {
      dropped++;
      counters.droppedQueueFull().increment(); // a bound of ours; never silent
    } else {
      if (!congested) {
        congested = true;
      }
      await(delivery);
      slowDown(delivery.message.publisher());
    }
  }

  private void await(Delivery delivery) {
    var kept = ledger;
    if (kept != null) {
      boolean away = connection == null && waiting.size() >= inMemory;
      if (away || kept.hasTail()) {
        kept.keepInTail(delivery);
        return;
      }
      if (delivery.qos == 2 && connection != null) {
        ids.reserve(delivery, inflight);
      }
      kept.keep(delivery, connection != null && progressing && delivery.qos == 1);
    }
    waiting.add(delivery);
  }

  /// A client that takes messages, but more slowly than they come, slows the publisher down
  /// before anything must be dropped; one that takes nothing at all does not.
  private void slowDown(@Nullable Session publisher) {
    boolean tooLong = waiting.size() >= slowDownAt || waiting.sizeBytes() >= maxQueuedBytes / 4;
    if (tooLong && progressing && publisher != null) {
      publisher.slowDown();
    }
  }

  /// Called a few times per second.
  void tick() {
    progressing = false;
  }

  /// PUBACK, PUBCOMP, or the PUBREC that refuses.
  void acknowledged(int packetId) {
    progressing = true;
    var delivery = inflight.remove(packetId);
    if (delivery != null) {
      done(delivery);
      pump();
    }
  }

  private void done(Delivery delivery) {
    if (ledger != null) {
      ledger.forget(delivery);
    }
  }

  /// PUBREC: the client has the message.
  ///
  /// @return false when that packet identifier is not on its way
  boolean received(int packetId) {
    var delivery = inflight.get(packetId);
    if (delivery == null) {
      delivery = doubtful(packetId);
    }
    if (delivery == null || delivery.qos != 2) {
      return false;
    }
    delivery.state = Delivery.State.RELEASED;
    if (ledger != null) {
      ledger.stateChanged();
    }
    return true;
  }

  /// One that had left when the broker was killed, and has not gone out again.
  private @Nullable Delivery doubtful(int packetId) {
    var delivery = ids.reserved(packetId);
    if (delivery == null || !delivery.isDoubtful || !waiting.remove(delivery)) {
      return null;
    }
    ids.release(delivery);
    inflight.add(delivery);
    return delivery;
  }

  /// The message on its way with that identifier.
  @Nullable Delivery inflight(int packetId) {
    return inflight.get(packetId);
  }

  /// Messages that wait, in memory or on disk.
  int queued() {
    return waiting.size() + (ledger == null ? 0 : ledger.tail().count());
  }

  long queuedBytes() {
    return waiting.sizeBytes() + (ledger == null ? 0 : ledger.tail().sizeBytes());
  }

  /// Messages that found the queue full.
  long dropped() {
    return dropped;
  }

  int inflightCount() {
    return inflight.size();
  }

  /// Any thread: true while messages wait.
  boolean isCongested() {
    return congested;
  }

  /// Everything not yet acknowledged that another member of a shared subscription may still get.
  List<Delivery> drain() {
    var all = new ArrayList<Delivery>();
    // [MQTT-4.8.2-5] QoS 2 in flight goes to no other client
    inflight.inOrder().stream().filter(delivery -> delivery.qos == 1).forEach(all::add);
    waiting.all().stream().filter(delivery -> !delivery.isDoubtful).forEach(all::add);
    inflight.clear();
    ids.clear();
    waiting.clear();
    congested = false;
    return all;
  }

  private void pump() {
    var to = connection;
    if (to != null) {
      pump(() -> fillWindow(to));
    }
  }

  /// Not from within itself: a message that is given up makes room as it is sent.
  private void pump(Runnable sending) {
    if (!pumping) {
      pumping = true;
      try {
        sending.run();
      } finally {
        pumping = false;
      }
    }
  }

  private void fillWindow(Connection to) {
    while (inflight.size() < window) {
      var next = waiting.peek();
      if (next == null) {
        if (ledger != null && ledger.hasTail()) {
          ledger.load(this::loaded);
        } else if (congested) {
          congested = false;
        }
        return;
      }
      if (next.packetId == 0 && ids.areAllUsed(inflight)) {
        return; // an acknowledgement sets one free
      }
      waiting.poll();
      send(to, next);
    }
  }

  private void loaded(List<Delivery> more) {
    more.forEach(waiting::add);
    pump();
  }

  private void send(Connection to, Delivery delivery) {
    ids.release(delivery);
    if (delivery.message.isExpired(to.nowMs())) {
      expire(to, delivery);
      return;
    }
    boolean isIdKept = identify(delivery);
    if (held != null && delivery.qos == 2) {
      inflight.add(delivery);
      held.add(delivery, isIdKept);
    } else if (to.output().publish(delivery, false)) {
      delivery.state = Delivery.State.PUBLISHED;
      inflight.add(delivery);
    } else {
      done(delivery);
    }
  }

  private void expire(Connection to, Delivery delivery) {
    counters.droppedExpired().increment(); // [MQTT-3.3.2-5]
    giveUp(to, delivery, delivery.isDoubtful);
  }

  /// The message is not sent, or not again. A client that may have it remembers the identifier of
  /// QoS 2 until PUBREL; without one it would take the next message with that identifier for this
  /// one.
  private void giveUp(Connection to, Delivery delivery, boolean mayHaveLeft) {
    if (delivery.qos != 2 || !mayHaveLeft) {
      inflight.remove(delivery);
      done(delivery);
      return;
    }
    if (!inflight.has(delivery)) {
      inflight.add(delivery);
    }
    delivery.state = Delivery.State.RELEASED;
    if (ledger != null) {
      ledger.stateChanged();
    }
    to.output().reply(PacketType.PUBREL, delivery.packetId, ReasonCode.SUCCESS);
  }

  /// Gives it a packet identifier, unless it has one.
  ///
  /// @return true when the identifier is in the row of the message's block, or will be
  private boolean identify(Delivery delivery) {
    if (delivery.packetId != 0) {
      return true;
    }
    delivery.packetId = ids.next(inflight);
    if (ledger == null || held == null) {
      return false;
    }
    ledger.sent(delivery);
    var block = delivery.block;
    boolean isInBlock = block != null && !block.isWritten();
    if (!isInBlock && delivery.qos == 1 && ids.hasReserved()) {
      held.barrier(); // that this one left is on disk before those behind it leave
    }
    return isInBlock;
  }

  private void leave(Delivery delivery) {
    var to = connection;
    if (to == null || delivery.state != Delivery.State.HELD || !inflight.has(delivery)) {
      return;
    }
    // [MQTT-3.3.1-1] DUP when it may have left before a crash
    if (to.output().publish(delivery, delivery.isDoubtful)) {
      delivery.state = Delivery.State.PUBLISHED;
    } else {
      giveUp(to, delivery, delivery.isDoubtful);
      pump();
    }
  }

  private void refused(Refusal refusal) {
    var to = connection;
    if (to != null) {
      to.cannotStore(refusal);
    }
  }

  // ---- durable state

  /// What is on its way, for the state row.
  void writeState(SessionLedger kept, ByteBuf out) {
    out.writeLong(kept.unsent(waiting.peek()));
    out.writeShort(ids.last());
    inflight.write(out);
  }

  /// Takes over what an earlier process had in the queue.
  void restore(StoredState state, SessionLedger kept, SessionStore.Put row) {
    boolean away = waiting.size() >= inMemory || kept.hasTail();
    long last = SessionFormat.first(row.key());
    boolean inMemoryStill = !away || last < state.unsent() || (!kept.hasTail() && kept.hasIds(row));
    kept.restore(row, inMemoryStill, delivery -> restore(state, delivery));
  }

  private void restore(StoredState state, Delivery delivery) {
    var sent = state.inflight().get(delivery.number);
    if (sent != null) {
      delivery.packetId = sent.packetId();
      delivery.state = sent.isReleased() ? Delivery.State.RELEASED : Delivery.State.PUBLISHED;
      inflight.add(delivery);
    } else if (delivery.number >= state.unsent() && delivery.hasLeft()) {
      if (delivery.state == Delivery.State.WAITING) {
        delivery.state = Delivery.State.PUBLISHED;
      }
      inflight.add(delivery);
    } else if (delivery.number < state.unsent()) {
      done(delivery);
    } else {
      congested = true;
      delivery.isDoubtful = delivery.packetId != 0 && ids.restore(delivery, inflight);
      waiting.add(delivery);
    }
  }

  void restoreLastPacketId(int packetId) {
    ids.restoreLast(packetId);
  }
}
