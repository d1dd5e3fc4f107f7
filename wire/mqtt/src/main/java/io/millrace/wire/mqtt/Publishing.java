package io.millrace.wire.mqtt;

import io.millrace.base.runtime.Ack;
import io.millrace.wire.mqtt.codec.Properties;
import io.millrace.wire.mqtt.codec.Property;
import io.millrace.wire.mqtt.codec.Publish;
import io.millrace.wire.mqtt.codec.ReasonCode;
import io.millrace.wire.mqtt.codec.TopicName;
import org.jspecify.annotations.Nullable;

/// Takes the messages of one client: alias, limits, permission, tap, routing, acknowledgement.
final class Publishing {
  private final Exchange exchange;
  private final Connection connection;
  private final Broker broker;
  private final Session session;
  private final Inbound inbound;
  private final @Nullable PublishRate rate;
  private final ListenerForm form;
  private @Nullable TopicName @Nullable [] aliases;

  Publishing(Exchange exchange, Connection connection, Session session) {
    this.exchange = exchange;
    this.connection = connection;
    this.broker = connection.broker();
    this.session = session;
    this.inbound = new Inbound(connection, exchange);
    this.rate = PublishRate.of(connection);
    this.form = connection.listener().rules().form();
  }

  void publish(Publish packet) {
    count(packet);
    if (rate != null) {
      rate.published(packet.payload().length);
    }
    var publish = packet;
    if (!packet.properties().isEmpty()) {
      publish = withAlias(packet);
      if (publish == null) {
        return;
      }
      if (packet.properties().has(Property.SUBSCRIPTION_IDENTIFIER)) {
        exchange.protocolError("subscription identifier from a client"); // [MQTT-3.3.4-6]
        return;
      }
    }
    if (form.isMounted()) {
      publish = mounted(publish);
      if (publish == null) {
        return;
      }
    }
    if (publish.retain() && broker.config.maxRetained() == 0) {
      exchange.disconnect(ReasonCode.RETAIN_NOT_SUPPORTED, "nothing is retained here");
      return;
    }
    if (publish.qos() > connection.listener().rules().maxQos()) {
      exchange.disconnect(
          ReasonCode.QOS_NOT_SUPPORTED, "the highest QoS here is lower"); // [MQTT-3.2.2-11]
      return;
    }
    if (publish.qos() > 0 && overReceiveMaximum(publish)) {
      exchange.disconnect(ReasonCode.RECEIVE_MAXIMUM_EXCEEDED, ""); // [MQTT-3.3.4-7]
      return;
    }
    if (publish.qos() == 2 && !session.receive(publish.packetId())) {
      again(publish);
      return;
    }
    take(publish);
  }

  private @Nullable Publish mounted(Publish publish) {
    try {
      return publish.withTopic(TopicName.of(form.mounted(publish.topicText())));
    } catch (IllegalArgumentException _) { // too long together
      exchange.disconnect(ReasonCode.TOPIC_NAME_INVALID, "too long with this listener's prefix");
      return null;
    }
  }

  private void count(Publish packet) {
    int bytes = packet.payload().length;
    var traffic = connection.shard().traffic();
    traffic.publishesIn++;
    traffic.publishBytesIn += bytes;
    connection.traffic().received(bytes);
  }

  private void take(Publish publish) {
    int qos = publish.qos();
    if (!mayPublish(publish)) {
      broker.counters.notAuthorized().increment();
      deny(publish);
      return;
    }
    connection.shard().table().count(publish.topic(), publish.payload());
    var pending =
        inbound.await(publish.packetId(), qos, publish.payload().length, ReasonCode.SUCCESS);
    if (broker.tap.takesPublish(connection, publish, pending)) {
      inbound.add(pending);
      waitForTap();
      return;
    }
    var shard = connection.shard();
    shard.keep(
        publish.topic(),
        publish.payload(),
        qos,
        publish.retain(),
        publish.properties().isEmpty() ? Properties.NONE : publish.properties().forwarded());
    var match = shard.match(publish.topic());
    var reason =
        qos == 1 && match.isEmpty() ? ReasonCode.NO_MATCHING_SUBSCRIBERS : ReasonCode.SUCCESS;
    boolean isCopied = broker.tap.wantsCopy(publish.topicText());
    if (isCopied || isKept(publish, match)) {
      keep(publish, match, isCopied ? ReasonCode.SUCCESS : reason, isCopied);
      return;
    }
    if (publish.retain()) {
      var message = Messages.of(publish, session, connection.nowMs());
      retain(message, publish.packetId(), reason);
      shard.route(message, match, null);
      return;
    }
    if (!match.isEmpty()) {
      shard.route(Messages.of(publish, session, expiryBase(publish)), match, null);
    }
    inbound.acknowledge(publish.packetId(), qos, reason);
  }

  /// True when durable sessions, of receivers or the sender's own, have to be written first.
  private boolean isKept(Publish publish, Match match) {
    return publish.qos() > 0 && (match.isDurable() || (publish.qos() == 2 && session.isDurable()));
  }

