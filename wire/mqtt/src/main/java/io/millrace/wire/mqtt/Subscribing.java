package io.millrace.wire.mqtt;

import io.millrace.wire.mqtt.Session.Subscribed;
import io.millrace.wire.mqtt.codec.PacketType;
import io.millrace.wire.mqtt.codec.Properties;
import io.millrace.wire.mqtt.codec.Property;
import io.millrace.wire.mqtt.codec.ReasonCode;
import io.millrace.wire.mqtt.codec.Subscribe;
import io.millrace.wire.mqtt.codec.SubscribeReply;
import io.millrace.wire.mqtt.codec.Unsubscribe;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// SUBSCRIBE and UNSUBSCRIBE of one client.
final class Subscribing {
  private static final Logger log = LoggerFactory.getLogger(Subscribing.class);

  private final Exchange exchange;
  private final Connection connection;
  private final Broker broker;
  private final Session session;
  private final ListenerForm form;

  Subscribing(Exchange exchange, Connection connection, Session session) {
    this.form = connection.listener().rules().form();
    this.exchange = exchange;
    this.connection = connection;
    this.broker = connection.broker();
    this.session = session;
  }

  void subscribe(Subscribe subscribe) {
    var filters = new ArrayList<TopicFilter>(subscribe.requests().size());
    try {
      for (var request : subscribe.requests()) {
        filters.add(check(request));
      }
    } catch (TopicFilterException e) {
      refuse(e);
      return;
    }
    int identifier = (int) subscribe.properties().number(Property.SUBSCRIPTION_IDENTIFIER, 0);
    var reasons = new ArrayList<ReasonCode>(filters.size());
    var afterwards = new ArrayList<Runnable>(0);
    for (int i = 0; i < filters.size(); i++) {
      reasons.add(subscribe(filters.get(i), subscribe.requests().get(i), identifier, afterwards));
    }
    // [MQTT-3.8.4-1] [MQTT-3.8.4-5] one reason each, before the retained messages
    session.whenKept(
        connection,
        () -> {
          reply(PacketType.SUBACK, subscribe.packetId(), reasons);
          afterwards.forEach(Runnable::run);
        });
  }

  void unsubscribe(Unsubscribe unsubscribe) {
    var reasons = new ArrayList<ReasonCode>(unsubscribe.filters().size());
    try {
      for (var filter : unsubscribe.filters()) {
        TopicFilter.parse(form.mountedFilter(filter), broker.config.maxTopicLevels());
      }
    } catch (TopicFilterException e) {
      refuse(e);
      return;
    }
    for (var filter : unsubscribe.filters()) {
      reasons.add(unsubscribe(form.mountedFilter(filter)));
    }
    session.whenKept( // [MQTT-3.10.4-4]
        connection, () -> reply(PacketType.UNSUBACK, unsubscribe.packetId(), reasons));
  }

  void offerAgain() {
    session
        .subscriptions()
        .replaceAll(
            (text, known) -> {
              var route = known.route();
              boolean tapped = broker.tap.takesSubscribe(connection, text, route.qos());
              if (tapped && !known.tapped()) {
                broker.subscriptions.remove(known.filter(), session);
              } else if (!tapped && known.tapped()) {
                broker.subscriptions.add(known.filter(), route);
              }
              return new Subscribed(known.filter(), route, tapped);
            });
  }

  private TopicFilter check(Subscribe.Request request) {
    var filter =
        TopicFilter.parse(form.mountedFilter(request.filter()), broker.config.maxTopicLevels());
    if (filter.isShared() && request.noLocal()) {
      throw new TopicFilterException(request.filter(), "no local when shared", false); // -3.8.3-4
    }
    return filter;
  }

  private void refuse(TopicFilterException e) {
    broker.counters.malformed().increment();
    exchange.disconnect(
        e.isMalformed() ? ReasonCode.MALFORMED_PACKET : ReasonCode.PROTOCOL_ERROR, "");
  }

