package io.millrace.wire.mqtt;

import io.millrace.base.runtime.Refusal;
import io.millrace.wire.mqtt.codec.PacketType;
import io.millrace.wire.mqtt.codec.Properties;
import io.millrace.wire.mqtt.codec.Property;
import io.millrace.wire.mqtt.codec.PublishReply;
import io.millrace.wire.mqtt.codec.ReasonCode;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicBoolean;

/// Acknowledgements owed to one connection, in the order of its messages.
///
/// [MQTT-4.6.0-2] PUBACKs leave in the order of the PUBLISHes, [MQTT-4.6.0-3] and so do PUBRECs:
/// one that is complete waits for those before it. Too many outstanding stop reading.
final class Inbound {
  private final Connection connection;
  private final Exchange exchange;
  private final ArrayDeque<PendingAck> pending = new ArrayDeque<>(4);
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final Runnable settle = this::settle;
  private long pendingBytes;
  private int pendingQos1;

  Inbound(Connection connection, Exchange exchange) {
    this.connection = connection;
    this.exchange = exchange;
  }

  /// A place in the order for a message whose outcome comes later.
  PendingAck await(int packetId, int qos, int sizeBytes, ReasonCode success) {
    return new PendingAck(this, packetId, qos, sizeBytes, success);
  }

  /// Enters a place into the order.
  void add(PendingAck ack) {
    pending.add(ack);
    pendingBytes += ack.sizeBytes;
    pendingQos1 += ack.qos == 1 ? 1 : 0;
    var config = connection.broker().config;
    if (pending.size() >= config.maxUnacknowledged()
        || pendingBytes >= config.maxUnacknowledgedBytes()) {
      connection.pause(Connection.UNACKNOWLEDGED);
    }
  }

  /// Acknowledges a message that is done, after those before it.
  void acknowledge(int packetId, int qos, ReasonCode reason) {
    if (qos == 0) {
      return;
    }
    if (pending.isEmpty()) {
      reply(packetId, qos, reason);
    } else {
      add(new PendingAck(this, packetId, qos, 0, reason).completed());
    }
  }

  int pendingQos1() {
    return pendingQos1;
  }

  /// Any thread: one of the outstanding messages has its outcome.
  void completed() {
    if (scheduled.compareAndSet(false, true)) {
      connection.shard().later(settle);
    }
  }

  private void settle() {
    scheduled.set(false);
    for (var first = pending.peek(); first != null && first.isComplete(); first = pending.peek()) {
      pending.remove();
      pendingBytes -= first.sizeBytes;
      pendingQos1 -= first.qos == 1 ? 1 : 0;
      answer(first);
    }
    var config = connection.broker().config;
    if (pending.size() <= config.maxUnacknowledged() / 2
        && pendingBytes <= config.maxUnacknowledgedBytes() / 2) {
      connection.resume(Connection.UNACKNOWLEDGED);
    }
  }

  private void answer(PendingAck ack) {
    var refusal = ack.refusal();
    if (refusal != null) {
      refuse(ack, refusal);
    } else if (ack.qos > 0) {
      reply(ack.packetId, ack.qos, ack.success);
    }
  }

  private void refuse(PendingAck ack, Refusal refusal) {
    connection.broker().counters.refused().increment();
    if (ack.qos == 0) {
      return;
    }
    exchange.session().forgetReceived(ack.packetId);
    if (!connection.version().isV5()) {
      // [MQTT-3.3.5-2] of 3.1.1: no way to say no but to close
      exchange.disconnect(ReasonCode.UNSPECIFIED_ERROR, refusal.reason());
      return;
    }
    var reason = exchange.wantsReasons() ? with(refusal.reason()) : Properties.NONE;
    connection
        .output()
        .send(new PublishReply(type(ack.qos), ack.packetId, code(refusal.kind()), reason));
  }

  private static Properties with(String reason) {
    return Properties.NONE.with(Property.REASON_STRING, reason);
  }

  private static ReasonCode code(Refusal.Kind kind) {
    return switch (kind) {
      case MALFORMED -> ReasonCode.PAYLOAD_FORMAT_INVALID;
      case NOT_AUTHORIZED -> ReasonCode.NOT_AUTHORIZED;
      case OVER_LIMIT -> ReasonCode.QUOTA_EXCEEDED;
      case UNAVAILABLE -> ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR;
    };
  }

  private void reply(int packetId, int qos, ReasonCode reason) {
    connection.output().reply(type(qos), packetId, reason);
  }

  private static PacketType type(int qos) {
    return qos == 1 ? PacketType.PUBACK : PacketType.PUBREC;
  }
}