  /// Acknowledged after the commits of everyone who keeps it.
  private void keep(Publish publish, Match match, ReasonCode reason, boolean isCopied) {
    int qos = publish.qos();
    var pending = inbound.await(publish.packetId(), qos, publish.payload().length, reason);
    inbound.add(pending);
    var receipt = new Receipt(pending);
    if (isCopied) {
      broker.tap.copied(connection, publish, receipt.hold());
      waitForTap();
    }
    var message = Messages.of(publish, session, connection.nowMs(), receipt);
    if (message.retain()) {
      broker.retained.put(message, receipt.hold());
    }
    if (qos == 2 && session.isDurable()) {
      connection.shard().ledger().hold(receipt); // its packet identifier
    }
    connection.shard().route(message, match, null);
    receipt.done();
    if (broker.sessionStore.isBehind()) {
      session.slowDown();
    }
  }

  /// Acknowledged when it is kept; a message that is only routed need not wait.
  private void retain(Message message, int packetId, ReasonCode reason) {
    var retained = broker.retained;
    if (retained.isDurable() && message.qos() > 0) {
      var pending = inbound.await(packetId, message.qos(), message.payload().length, reason);
      inbound.add(pending);
      retained.put(message, pending);
    } else {
      if (!retained.put(message, Ack.NONE)) {
        broker.counters.droppedRetained().increment();
      }
      inbound.acknowledge(packetId, message.qos(), reason);
    }
  }

  /// Back-pressure from behind the tap: read no more from this client until there is room.
  private void waitForTap() {
    if (!broker.tap.isWritable()) {
      connection.pause(Connection.TAP);
      broker.tap.onWritable(
          () -> connection.shard().later(() -> connection.resume(Connection.TAP)));
    }
  }

  private long expiryBase(Publish publish) {
    return publish.properties().isEmpty() ? 0 : connection.nowMs();
  }

  private boolean mayPublish(Publish publish) {
    var topic = publish.topicText();
    boolean reserved =
        topic.startsWith("$share/")
            || (topic.startsWith("$SYS/") && !(exchange.isBridge() && isBridgeState(topic)));
    return !reserved
        && !tooManyLevels(topic)
        && connection.authorizer().mayPublish(connection, topic);
  }

  /// Mosquitto: a bridge tells here whether it is connected.
  private static boolean isBridgeState(String topic) {
    return topic.startsWith("$SYS/broker/connection/") && topic.endsWith("/state");
  }

  private boolean tooManyLevels(String topic) {
    int max = broker.config.maxTopicLevels();
    if (topic.length() < max) {
      return false;
    }
    int levels = 1;
    for (int i = 0; i < topic.length(); i++) {
      levels += topic.charAt(i) == '/' ? 1 : 0;
    }
    return levels > max;
  }

  /// Section 4.9: 5.0 clients are told; older ones are acknowledged and the message is dropped.
  private void deny(Publish publish) {
    if (publish.qos() == 2) {
      session.forgetReceived(publish.packetId());
    }
    var reason = connection.version().isV5() ? ReasonCode.NOT_AUTHORIZED : ReasonCode.SUCCESS;
    if (publish.qos() == 2 && !reason.isError()) {
      session.receive(publish.packetId());
    }
    inbound.acknowledge(publish.packetId(), publish.qos(), reason);
  }

  /// [MQTT-4.3.3-10] the same QoS 2 message again is acknowledged, not delivered.
  private void again(Publish publish) {
    if (session.isDurable()) {
      var pending = inbound.await(publish.packetId(), 2, 0, ReasonCode.SUCCESS);
      inbound.add(pending);
      session.shard().ledger().after(pending); // the first may be on its way to the disk still
    } else {
      inbound.acknowledge(publish.packetId(), 2, ReasonCode.SUCCESS);
    }
  }

  private boolean overReceiveMaximum(Publish publish) {
    return connection.version().isV5()
        && !publish.duplicate()
        && inbound.pendingQos1() + session.receivedCount() >= broker.config.receiveMaximum();
  }

  private @Nullable Publish withAlias(Publish publish) {
    int alias = (int) publish.properties().number(Property.TOPIC_ALIAS, 0);
    if (alias == 0) {
      return publish;
    }
    int maximum = broker.config.topicAliasMaximum();
    if (alias > maximum) {
      exchange.disconnect(ReasonCode.TOPIC_ALIAS_INVALID, ""); // [MQTT-3.3.2-9]
      return null;
    }
    var known = aliases;
    if (known == null) {
      known = new @Nullable TopicName[maximum + 1];
      aliases = known;
    }
    if (!publish.topic().isEmpty()) {
      known[alias] = publish.topic(); // section 3.3.2.3.4
      return publish;
    }
    var topic = known[alias];
    if (topic == null) {
      exchange.disconnect(ReasonCode.TOPIC_ALIAS_INVALID, "");
      return null;
    }
    return publish.withTopic(topic);
  }
}
