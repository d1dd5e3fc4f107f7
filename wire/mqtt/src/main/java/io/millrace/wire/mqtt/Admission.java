package io.millrace.wire.mqtt;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How many connections there may be, of all listeners and of one.
final class Admission {
  private static final Logger log = LoggerFactory.getLogger(Admission.class);

  private Admission() {}

  /// Counts a new connection, admitted or not; it is taken off the counts when it ends.
  static boolean admits(Broker broker, Listener listener, Connection connection) {
    int max = broker.config.maxConnections();
    boolean isRoom = broker.connections.incrementAndGet() <= max;
    boolean isRoomHere = listener.enter();
    if (!isRoom) {
      log.warn("More than mqtt.maxConnections={}; {} closed", max, connection);
    } else if (!isRoomHere) {
      log.warn(
          "More than {} connections on listener {}; {} closed",
          listener.rules().maxConnections(),
          listener.name(),
          connection);
    }
    return isRoom && isRoomHere;
  }
}
