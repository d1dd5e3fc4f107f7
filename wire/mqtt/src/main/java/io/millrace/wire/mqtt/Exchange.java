package io.millrace.wire.mqtt;

import io.millrace.wire.mqtt.codec.Auth;
import io.millrace.wire.mqtt.codec.ConnAck;
import io.millrace.wire.mqtt.codec.Connect;
import io.millrace.wire.mqtt.codec.Disconnect;
import io.millrace.wire.mqtt.codec.Packet;
import io.millrace.wire.mqtt.codec.PacketType;
import io.millrace.wire.mqtt.codec.Ping;
import io.millrace.wire.mqtt.codec.Properties;
import io.millrace.wire.mqtt.codec.Property;
import io.millrace.wire.mqtt.codec.Publish;
import io.millrace.wire.mqtt.codec.PublishReply;
import io.millrace.wire.mqtt.codec.ReasonCode;
import io.millrace.wire.mqtt.codec.Subscribe;
import io.millrace.wire.mqtt.codec.SubscribeReply;
import io.millrace.wire.mqtt.codec.TopicName;
import io.millrace.wire.mqtt.codec.Unsubscribe;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The talk with one connected client: every packet between CONNACK and the end.
final class Exchange {
  private static final Logger log = LoggerFactory.getLogger(Exchange.class);

  private final Connection connection;
  private final Broker broker;
  private final Session session;
  private final Principal principal;
  private final Publishing publishing;
  private final Subscribing subscribing;
  private final @Nullable Authentication authentication;
  private final int keepAlive;
  private final long expiryAtConnect;
  private final boolean wantsReasons;
  private final boolean isBridge;

  /// Begins after CONNACK.
  ///
  /// @param authentication null when CONNECT named no method
  Exchange(
      Connection connection,
      Session session,
      Principal principal,
      Connect connect,
      int keepAlive,
      @Nullable Authentication authentication) {
    this.authentication = authentication;
    this.connection = connection;
    this.broker = connection.broker();
    this.session = session;
    this.principal = principal;
    this.keepAlive = keepAlive;
    this.expiryAtConnect = connect.properties().number(Property.SESSION_EXPIRY_INTERVAL, 0);
    this.wantsReasons = connect.properties().number(Property.REQUEST_PROBLEM_INFORMATION, 1) == 1;
    this.isBridge = connect.isBridge();
    this.publishing = new Publishing(this, connection, session);
    this.subscribing = new Subscribing(this, connection, session);
  }

  void handle(Packet packet) {
    switch (packet) {
      case Publish publish -> publishing.publish(publish);
      case PublishReply reply -> reply(reply);
      case Subscribe subscribe -> subscribing.subscribe(subscribe);
      case Unsubscribe unsubscribe -> subscribing.unsubscribe(unsubscribe);
      case Ping ping when ping.type() == PacketType.PINGREQ ->
          connection.output().send(Ping.RESPONSE); // [MQTT-3.12.4-1]
      case Disconnect disconnect -> disconnected(disconnect);
      case Connect _ -> protocolError("second CONNECT"); // [MQTT-3.1.0-2]
      case Auth auth -> authenticate(auth);
      case ConnAck _, SubscribeReply _, Ping _ -> protocolError("a packet only servers send");
    }
  }

  private void authenticate(Auth auth) {
    var open = authentication;
    if (open == null) {
      // [MQTT-4.12.0-6] [MQTT-4.12.0-7]
      protocolError("AUTH without an authentication method");
    } else if (!open.isSameMethod(auth.properties())) {
      protocolError("AUTH with another method than CONNECT"); // [MQTT-4.12.1-1]
    } else if (auth.reason() == ReasonCode.CONTINUE_AUTHENTICATION && open.isOpen()) {
      open.next(auth.properties(), this::step);
    } else if (auth.reason() == ReasonCode.REAUTHENTICATE && !open.isOpen()) {
      open.begin(auth.properties(), this::step);
    } else {
      protocolError("AUTH out of turn");
    }
  }

  private void step(EnhancedAuthenticator.Step step) {
    var open = authentication;
    if (open == null) {
      return;
    }
    switch (step) {
      case EnhancedAuthenticator.Continue(var data) ->
          open.send(ReasonCode.CONTINUE_AUTHENTICATION, data);
      case EnhancedAuthenticator.Accepted(var who, var data) -> {
        if (who.name().equals(principal.name())) {
          open.send(ReasonCode.SUCCESS, data);
        } else {
          disconnect(ReasonCode.NOT_AUTHORIZED, "re-authentication as somebody else");
        }
      }
      // [MQTT-4.12.1-2] a failed re-authentication closes the connection
      case EnhancedAuthenticator.Refused(var code, var reason) -> disconnect(code, reason);
    }
  }

