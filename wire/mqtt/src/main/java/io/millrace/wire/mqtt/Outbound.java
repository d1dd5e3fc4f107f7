package io.millrace.wire.mqtt;

import io.millrace.base.runtime.Ack;
import io.millrace.base.runtime.Refusal;
import io.millrace.wire.mqtt.codec.PacketType;
import io.millrace.wire.mqtt.codec.ReasonCode;
import io.netty.buffer.ByteBuf;
import io.netty.util.collection.IntCollections;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
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
  private IntObjectMap<Delivery> inflight = IntCollections.emptyMap(); // until there is one
  private final ArrayDeque<Delivery> waiting = new ArrayDeque<>(4);
  private long waitingBytes;
  private int lastPacketId;
  private long sequence;
  private @Nullable Connection connection;
  private int window;
  private volatile boolean congested;
  private boolean progressing;
  private long dropped;

  /// A new one.
  ///
  /// @param ledger of a durable session
  Outbound(Broker broker, @Nullable SessionLedger ledger) {
    this.ledger = ledger;
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
    window = receiveMaximum; // [MQTT-3.3.4-9]
    for (var delivery : inOrder()) {
      sendAgain(delivery, to);
    }
    pump();
  }

  private void sendAgain(Delivery delivery, Connection to) {
    switch (delivery.state) {
      case RELEASED ->
          to.output()
              .reply(PacketType.PUBREL, delivery.packetId, ReasonCode.SUCCESS); // [MQTT-4.4.0-1]
      case HELD -> sendWhenKept(delivery);
      // [MQTT-3.3.1-1] DUP is set when sent again
      case WAITING, PUBLISHED -> to.output().publish(delivery, true);
    }
  }

  /// The client is away: a long queue goes from memory, its rows are on disk.
  void detach() {
    connection = null;
    if (ledger != null && waiting.size() > inMemory) {
      shorten(ledger);
    }
  }

  private void shorten(SessionLedger kept) {
    int at = 0;
    Delivery first = null;
    int count = 0;
    long bytes = 0;
    for (var delivery : waiting) {
      var block = delivery.block;
      if (first == null && at >= inMemory && block != null && block.first == delivery.number) {
        first = delivery;
      }
      if (first != null) {
        count++;
        bytes += delivery.message.sizeBytes();
      }
      at++;
    }
    if (first != null) {
      for (int i = 0; i < count; i++) {
        waiting.removeLast();
      }
      waitingBytes -= bytes;
      kept.moveToTail(first, count, bytes);
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
      drop();
    } else {
      if (!congested) {
        congested = true;
      }
      await(delivery);
      slowDown(delivery.message.publisher());
    }
  }

  private void drop() {
    dropped++;
    counters.droppedQueueFull().increment(); // a bound of ours; never silent
  }

  private void await(Delivery delivery) {
    var kept = ledger;
    if (kept != null) {
      boolean away = connection == null && waiting.size() >= inMemory;
      if (away || kept.hasTail()) {
        kept.keepInTail(delivery);
        return;
      }
      kept.keep(delivery, connection != null && progressing && delivery.qos == 1);
    }
    waiting.add(delivery);
    waitingBytes += delivery.message.sizeBytes();
  }

  /// A client that takes messages, but more slowly than they come, slows the publisher down
  /// before anything must be dropped; one that takes nothing at all does not.
  private void slowDown(@Nullable Session publisher) {
    boolean tooLong = waiting.size() >= slowDownAt || waitingBytes >= maxQueuedBytes / 4;
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
    if (delivery == null || delivery.qos != 2) {
      return false;
    }
    delivery.state = Delivery.State.RELEASED;
    if (ledger != null) {
      ledger.stateChanged();
    }
    return true;
  }

  /// The message on its way with that identifier.
  @Nullable Delivery inflight(int packetId) {
    return inflight.get(packetId);
  }

  /// Messages that wait, in memory or on disk.
  int queued() {
    return waiting.size() + (ledger == null ? 0 : ledger.tailCount());
  }

  long queuedBytes() {
    return waitingBytes + (ledger == null ? 0 : ledger.tailBytes());
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
    for (var delivery : inOrder()) {
      if (delivery.qos == 1) { // [MQTT-4.8.2-5] QoS 2 in flight goes to no other client
        all.add(delivery);
      }
    }
    all.addAll(waiting);
    inflight = IntCollections.emptyMap();
    waiting.clear();
    waitingBytes = 0;
    congested = false;
    return all;
  }

  private void pump() {
    var to = connection;
    if (to == null) {
      return;
    }
    while (inflight.size() < window) {
      var next = waiting.poll();
      if (next == null) {
        if (ledger != null && ledger.hasTail()) {
          ledger.load(this::loaded);
        } else if (congested) {
          congested = false;
        }
        return;
      }
      waitingBytes -= next.message.sizeBytes();
      send(to, next);
    }
  }

  private void loaded(List<Delivery> more) {
    for (var delivery : more) {
      waiting.add(delivery);
      waitingBytes += delivery.message.sizeBytes();
    }
    pump();
  }

  private void send(Connection to, Delivery delivery) {
    if (delivery.message.isExpired(to.nowMs())) {
      counters.droppedExpired().increment(); // [MQTT-3.3.2-5]
      done(delivery);
      return;
    }
    delivery.packetId = nextPacketId();
    delivery.sequence = ++sequence;
    if (ledger != null) {
      ledger.sent(delivery);
    }
    if (ledger != null && delivery.qos == 2) {
      delivery.state = Delivery.State.HELD;
      enter(delivery);
      sendWhenKept(delivery);
    } else if (to.output().publish(delivery, false)) {
      delivery.state = Delivery.State.PUBLISHED;
      enter(delivery);
    } else {
      done(delivery);
    }
  }

  /// A QoS 2 message leaves when its packet identifier is on disk: after a crash it must go out
  /// under the same one, or the client would take it for another message.
  private void sendWhenKept(Delivery delivery) {
    if (ledger == null) {
      return;
    }
    ledger.after(
        new Ack() {
          @Override
          public void done() {
            kept(delivery);
          }

          @Override
          public void refused(Refusal refusal) {
            var to = connection;
            if (to != null) {
              to.cannotStore(refusal);
            }
          }
        });
  }

  private void kept(Delivery delivery) {
    var to = connection;
    if (to == null
        || delivery.state != Delivery.State.HELD
        || inflight.get(delivery.packetId) != delivery) {
      return;
    }
    if (to.output().publish(delivery, false)) {
      delivery.state = Delivery.State.PUBLISHED;
    } else {
      acknowledged(delivery.packetId);
    }
  }

  // ---- durable state

  /// What is on its way, for the state row.
  void writeState(SessionLedger kept, ByteBuf out) {
    out.writeLong(kept.unsent(waiting.peek()));
    out.writeShort(lastPacketId);
    out.writeInt(inflight.size());
    for (var delivery : inOrder()) {
      out.writeLong(delivery.number);
      out.writeShort(delivery.packetId);
      out.writeByte(delivery.state == Delivery.State.RELEASED ? 1 : 0);
    }
  }

  /// Takes over what an earlier process had in the queue.
  void restore(StoredState state, SessionLedger kept, SessionStore.Put row) {
    boolean away = waiting.size() >= inMemory || kept.hasTail();
    long last = SessionFormat.first(row.key());
    boolean inMemoryStill = !away || last < state.unsent();
    kept.restore(row, inMemoryStill, delivery -> restore(state, delivery));
  }

  private void restore(StoredState state, Delivery delivery) {
    var sent = state.inflight().get(delivery.number);
    if (sent != null) {
      delivery.packetId = sent.packetId();
      delivery.state = sent.isReleased() ? Delivery.State.RELEASED : Delivery.State.PUBLISHED;
      delivery.sequence = ++sequence;
      enter(delivery);
    } else if (delivery.number >= state.unsent() && delivery.packetId != 0) {
      if (delivery.state == Delivery.State.WAITING) {
        delivery.state = Delivery.State.PUBLISHED;
      }
      delivery.sequence = ++sequence;
      enter(delivery);
    } else if (delivery.number < state.unsent()) {
      done(delivery);
    } else {
      congested = true;
      waiting.add(delivery);
      waitingBytes += delivery.message.sizeBytes();
    }
  }

  private void enter(Delivery delivery) {
    if (inflight.isEmpty() && !(inflight instanceof IntObjectHashMap)) {
      inflight = new IntObjectHashMap<>(8);
    }
    inflight.put(delivery.packetId, delivery);
  }

  void restoreLastPacketId(int packetId) {
    lastPacketId = packetId;
  }

  private int nextPacketId() {
    do { // [MQTT-2.2.1-4] one that is not in use; the window is smaller than the number space
      lastPacketId = lastPacketId == 65_535 ? 1 : lastPacketId + 1;
    } while (inflight.containsKey(lastPacketId));
    return lastPacketId;
  }

  private List<Delivery> inOrder() {
    var all = new ArrayList<>(inflight.values());
    all.sort(Comparator.comparingLong(delivery -> delivery.sequence));
    return all;
  }
}
