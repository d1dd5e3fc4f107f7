package io.millrace.wire.mqtt;

import io.millrace.base.runtime.Ack;
import io.millrace.wire.mqtt.codec.Properties;
import io.millrace.wire.mqtt.codec.ReasonCode;
import io.millrace.wire.mqtt.codec.TopicName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What an operator sees of the broker, and may do to it.
///
/// Any thread but an event loop: each call asks the loops and waits for their answers. Pages are
/// sorted, so that they stay the same from call to call.
public final class BrokerView {
  private static final long WAIT_SECONDS = 10;

  private final Broker broker;

  BrokerView(Broker broker) {
    this.broker = broker;
  }

  /// Part of a list.
  ///
  /// @param total how many there are in all
  public record Page<T>(List<T> rows, long total) {}

  /// Which part of a list.
  ///
  /// @param search a part of the name, in any case; empty takes all
  /// @param owner only what belongs to this one or to nobody; empty takes all
  public record Query(String search, String owner, int from, int limit) {
    public static final Query ALL = new Query("", "", 0, Integer.MAX_VALUE);
  }

  /// A session, connected or not.
  ///
  /// @param user whom its connection stands for, empty when not connected
  /// @param owner whom that one belongs to, see [Principal#owner]
  /// @param connectedAtMs when it connected, or 0
  /// @param queued messages that wait; `inflight` those sent and not acknowledged
  /// @param dropped messages that found the queue full
  public record SessionInfo(
      String clientId,
      String user,
      String owner,
      boolean isConnected,
      String protocol,
      String address,
      String listener,
      int keepAliveSeconds,
      long expirySeconds,
      long connectedAtMs,
      int subscriptions,
      int queued,
      long queuedBytes,
      int inflight,
      long dropped,
      long received,
      long receivedBytes,
      long sent,
      long sentBytes,
      double receivedPerSecond,
      double sentPerSecond) {}

  /// A filter of a session.
  ///
  /// @param share the share name, empty when it is not shared
  /// @param isPlatform answered by the platform itself; nothing is routed to it
  public record SubscriptionInfo(
      String clientId, String filter, int qos, String share, boolean isPlatform) {}

  /// A retained message.
  ///
  /// @param expiresAtMs [Long#MAX_VALUE] when it does not
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record RetainedInfo(String topic, byte[] payload, int qos, long expiresAtMs) {}

  /// What was published to a topic since the start, or since it was last forgotten.
  ///
  /// @param last the newest payload's first 256 bytes
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record TopicInfo(
      String topic,
      long messages,
      long bytes,
      double messagesPerSecond,
      double bytesPerSecond,
      long lastAtMs,
      byte[] last) {}

  /// Clients that are connected, by client identifier.
  public Page<SessionInfo> clients(Query query) {
    return sessions(query, session -> session.connection() != null);
  }

  /// Sessions, connected or not, by client identifier.
  public Page<SessionInfo> sessions(Query query) {
    return sessions(query, _ -> true);
  }

  private Page<SessionInfo> sessions(Query query, Predicate<Session> which) {
    var search = query.search().toLowerCase(Locale.ROOT);
    Predicate<Session> wanted =
        session ->
            which.test(session)
                && matches(session.clientId(), search)
                && Sessions.isOf(session, query.owner());
    var ids =
        ask(shard -> shard.sessions().values().stream().filter(wanted).map(Session::clientId));
    var page = page(ids.flatMap(Function.identity()).sorted().toList(), query);
    var rows = new ArrayList<SessionInfo>();
    for (var id : page.rows()) {
      session(id).ifPresent(rows::add);
    }
    return new Page<>(rows, page.total());
  }

  /// One session.
  public Optional<SessionInfo> session(String clientId) {
    return at(
        clientId,
        shard -> {
          var session = shard.sessions().get(clientId);
          return session == null ? Optional.empty() : Optional.of(Sessions.info(session));
        });
  }

  /// The filters of all sessions, by client identifier and filter.
  ///
  /// @param clientId of this session only; null of all
  public Page<SubscriptionInfo> subscriptions(@Nullable String clientId, Query query) {
    var search = query.search().toLowerCase(Locale.ROOT);
    var all =
        ask(
            shard ->
                shard.sessions().values().stream()
                    .filter(session -> clientId == null || session.clientId().equals(clientId))
                    .filter(session -> Sessions.isOf(session, query.owner()))
                    .flatMap(Sessions::subscriptions)
                    .filter(one -> matches(one.filter(), search))
                    .toList());
    var sorted =
        all.flatMap(Collection::stream)
            .sorted(
                Comparator.comparing(SubscriptionInfo::clientId)
                    .thenComparing(SubscriptionInfo::filter))
            .toList();
    return page(sorted, query);
  }