  private ReasonCode subscribe(
      TopicFilter filter, Subscribe.Request request, int identifier, List<Runnable> afterwards) {
    if (ReplayFilter.isReplay(filter.text())) {
      return replay(filter, request, identifier, afterwards);
    }
    boolean known = session.subscriptions().containsKey(filter.text());
    if (!known && session.subscriptions().size() >= broker.config.maxSubscriptions()) {
      return ReasonCode.QUOTA_EXCEEDED;
    }
    if (!connection.authorizer().maySubscribe(connection, filter.text())) {
      return ReasonCode.NOT_AUTHORIZED;
    }
    var route = route(filter, request, identifier);
    if (broker.tap.takesSubscribe(connection, filter.text(), request.qos())) {
      session.subscribed(new Subscribed(filter, route, true));
    } else {
      session.subscribed(new Subscribed(filter, route, false));
      broker.subscriptions.add(filter, route); // [MQTT-3.8.4-3] replaces the same filter
      boolean wanted = request.retainHandling() == 0 || (request.retainHandling() == 1 && !known);
      if (wanted && !filter.isShared()) { // [MQTT-3.3.1-9] to -11
        afterwards.add(() -> sendRetained(filter, route));
      }
    }
    return granted(request.qos());
  }

  /// Not a filter of the session: it ends with the connection, and a resumed session asks anew.
  private ReasonCode replay(
      TopicFilter filter, Subscribe.Request request, int identifier, List<Runnable> afterwards) {
    var replays = broker.replays;
    if (replays == null || !replays.keepsAny()) {
      return ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR; // messages.topics is empty
    }
    if (replays.isFull()) {
      return ReasonCode.QUOTA_EXCEEDED;
    }
    ReplayFilter asked;
    try {
      asked = ReplayFilter.parse(filter.text(), connection.nowMs());
    } catch (IllegalArgumentException e) {
      log.debug("{} asked for a replay: {}", connection, e.getMessage());
      return ReasonCode.TOPIC_FILTER_INVALID;
    }
    if (!connection.authorizer().maySubscribe(connection, asked.filter())) {
      return ReasonCode.NOT_AUTHORIZED;
    }
    var route = route(filter, request, identifier);
    afterwards.add(() -> replays.start(connection, session, filter.text(), route, asked));
    return granted(request.qos());
  }

  private ReasonCode stopReplay(String filter) {
    var replays = broker.replays;
    return replays != null && replays.stop(connection, filter)
        ? ReasonCode.SUCCESS
        : ReasonCode.NO_SUBSCRIPTION_EXISTED;
  }

  private Route route(TopicFilter filter, Subscribe.Request request, int identifier) {
    var identifiers = identifier == 0 ? Route.NO_IDENTIFIERS : new int[] {identifier};
    return new Route(
        session,
        request.qos(),
        request.retainAsPublished() || exchange.isBridge(),
        request.noLocal() || exchange.isBridge(),
        identifiers,
        null,
        filter.isShared() ? filter : null);
  }

  private void sendRetained(TopicFilter filter, Route route) {
    broker.retained.match(
        filter,
        connection.nowMs(),
        message -> {
          int qos = Math.min(message.qos(), route.qos());
          session.deliver(message, qos, true, route.identifiers()); // [MQTT-3.3.1-8]
        });
  }

  private ReasonCode unsubscribe(String filter) {
    if (ReplayFilter.isReplay(filter)) {
      return stopReplay(filter);
    }
    var subscribed = session.unsubscribed(filter);
    if (subscribed == null) {
      return ReasonCode.NO_SUBSCRIPTION_EXISTED;
    }
    if (subscribed.tapped()) {
      broker.tap.unsubscribed(connection, filter);
    } else {
      broker.subscriptions.remove(subscribed.filter(), session); // [MQTT-3.10.4-1]
    }
    return ReasonCode.SUCCESS;
  }

  private void reply(PacketType type, int packetId, List<ReasonCode> reasons) {
    connection.output().send(new SubscribeReply(type, packetId, reasons, Properties.NONE));
  }

  private static ReasonCode granted(int qos) {
    return switch (qos) {
      case 0 -> ReasonCode.SUCCESS;
      case 1 -> ReasonCode.GRANTED_QOS_1;
      default -> ReasonCode.GRANTED_QOS_2;
    };
  }
}
