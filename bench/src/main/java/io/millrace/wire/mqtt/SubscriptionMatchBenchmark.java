package io.millrace.wire.mqtt;

import io.millrace.base.config.Settings;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Ids;
import io.netty.channel.DefaultEventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What a match costs among a million subscriptions with mixed wildcards, with nothing remembered
/// of topics seen before; alone, and while another thread adds and removes. In the broker's own
/// package, because the index is inside the room.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
public class SubscriptionMatchBenchmark {
  private static final int SUBSCRIPTIONS = 1_000_000;
  private static final int SESSIONS = 10_000;
  private static final int TOPICS = 65_536;

  private final SubscriptionIndex index = new SubscriptionIndex(1);
  private final List<Session> sessions = new ArrayList<>();
  private final String[] topics = new String[TOPICS];
  private final Random random = new Random(1);
  private int next;
  private int added;

  @Setup
  public void fill() {
    var config = Settings.defaults(MqttConfig.class);
    var ids = new Ids(Clock.SYSTEM, random);
    var counters = BrokerCounters.of(new Counters());
    var broker =
        new Broker(
            config,
            Authenticator.NONE,
            Authorizer.ALL,
            Tap.NONE,
            Clock.SYSTEM,
            ids,
            counters,
            BrokerStores.NONE,
            1);
    var shard = new Shard(broker, new DefaultEventLoop(), 0, 1);
    for (int i = 0; i < SESSIONS; i++) {
      sessions.add(new Session(shard, "client-" + i, false));
    }
    for (int i = 0; i < SUBSCRIPTIONS; i++) {
      add(i);
    }
    for (int i = 0; i < TOPICS; i++) {
      topics[i] = topic();
    }
  }

  private void add(int number) {
    var session = sessions.get(number % SESSIONS);
    var route = new Route(session, 1, false, false, Route.NO_IDENTIFIERS, null, null);
    index.add(TopicFilter.parse(filter(number), 128), route);
  }

  /// Seven of ten exact, the others with a wildcard somewhere.
  private String filter(int number) {
    int site = number % 1000;
    int line = number / 1000 % 50;
    int device = number / 50_000 * 1000 + number % 1000;
    return switch (number % 10) {
      case 0 -> "site/%d/+/device/%d/temperature".formatted(site, device);
      case 1 -> "site/+/line/%d/device/%d/state".formatted(line, device);
      case 2 -> "site/%d/line/%d/device/%d/#".formatted(site, line, device);
      default -> "site/%d/line/%d/device/%d/temperature".formatted(site, line, device);
    };
  }

  private String topic() {
    int number = random.nextInt(SUBSCRIPTIONS);
    return "site/%d/line/%d/device/%d/temperature"
        .formatted(number % 1000, number / 1000 % 50, number / 50_000 * 1000 + number % 1000);
  }

  @Benchmark
  public Object match() {
    return index.match(topics[next++ & TOPICS - 1]);
  }

  @Benchmark
  @Group("whileOthersSubscribe")
  @GroupThreads(1)
  public Object matchMeanwhile() {
    return index.match(topics[next++ & TOPICS - 1]);
  }

  @Benchmark
  @Group("whileOthersSubscribe")
  @GroupThreads(1)
  public long subscribe() {
    var session = sessions.get(added % SESSIONS);
    var filter = TopicFilter.parse("extra/%d/+".formatted(added++ % 50_000), 128);
    var route = new Route(session, 1, false, false, Route.NO_IDENTIFIERS, null, null);
    index.add(filter, route);
    index.remove(filter, session);
    return index.generation();
  }
}
