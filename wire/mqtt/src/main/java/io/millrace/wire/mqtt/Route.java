package io.millrace.wire.mqtt;

import org.jspecify.annotations.Nullable;

/// Where a matching message goes, and how: one subscription, or several of one session merged.
///
/// @param identifiers subscription identifiers, in the order found
/// @param shared the filter, when it is a shared subscription's
/// @param local the route for the session's own messages, when "no local" makes it another one;
///     null with `noLocal` means that it gets none of them
@SuppressWarnings("ArrayRecordComponent") // never compared; read on the hot path
record Route(
    Session session,
    int qos,
    boolean retainAsPublished,
    boolean noLocal,
    int[] identifiers,
    @Nullable Route local,
    @Nullable TopicFilter shared) {
  static final int[] NO_IDENTIFIERS = {};

  /// The route that a message of `publisher` takes, or null.
  @Nullable Route forPublisher(@Nullable Session publisher) {
    // [MQTT-3.8.3-3] no local: not back to the session that published
    return noLocal && publisher == session ? local : this;
  }

  /// One delivery for two matching subscriptions: the higher QoS, all identifiers.
  Route merge(Route other) {
    boolean split = noLocal || other.noLocal;
    return new Route(
        session,
        Math.max(qos, other.qos), // [MQTT-3.3.4-2]
        retainAsPublished || other.retainAsPublished,
        split,
        join(identifiers, other.identifiers), // [MQTT-3.3.4-4] all in one copy
        split ? merged(forPublisher(session), other.forPublisher(session)) : null,
        null);
  }

  private static @Nullable Route merged(@Nullable Route first, @Nullable Route second) {
    if (first == null) {
      return second;
    }
    return second == null ? first : first.merge(second);
  }

  private static int[] join(int[] first, int[] second) {
    if (second.length == 0) {
      return first;
    }
    var all = java.util.Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
