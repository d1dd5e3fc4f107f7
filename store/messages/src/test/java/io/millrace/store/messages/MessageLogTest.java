package io.millrace.store.messages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.base.config.Settings;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.store.commit.CommitStore;
import io.millrace.testkit.SimulatedTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The log through its door.
class MessageLogTest {
  private static final EntityId TENANT = id(EntityType.TENANT, 1);
  private static final EntityId BOILER = id(EntityType.DEVICE, 1);
  private static final EntityId PUMP = id(EntityType.DEVICE, 2);

  @TempDir Path directory;
  private final SimulatedTime time = new SimulatedTime(1_763_829_000_000L);
  private final SimulatedTime noTrimming = new SimulatedTime();
  private final Counters counters = new Counters();
  private CommitStore store;
  private MessageLog log;
  private DeviceLane lane;

  @BeforeEach
  void open() {
    open("--messages.gather=1ms");
  }

  private void open(String... flags) {
    store = CommitStore.open(directory, 8L << 20);
    var settings = Settings.of().addFlags(List.of(flags));
    // what waits for real threads runs on real time
    log =
        MessageLog.open(
            store, settings.bind("messages", Config.class), new Wall(time), noTrimming, counters);
    lane = log.deviceLane(0);
  }

  /// The day is simulated, the stopwatch is not.
  private record Wall(SimulatedTime day) implements Clock {
    @Override
    public long millis() {
      return day.millis();
    }

    @Override
    public long nanos() {
      return Clock.SYSTEM.nanos();
    }
  }

  @AfterEach
  void close() {
    log.close();
    store.close();
  }

  private void reopen(String... flags) {
    close();
    open(flags);
  }

  @Test
  void aDevicesMessagesComeBackNewestFirst() {
    for (int i = 0; i < 100; i++) {
      send(i % 2 == 0 ? BOILER : PUMP, i);
      time.advance(Duration.ofSeconds(7));
    }
    assertThat(values(BOILER, 0, time.millis(), 3)).containsExactly(98L, 96L, 94L);
    assertThat(values(BOILER, 0, time.millis(), 1000)).hasSize(50);
    long middle = time.millis() - Duration.ofSeconds(70).toMillis();
    assertThat(values(PUMP, middle, time.millis(), 1000)).containsExactly(99L, 97L, 95L, 93L, 91L);
    assertThat(values(id(EntityType.DEVICE, 9), 0, time.millis(), 10)).isEmpty();
    var other = new MessageLog.Query(id(EntityType.TENANT, 2), BOILER, 0, time.millis(), 10);
    assertThat(log.messages(other)).isEmpty();
  }

  @Test
  void whatIsWrittenOutlivesTheProcessAndGoesOn() {
    send(BOILER, 1);
    publish("a", "x");
    reopen();
    send(BOILER, 2);
    publish("a", "y");
    assertThat(values(BOILER, 0, time.millis() + 1, 10)).containsExactly(2L, 1L);
    assertThat(published("a")).containsExactly("y", "x");
  }

  @Test
  void aBatchThatIsRefusedLeavesNothing() {
    try (var commit = store.begin()) {
      lane.mark();
      add(BOILER, 1);
      lane.rollBack();
      lane.into(commit, time.millis());
      assertThat(commit.isEmpty()).isTrue();
    }
    try (var commit = store.begin()) {
      add(BOILER, 2);
      lane.into(commit, time.millis());
    } // never written
    send(BOILER, 3);
    assertThat(values(BOILER, 0, time.millis() + 1, 10)).containsExactly(3L);
  }

  @Test
  void messagesInOrderForARehearsal() {
    for (int i = 0; i < 10; i++) {
      send(i % 2 == 0 ? BOILER : PUMP, i);
      time.advance(Duration.ofSeconds(1));
    }
    var seen = new ArrayList<Long>();
    long from = time.millis() - 8_000;
    log.eachMessage(
        TENANT,
        from,
        from + 5_000,
        message -> {
          seen.add(value(message));
          return seen.size() < 4;
        });
    assertThat(seen).containsExactly(2L, 3L, 4L, 5L);
  }