  /// Says why, as far as the version can, and closes.
  void disconnect(ReasonCode code, String reason) {
    log.debug("{} disconnected: {} {}", connection, code, reason);
    if (connection.version().isV5() && !connection.isEnded()) {
      var why =
          reason.isEmpty() || !wantsReasons
              ? Properties.NONE
              : Properties.NONE.with(Property.REASON_STRING, reason);
      connection.output().send(new Disconnect(code, why));
    }
    connection.end(false);
  }

  /// Sends a message to this client alone.
  void send(TopicName topic, byte[] payload, int qos) {
    var message = new Message(topic, payload, qos, false, Properties.NONE, Message.NEVER, null);
    session.deliver(message, qos, false, Route.NO_IDENTIFIERS);
  }

  /// Offers the filters of a resumed session to the tap, which forgot them with the connection.
  void offerAgain() {
    subscribing.offerAgain();
  }

  /// The connection has ended.
  void ended(boolean clean) {
    if (session.connection() == connection) {
      session.detach(!clean, connection.nowMs());
    }
    broker.tap.disconnected(connection, clean);
  }

  Session session() {
    return session;
  }

  Principal principal() {
    return principal;
  }

  /// Seconds; 0 is off.
  int keepAlive() {
    return keepAlive;
  }

  /// Another broker, which wants nothing back that it sent.
  boolean isBridge() {
    return isBridge;
  }

  boolean wantsReasons() {
    return wantsReasons; // [MQTT-3.1.2-29]
  }

  void protocolError(String what) {
    broker.counters.malformed().increment();
    log.debug("{}: {}", connection, what);
    disconnect(ReasonCode.PROTOCOL_ERROR, "");
  }

  private void reply(PublishReply reply) {
    var outbound = session.outbound();
    int packetId = reply.packetId();
    switch (reply.type()) {
      case PUBACK -> published(packetId, 1);
      case PUBREC -> {
        if (reply.reason().isError()) {
          outbound.acknowledged(packetId); // [MQTT-4.3.3-4]
        } else if (wrongQos(packetId, 2)) {
          protocolError("PUBREC for a message of QoS 1");
        } else {
          outbound.received(packetId);
          replyWhenKept(PacketType.PUBREL, packetId); // [MQTT-4.3.3-4]
        }
      }
      case PUBREL -> {
        session.forgetReceived(packetId);
        replyWhenKept(PacketType.PUBCOMP, packetId); // [MQTT-4.3.3-11]
      }
      case PUBCOMP -> published(packetId, 2);
      default -> throw new IllegalStateException(reply.type() + " is no reply");
    }
  }

  /// A durable session remembers first: else a crash would make a message come twice, or never.
  private void replyWhenKept(PacketType type, int packetId) {
    if (session.isDurable()) {
      session.whenKept(
          connection, () -> connection.output().reply(type, packetId, ReasonCode.SUCCESS));
    } else {
      connection.output().reply(type, packetId, ReasonCode.SUCCESS);
    }
  }

  private void published(int packetId, int qos) {
    if (wrongQos(packetId, qos)) {
      protocolError("acknowledgement of another QoS");
    } else {
      session.outbound().acknowledged(packetId);
    }
  }

  private boolean wrongQos(int packetId, int qos) {
    var delivery = session.outbound().inflight(packetId);
    return delivery != null && delivery.qos != qos;
  }

  private void disconnected(Disconnect disconnect) {
    long expiry = disconnect.properties().number(Property.SESSION_EXPIRY_INTERVAL, expiryAtConnect);
    if (connection.version().isV5()) {
      if (expiry > 0 && expiryAtConnect == 0) {
        protocolError("session expiry at DISCONNECT after 0 at CONNECT"); // section 3.14.2.2.2
        return;
      }
      session.expirySeconds(Math.min(expiry, broker.config.maxSessionExpiry().toSeconds()));
    }
    // [MQTT-3.14.4-3] reason 0 discards the will
    connection.end(disconnect.reason() == ReasonCode.SUCCESS);
  }
}
