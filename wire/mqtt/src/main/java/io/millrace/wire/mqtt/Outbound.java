package io.millrace.wire.mqtt;

import io.millrace.wire.mqtt.codec.PacketType;
import io.millrace.wire.mqtt.codec.ReasonCode;
import io.netty.util.collection.IntObjectHashMap;
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
  private final int maxQueued;
  private final long maxQueuedBytes;
  private final int slowDownAt;
  private final IntObjectHashMap<Delivery> inflight = new IntObjectHashMap<>(8);
  private final ArrayDeque<Delivery> waiting = new ArrayDeque<>(4);
  private long waitingBytes;
  private int lastPacketId;
  private long sequence;
  private @Nullable Connection connection;
  private int window;
  private volatile boolean congested;
  private boolean progressing;

  Outbound(Broker broker) {
    counters = broker.counters;
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
      if (delivery.state == Delivery.State.RELEASED) {
        to.output()
            .reply(PacketType.PUBREL, delivery.packetId, ReasonCode.SUCCESS); // [MQTT-4.4.0-1]
      } else {
        to.output().publish(delivery, true); // [MQTT-3.3.1-1] DUP is set when sent again
      }
    }
    pump();
  }

  void detach() {
    connection = null;
  }

  /// True when a message would be sent at once.
  boolean hasRoom() {
    return waiting.isEmpty() && inflight.size() < window;
  }

  void offer(Delivery delivery) {
    if (connection != null && hasRoom()) {
      send(connection, delivery);
    } else if (waiting.size() >= maxQueued || waitingBytes >= maxQueuedBytes) {
      counters.droppedQueueFull().increment();
    } else {
      if (!congested) {
        congested = true;
      }
      waiting.add(delivery);
      waitingBytes += delivery.message.sizeBytes();
      slowDown(delivery.message.publisher());
    }
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
    if (inflight.remove(packetId) != null) {
      pump();
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
    return true;
  }

  /// The message on its way with that identifier.
  @Nullable Delivery inflight(int packetId) {
    return inflight.get(packetId);
  }

  int queued() {
    return waiting.size();
  }

  long queuedBytes() {
    return waitingBytes;
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
    inflight.clear();
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
        if (congested) {
          congested = false;
        }
        return;
      }
      waitingBytes -= next.message.sizeBytes();
      send(to, next);
    }
  }

  private void send(Connection to, Delivery delivery) {
    if (delivery.message.isExpired(to.nowMs())) {
      counters.droppedExpired().increment(); // [MQTT-3.3.2-5]
      return;
    }
    delivery.packetId = nextPacketId();
    delivery.sequence = ++sequence;
    if (to.output().publish(delivery, false)) {
      delivery.state = Delivery.State.PUBLISHED;
      inflight.put(delivery.packetId, delivery);
    }
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
