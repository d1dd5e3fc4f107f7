package io.millrace.wire.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.config.Settings;
import io.millrace.base.runtime.Ack;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Ids;
import io.netty.channel.DefaultEventLoop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The index and the retained store against a matcher that looks at every filter.
class SubscriptionIndexProperties {
  private final Broker broker =
      new Broker(
          Settings.defaults(MqttConfig.class),
          Authenticator.NONE,
          Authorizer.ALL,
          Tap.NONE,
          Clock.SYSTEM,
          new Ids(Clock.SYSTEM, new Random(1)),
          BrokerCounters.of(new Counters()),
          BrokerStores.NONE,
          2);
  private final List<Shard> shards =
      List.of(
          new Shard(broker, new DefaultEventLoop(), 0, 2),
          new Shard(broker, new DefaultEventLoop(), 1, 2));

  @Test
  void matchesWhatANaiveMatcherMatches() {
    for (long seed = 0; seed < 300; seed++) {
      var random = new Random(seed);
      var index = new SubscriptionIndex(2);
      var model = new HashMap<Session, Set<String>>();
      var sessions = sessions(10);
      for (int step = 0; step < 60; step++) {
        var session = sessions.get(random.nextInt(sessions.size()));
        var filter = filter(random);
        var mine = model.computeIfAbsent(session, _ -> new HashSet<>());
        if (random.nextInt(3) > 0) {
          index.add(TopicFilter.parse(filter, 128), route(session));
          mine.add(filter);
        } else {
          index.remove(TopicFilter.parse(filter, 128), session);
          mine.remove(filter);
        }
        var topic = topic(random);
        assertThat(sessionsOf(index.match(topic)))
            .as("seed %d step %d topic %s", seed, step, topic)
            .isEqualTo(naive(model, topic));
      }
      assertThat(index.count()).isEqualTo(model.values().stream().mapToInt(Set::size).sum());
    }
  }

  @Test
  void retainedMessagesAreFoundByTheSameFilters() {
    for (long seed = 0; seed < 300; seed++) {
      var random = new Random(seed);
      var store = new RetainedMessages(1000, RetainedStore.NONE);
      var model = new HashSet<String>();
      for (int step = 0; step < 60; step++) {
        var topic = topic(random);
        boolean remove = random.nextInt(3) == 0;
        store.put(message(topic, remove ? 0 : 1), Ack.NONE);
        if (remove) {
          model.remove(topic);
        } else {
          model.add(topic);
        }
        var filter = filter(random);
        var found = new HashSet<String>();
        store.match(
            TopicFilter.parse(filter, 128), 0, message -> found.add(message.topic().text()));
        assertThat(found)
            .as("seed %d step %d filter %s", seed, step, filter)
            .isEqualTo(Set.copyOf(model.stream().filter(t -> matches(filter, t)).toList()));
      }
      assertThat(store.count()).isEqualTo(model.size());
    }
  }

  private List<Session> sessions(int count) {
    var all = new ArrayList<Session>();
    for (int i = 0; i < count; i++) {
      all.add(new Session(shards.get(i % 2), "c" + i, false));
    }
    return all;
  }

  private static Message message(String topic, int size) {
    var name = io.millrace.wire.mqtt.codec.TopicName.of(topic);
    var none = io.millrace.wire.mqtt.codec.Properties.NONE;
    return new Message(name, new byte[size], 0, true, none, Message.NEVER, null);
  }

  private static Route route(Session session) {
    return new Route(session, 1, false, false, Route.NO_IDENTIFIERS, null, null);
  }

  private static Set<Session> sessionsOf(Match match) {
    var all = new HashSet<Session>();
    for (var routes : match.byShard()) {
      for (var route : routes) {
        assertThat(all.add(route.session())).as("one delivery per session").isTrue();
      }
    }
    return all;
  }

  private static Set<Session> naive(Map<Session, Set<String>> model, String topic) {
    var all = new HashSet<Session>();
    model.forEach(
        (session, filters) -> {
          if (filters.stream().anyMatch(filter -> matches(filter, topic))) {
            all.add(session);
          }
        });
    return all;
  }

  private static boolean matches(String filter, String topic) {
    if (topic.startsWith("$") && (filter.startsWith("+") || filter.startsWith("#"))) {
      return false;
    }
    return matches(Arrays.asList(filter.split("/", -1)), Arrays.asList(topic.split("/", -1)));
  }

  private static boolean matches(List<String> filter, List<String> topic) {
    if (filter.isEmpty()) {
      return topic.isEmpty();
    }
    if (filter.getFirst().equals("#")) {
      return true;
    }
    if (topic.isEmpty()) {
      return false;
    }
    var level = filter.getFirst();
    return (level.equals("+") || level.equals(topic.getFirst()))
        && matches(filter.subList(1, filter.size()), topic.subList(1, topic.size()));
  }

  private static String topic(Random random) {
    var levels = new ArrayList<String>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      levels.add(List.of("a", "b", "", "$x").get(random.nextInt(4)));
    }
    var topic = String.join("/", levels);
    return topic.isEmpty() ? "a" : topic;
  }

  private static String filter(Random random) {
    var levels = new ArrayList<String>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      levels.add(List.of("a", "b", "", "$x", "+", "+").get(random.nextInt(6)));
    }
    if (random.nextInt(3) == 0) {
      levels.set(levels.size() - 1, "#");
    }
    var filter = String.join("/", levels);
    return filter.isEmpty() ? "+" : filter;
  }
}
