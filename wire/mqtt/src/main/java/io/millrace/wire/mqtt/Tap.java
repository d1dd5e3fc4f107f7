package io.millrace.wire.mqtt;

import io.millrace.base.runtime.Ack;
import io.millrace.wire.mqtt.codec.Publish;

/// Takes messages out of the broker before they reach subscribers, as the device API does.
///
/// Called on the client's event loop: never blocks. The order of one client's calls is the order
/// of its packets.
public interface Tap {
  /// Takes nothing.
  Tap NONE = new Tap() {};

  /// Offers a message. True when it was taken: it goes to no subscriber and is not retained, and
  /// the client is acknowledged when `ack` completes, from any thread. False leaves `ack` unused.
  ///
  /// `ack` counts against `mqtt.maxUnacknowledged` at every QoS: the broker stops reading from a
  /// client that has more outstanding.
  default boolean takesPublish(Client client, Publish publish, Ack ack) {
    return false;
  }

  /// Whether messages of that topic that go to subscribers are also [#copied] to this tap.
  default boolean wantsCopy(String topic) {
    return false;
  }

  /// Takes a copy of a message that goes to subscribers. The client is acknowledged when `ack` has
  /// completed, from any thread, and everything else that must come before.
  default void copied(Client client, Publish publish, Ack ack) {
    ack.done();
  }

  /// Offers a topic filter. True when it was taken: it is granted as asked and nothing is routed
  /// to it; the tap uses [Client#send]. A session that is resumed offers its filters again, before
  /// [#connected], so that a tap need not remember what outlives a connection.
  ///
  /// @param qos as granted; the tap sends no higher
  default boolean takesSubscribe(Client client, String filter, int qos) {
    return false;
  }

  /// Whether there is room for more messages. While there is not, the broker stops reading from
  /// each client whose message is taken next, and goes on after [#onWritable].
  default boolean isWritable() {
    return true;
  }

  /// Runs `resume` once, on any thread, when there is room again; at once if there is. It must not
  /// block: a client's event loop is told to read on.
  default void onWritable(Runnable resume) {
    resume.run();
  }

  /// A filter that was taken is not wanted any more.
  default void unsubscribed(Client client, String filter) {}

  /// After CONNACK was written.
  default void connected(Client client) {}

  /// The connection has ended; the session may live on.
  ///
  /// @param clean true after a DISCONNECT packet, false when the connection broke or was closed
  default void disconnected(Client client, boolean clean) {}
}
