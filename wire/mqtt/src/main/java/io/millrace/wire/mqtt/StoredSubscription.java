package io.millrace.wire.mqtt;

import io.millrace.wire.mqtt.Session.Subscribed;

/// A subscription's row: the filter is in the key, the options in the value.
final class StoredSubscription {
  private static final int NO_LOCAL = 4;
  private static final int RETAIN_AS_PUBLISHED = 8;
  private static final int TAPPED = 16;

  private StoredSubscription() {}

  static byte[] row(Subscribed subscribed) {
    var route = subscribed.route();
    var out = SessionFormat.start(8);
    out.writeByte(
        route.qos()
            | (route.noLocal() ? NO_LOCAL : 0)
            | (route.retainAsPublished() ? RETAIN_AS_PUBLISHED : 0)
            | (subscribed.tapped() ? TAPPED : 0));
    out.writeInt(route.identifiers().length == 0 ? 0 : route.identifiers()[0]);
    return SessionFormat.bytes(out);
  }

  static Subscribed read(Session session, byte[] key, byte[] value) {
    var filter = TopicFilter.parse(SessionFormat.filter(key), 65_535);
    var in = SessionFormat.checked(value);
    int options = in.readByte();
    int identifier = in.readInt();
    var route =
        new Route(
            session,
            options & 3,
            (options & RETAIN_AS_PUBLISHED) != 0,
            (options & NO_LOCAL) != 0,
            identifier == 0 ? Route.NO_IDENTIFIERS : new int[] {identifier},
            null,
            filter.isShared() ? filter : null);
    return new Subscribed(filter, route, (options & TAPPED) != 0);
  }
}