  /// Retained messages that a filter matches, by topic.
  ///
  /// @throws IllegalArgumentException when it is no topic filter
  public Page<RetainedInfo> retained(String filter, Query query) {
    var search = query.search().toLowerCase(Locale.ROOT);
    var found = new ArrayList<Message>();
    broker.retained.match(filter(filter), broker.clock.millis(), found::add);
    var sorted =
        found.stream()
            .filter(message -> matches(message.topic().text(), search))
            .sorted(Comparator.comparing(message -> message.topic().text()))
            .toList();
    var page = page(sorted, query);
    var rows =
        page.rows().stream()
            .map(
                one ->
                    new RetainedInfo(
                        one.topic().text(), one.payload(), one.qos(), one.expiresAtMs()))
            .toList();
    return new Page<>(rows, page.total());
  }

  /// Topics that were published to, by name; `mqtt.topicsTracked` at most.
  public Page<TopicInfo> topics(Query query) {
    var search = query.search().toLowerCase(Locale.ROOT);
    var merged = new HashMap<String, TopicInfo>();
    ask(TopicInfos::of)
        .flatMap(Collection::stream)
        .filter(topic -> matches(topic.topic(), search))
        .forEach(topic -> merged.merge(topic.topic(), topic, TopicInfos::merge));
    var sorted = merged.values().stream().sorted(Comparator.comparing(TopicInfo::topic)).toList();
    return page(sorted, query);
  }

  /// Messages to topics that are not tracked one by one, `mqtt.topicsTracked`.
  public long untrackedMessages() {
    return ask(shard -> shard.table().untracked()).mapToLong(Long::longValue).sum();
  }

  /// Closes a client's connection; its session lives on as long as it asked for.
  ///
  /// @return false when no such client is connected
  public boolean kick(String clientId) {
    return at(
        clientId,
        shard -> {
          var session = shard.sessions().get(clientId);
          var connection = session == null ? null : session.connection();
          if (connection == null) {
            return false;
          }
          connection.close(ReasonCode.ADMINISTRATIVE_ACTION, "disconnected by an administrator");
          return true;
        });
  }

  /// Closes a client's connection, if any, and forgets its session: subscriptions, queue, will.
  ///
  /// @return false when there is no such session
  public boolean deleteSession(String clientId) {
    return at(clientId, shard -> Sessions.delete(shard, clientId));
  }

  /// Removes the retained message of a topic.
  ///
  /// @return false when there is none
  public boolean deleteRetained(String topic) {
    var name = TopicName.of(topic);
    var found = new ArrayList<Message>();
    broker.retained.match(filter(topic), broker.clock.millis(), found::add);
    var nothing = new Message(name, new byte[0], 0, true, Properties.NONE, Message.NEVER, null);
    return !found.isEmpty() && broker.retained.put(nothing, Ack.NONE);
  }

  private TopicFilter filter(String text) {
    try {
      return TopicFilter.parse(text, broker.config.maxTopicLevels());
    } catch (TopicFilterException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static boolean matches(String name, String search) {
    return search.isEmpty() || name.toLowerCase(Locale.ROOT).contains(search);
  }

  private static <T> Page<T> page(List<T> all, Query query) {
    int from = Math.min(query.from(), all.size());
    int until = (int) Math.min((long) from + query.limit(), all.size());
    return new Page<>(all.subList(from, until), all.size());
  }

  private <T> T at(String clientId, Function<Shard, T> question) {
    return await(future(broker.shardOf(clientId), question));
  }

  private <T> java.util.stream.Stream<T> ask(Function<Shard, T> question) {
    var answers = broker.shards().stream().map(shard -> future(shard, question)).toList();
    return answers.stream().map(BrokerView::await);
  }

  private static <T> CompletableFuture<T> future(Shard shard, Function<Shard, T> question) {
    return CompletableFuture.supplyAsync(() -> question.apply(shard), shard.loop);
  }

  private static <T> T await(CompletableFuture<T> answer) {
    return answer.orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join();
  }
}
