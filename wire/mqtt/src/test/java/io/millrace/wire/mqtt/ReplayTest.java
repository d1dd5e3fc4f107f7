package io.millrace.wire.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.base.config.Settings;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.SystemScheduler;
import io.millrace.base.runtime.Threads;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.messages.MessageLog;
import io.millrace.wire.mqtt.codec.Properties;
import io.millrace.wire.mqtt.codec.Property;
import io.millrace.wire.mqtt.codec.ProtocolVersion;
import io.millrace.wire.mqtt.codec.Publish;
import io.millrace.wire.mqtt.codec.Subscribe;
import io.millrace.wire.mqtt.codec.TopicName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `$replay/SINCE/FILTER`.
class ReplayTest {
  @TempDir Path directory;
  private final List<Publish> got = Collections.synchronizedList(new ArrayList<>());
  private SystemScheduler scheduler;
  private CommitStore store;
  private MessageLog log;
  private TestServer broker;

  @BeforeEach
  void open() {
    scheduler = new SystemScheduler();
    store = CommitStore.open(directory, 8L << 20);
    var settings = Settings.of().addFlags(List.of("--messages.gather=1ms"));
    log =
        MessageLog.open(
            store,
            settings.bind("messages", io.millrace.store.messages.Config.class),
            Clock.SYSTEM,
            scheduler,
            new Counters());
    broker = open(Map.of(), Authorizer.ALL);
  }

  private TestServer open(Map<String, String> settings, Authorizer may) {
    var opened = TestServer.open(settings, Authenticator.NONE, may, Tap.NONE);
    opened.server.keepMessages(log, opened.counters);
    return opened;
  }

  @AfterEach
  void close() {
    broker.close();
    log.close();
    store.close();
    scheduler.close();
  }

  @Test
  void thePastThenThePresentEveryMessageOnceInOrder() throws Exception {
    var publishing = new AtomicBoolean(true);
    var sent = new AtomicInteger();
    try (var publisher = MqttClient.connect(broker.to("publisher"));
        var threads = Threads.virtual("test")) {
      threads.execute(
          () -> {
            while (publishing.get()) { // before, during and after each switch-over
              int number = sent.getAndIncrement();
              publisher.publish("count/up", String.valueOf(number).getBytes(UTF_8), 1, false);
            }
          });
      for (int qos = 0; qos <= 2; qos++) {
        int before = sent.get();
        await().until(() -> sent.get() > before + 300);
        List<Publish> seen = new CopyOnWriteArrayList<>();
        try (var reader = MqttClient.connect(broker.to("reader" + qos), seen::add)) {
          reader.subscribe("$replay/1h/count/#", qos);
          int now = sent.get();
          await().until(() -> seen.size() > now + 300);
        }
        assertThat(numbers(seen)).isEqualTo(IntStream.range(0, seen.size()).boxed().toList());
      }
      publishing.set(false);
    }
  }

  @Test
  void aSlowReaderWaitsInTheLogAndLosesNothing() {
    int messages = 20_000;
    var most = new AtomicInteger();
    try (var publisher = MqttClient.connect(broker.to("publisher").window(1000))) {
      for (int i = 0; i < messages; i++) {
        publisher.send("slow/a", (i + " ".repeat(200)).getBytes(UTF_8), 1, false);
      }
      publisher.publish("slow/end", new byte[0], 1, false);
    }
    try (var reader = MqttClient.connect(broker.to("reader").version(ProtocolVersion.V5))) {
      var view = broker.server.view();
      reader.onMessage(
          publish -> {
            got.add(publish);
            if (got.size() % 500 == 0) {
              most.accumulateAndGet(
                  view.session("reader").map(BrokerView.SessionInfo::queued).orElse(0), Math::max);
            }
          });
      reader.subscribe("$replay/0/slow/a", 1);
      await().atMost(Duration.ofSeconds(30)).until(() -> got.size() == messages);
    }
    assertThat(numbers(got)).isEqualTo(IntStream.range(0, messages).boxed().toList());
    assertThat(most).hasValueLessThanOrEqualTo(300);
  }

