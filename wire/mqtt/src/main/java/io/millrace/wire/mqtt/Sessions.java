package io.millrace.wire.mqtt;

import io.millrace.wire.mqtt.BrokerView.SessionInfo;
import io.millrace.wire.mqtt.BrokerView.SubscriptionInfo;
import io.millrace.wire.mqtt.codec.ReasonCode;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Sessions as an operator sees them. On the event loop that owns the session.
final class Sessions {
  private Sessions() {}

  static boolean isOf(Session session, String owner) {
    var connection = session.connection();
    if (owner.isEmpty() || connection == null) {
      return true;
    }
    var its = connection.principal().owner();
    return its.isEmpty() || its.equals(owner);
  }

  static SessionInfo info(Session session) {
    var outbound = session.outbound();
    var connection = session.connection();
    var traffic = connection == null ? Traffic.Figures.NONE : connection.traffic().figures();
    return new SessionInfo(
        session.clientId(),
        connection == null ? "" : connection.principal().name(),
        connection == null ? "" : connection.principal().owner(),
        connection != null,
        connection == null ? "" : protocol(connection),
        connection == null ? "" : address(connection.remoteAddress()),
        connection == null ? "" : connection.listener().name(),
        connection == null ? 0 : connection.keepAlive(),
        session.expirySeconds(),
        connection == null ? 0 : connection.openedAtMs(),
        session.subscriptions().size(),
        outbound.queued(),
        outbound.queuedBytes(),
        outbound.inflightCount(),
        outbound.dropped(),
        traffic.received(),
        traffic.receivedBytes(),
        traffic.sent(),
        traffic.sentBytes(),
        traffic.receivedPerSecond(),
        traffic.sentPerSecond());
  }

  static Stream<SubscriptionInfo> subscriptions(Session session) {
    return session.subscriptions().values().stream()
        .map(
            one ->
                new SubscriptionInfo(
                    session.clientId(),
                    one.filter().text(),
                    one.route().qos(),
                    one.filter().group(),
                    one.tapped()));
  }

  static boolean delete(Shard shard, String clientId) {
    var session = shard.sessions().get(clientId);
    if (session == null) {
      return false;
    }
    session.expirySeconds(0);
    var connection = session.connection();
    if (connection == null) {
      session.end(shard.broker.clock.millis());
    } else {
      connection.close(ReasonCode.ADMINISTRATIVE_ACTION, "session deleted by an administrator");
    }
    return true;
  }

  private static String protocol(Connection connection) {
    return switch (connection.version()) {
      case V3_1 -> "3.1";
      case V3_1_1 -> "3.1.1";
      case V5 -> "5.0";
    };
  }

  private static String address(@Nullable SocketAddress address) {
    return switch (address) {
      case null -> "";
      case InetSocketAddress from -> from.getAddress().getHostAddress() + ":" + from.getPort();
      default -> address.toString();
    };
  }
}