  @Test
  void oldMessagesGoAndTheirSpaceComesBack() {
    var random = new Random(2);
    for (int i = 0; i < 60; i++) {
      send(BOILER, i);
      var noise = new byte[100_000];
      random.nextBytes(noise);
      publish("bulk", noise);
      time.advance(Duration.ofHours(6));
    }
    log.trim();
    assertThat(values(BOILER, 0, time.millis(), 1000)).hasSizeBetween(28, 29); // seven days of them
    assertThat(log.published(_ -> true, 0, time.millis(), 1000).messages()).hasSizeBetween(28, 29);
    time.advance(Duration.ofDays(30));
    log.trim();
    assertThat(values(BOILER, 0, time.millis(), 1000)).isEmpty();
    assertThat(counters.snapshot().get("messages.disk_bytes")).isLessThan(200_000);
  }

  @Test
  void theOldestGoWhenSpaceIsShort() {
    reopen("--messages.bytes=4MB", "--messages.gather=1ms");
    var random = new Random(3);
    for (int i = 0; i < 80; i++) {
      var noise = new byte[100_000];
      random.nextBytes(noise);
      noise[0] = (byte) i;
      publish("bulk", noise);
      time.advance(Duration.ofMinutes(1));
    }
    reopen("--messages.bytes=4MB"); // everything is in files now
    log.trim();
    assertThat(counters.snapshot().get("messages.disk_bytes")).isLessThan(2_500_000);
    var left = log.published(_ -> true, 0, time.millis(), 1000).messages();
    assertThat(left).hasSizeBetween(5, 25);
    assertThat(left.getFirst().payload()[0]).isEqualTo((byte) 79);
  }

  @Test
  void whatThereIsNoRoomForIsCountedNotKept() {
    reopen("--messages.publishBytesPerSecond=1024", "--messages.gather=1ms");
    var its = lane(log);
    for (int i = 0; i < 100; i++) {
      its.add(time.millis(), "a", new byte[100], 0, false, new byte[0]);
    }
    await()
        .untilAsserted(
            () -> {
              var all = counters.snapshot();
              assertThat(all.get("messages.logged") + all.get("messages.missed")).isEqualTo(100);
              assertThat(all.get("messages.missed")).isBetween(70L, 90L);
            });
  }

  @Test
  void onlyTheTopicsAskedForAreKept() {
    reopen("--messages.topics=sensors/#, plant/+/state");
    var its = lane(log);
    assertThat(its.wants("sensors/a")).isTrue();
    assertThat(its.wants("plant/1/state")).isTrue();
    assertThat(its.wants("plant/1/other")).isFalse();
    assertThat(its.wants("$SYS/broker/version")).isFalse();
    reopen("--messages.topics=");
    assertThat(log.keepsPublishes()).isFalse();
    assertThatThrownBy(() -> reopen("--messages.topics=a/#/b"))
        .hasMessageContaining("'#' stands alone and last");
    store.close();
    open();
  }

  private void publish(String topic, String payload) {
    publish(topic, payload.getBytes(UTF_8));
  }

  /// Returns when it is on disk.
  private void publish(String topic, byte[] payload) {
    long before = counters.count("messages.logged").sum();
    lane(log).add(time.millis(), topic, payload, 1, false, new byte[0]);
    await()
        .pollInterval(Duration.ofMillis(1))
        .until(() -> counters.count("messages.logged").sum() > before);
  }

  private List<String> published(String filter) {
    return log.published(TopicMatcher.of(filter), 0, time.millis() + 1, 100).messages().stream()
        .map(message -> new String(message.payload(), UTF_8))
        .toList();
  }

  private static PublishLane lane(MessageLog log) {
    return log.publishLane(1);
  }

  private void send(EntityId device, long value) {
    try (var commit = store.begin()) {
      add(device, value);
      lane.into(commit, time.millis());
      commit.write();
    }
  }

  private void add(EntityId device, long value) {
    long now = time.millis();
    lane.add(
        TENANT,
        new UUID(0, value),
        now,
        now,
        "POST_TELEMETRY_REQUEST",
        device,
        JsonObject.EMPTY,
        JsonObject.of("v", new JsonLong(value)));
  }

  private List<Long> values(EntityId device, long since, long until, int limit) {
    return log.messages(new MessageLog.Query(TENANT, device, since, until, limit)).stream()
        .map(MessageLogTest::value)
        .toList();
  }

  private static long value(LoggedMessage message) {
    return ((JsonLong) ((JsonObject) message.body()).get("v")).value();
  }

  private static EntityId id(EntityType type, long number) {
    return new EntityId(type, new UUID(type.code(), number));
  }
}