  @Test
  void whatWasPublishedComesBackAsItWas() {
    var properties =
        Properties.NONE
            .with(Property.CONTENT_TYPE, "text/x")
            .with(Property.MESSAGE_EXPIRY_INTERVAL, 1L);
    try (var client = MqttClient.connect(broker.to("c").version(ProtocolVersion.V5), got::add)) {
      var topic = TopicName.of("with/properties");
      var publish = new Publish(topic, "x".getBytes(UTF_8), 1, true, false, 1, properties);
      client.send(publish).join();
      var request = Subscribe.Request.of("$replay/-1h/with/+", 2);
      client.subscribe(request, Properties.NONE.with(Property.SUBSCRIPTION_IDENTIFIER, 7));
      await().until(() -> got.size() == 1);
      var back = got.getFirst();
      assertThat(back.topicText()).isEqualTo("with/properties");
      assertThat(back.qos()).isEqualTo(1);
      assertThat(back.retain()).isFalse();
      assertThat(back.properties().text(Property.CONTENT_TYPE)).isEqualTo("text/x");
      assertThat(back.properties().number(Property.SUBSCRIPTION_IDENTIFIER, 0)).isEqualTo(7);
    }
  }

  @Test
  void unsubscribingEndsItAndSoDoesTheConnection() {
    try (var client = MqttClient.connect(broker.to("c"), got::add)) {
      client.subscribe("$replay/1h/a", 1);
      client.publish("a", new byte[1], 1, false);
      await().until(() -> got.size() == 1);
      assertThat(broker.count("mqtt.replays")).isEqualTo(1);
      client.unsubscribe("$replay/1h/a");
      await().until(() -> broker.count("mqtt.replays") == 0);
      client.publish("a", new byte[1], 1, false);
      client.subscribe("a", 1);
      client.publish("a", new byte[1], 1, false);
      await().until(() -> got.size() == 2);
      client.subscribe("$replay/1h/b", 1);
      await().until(() -> broker.count("mqtt.replays") == 1);
    }
    await().until(() -> broker.count("mqtt.replays") == 0);
  }

  @Test
  void itIsAuthorisedAsThePlainFilterAndBounded() {
    broker.close();
    broker = open(Map.of("maxReplays", "1"), new OnlyOpenTopics());
    try (var client = MqttClient.connect(broker.to("c").version(ProtocolVersion.V5))) {
      assertThatThrownBy(() -> client.subscribe("$replay/1h/secret/#", 1))
          .hasMessageContaining("NOT_AUTHORIZED");
      for (var wrong :
          List.of("$replay/1h", "$replay/1h/", "$replay/soon/a", "$replay/1h/$SYS/#")) {
        assertThatThrownBy(() -> client.subscribe(wrong, 1))
            .as(wrong)
            .hasMessageContaining("TOPIC_FILTER_INVALID");
      }
      client.subscribe("$replay/1h/open/#", 1);
      await().until(() -> broker.count("mqtt.replays") == 1);
      assertThatThrownBy(() -> client.subscribe("$replay/2h/open/#", 1))
          .hasMessageContaining("QUOTA_EXCEEDED");
    }
  }

  @Test
  void momentsAreReadInEveryForm() {
    long now = 1_763_829_000_000L;
    assertThat(ReplayFilter.since("1h", now)).isEqualTo(now - 3_600_000);
    assertThat(ReplayFilter.since("-90s", now)).isEqualTo(now - 90_000);
    assertThat(ReplayFilter.since("2d", now)).isEqualTo(now - 172_800_000);
    assertThat(ReplayFilter.since("1763828000000", now)).isEqualTo(1_763_828_000_000L);
    assertThat(ReplayFilter.since("2025-11-22T16:00:00Z", now)).isEqualTo(1_763_827_200_000L);
    assertThat(ReplayFilter.since("2025-11-22T17:00:00+01:00", now)).isEqualTo(1_763_827_200_000L);
    for (var wrong : List.of("", "yesterday", "1y", "--1h", "2025-13-01T00:00:00Z")) {
      assertThatThrownBy(() -> ReplayFilter.since(wrong, now))
          .as(wrong)
          .hasMessageContaining("no moment");
    }
  }

  private static final class OnlyOpenTopics implements Authorizer {
    @Override
    public boolean mayPublish(Client client, String topic) {
      return true;
    }

    @Override
    public boolean maySubscribe(Client client, String filter) {
      return filter.startsWith("open/");
    }
  }

  private static List<Integer> numbers(List<Publish> seen) {
    return seen.stream().map(one -> Integer.parseInt(one.payloadText().strip())).toList();
  }
}
