package io.millrace.engine.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.model.Point;
import io.millrace.base.runtime.Counters;
import io.millrace.engine.alarms.Alarms;
import io.millrace.store.attributes.AttributeStore;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.timeseries.TimeseriesStore;
import io.millrace.testkit.SimulatedTime;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveUpdatesTest {
  private static final EntityId DEVICE = new EntityId(EntityType.DEVICE, new UUID(0, 1));
  private static final EntityId OTHER = new EntityId(EntityType.DEVICE, new UUID(0, 2));
  @TempDir Path directory;
  private final Counters counters = new Counters();
  private final AtomicInteger news = new AtomicInteger();
  private CommitStore store;
  private TimeseriesStore timeseries;
  private AttributeStore attributes;
  private LiveUpdates live;

  @BeforeEach
  void open() {
    store = CommitStore.open(directory, 16 << 20);
    timeseries = TimeseriesStore.open(store);
    attributes = AttributeStore.open(store);
    var alarms = Alarms.open(store, new io.millrace.engine.alarms.Config(10, 10));
    live =
        new LiveUpdates(
            new Config(4, 2), timeseries, attributes, alarms, new SimulatedTime(), counters);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aWatcherIsToldOnceAndTakesAllThatHappened() {
    var watch = live.telemetry(DEVICE, Set.of("t"), news::incrementAndGet);
    save(DEVICE, point("t", 1), point("h", 1));
    save(DEVICE, point("t", 2));
    save(OTHER, point("t", 9));
    assertThat(news).hasValue(1);
    assertThat(watch.take()).containsExactly(point("t", 1), point("t", 2));
    assertThat(watch.take()).isEmpty();
    save(DEVICE, point("t", 3));
    assertThat(news).hasValue(2);
  }

  @Test
  void nothingIsToldBeforeTheCommit() {
    live.telemetry(DEVICE, Set.of(), news::incrementAndGet);
    try (var commit = store.begin()) {
      timeseries.save(commit, DEVICE, List.of(point("t", 1)));
      assertThat(news).hasValue(0);
      commit.write();
      assertThat(news).hasValue(1);
    }
  }

  @Test
  void aSlowWatcherGetsTheLatestOfEachKey() {
    var watch = live.telemetry(DEVICE, Set.of(), news::incrementAndGet);
    for (int i = 1; i <= 100; i++) {
      save(DEVICE, point("t", i), point("h", i));
    }
    assertThat(watch.take()).containsExactly(point("t", 100), point("h", 100));
    assertThat(counters.snapshot()).containsEntry("live.collapsed", 1L);
    save(DEVICE, point("t", 101));
    assertThat(watch.take()).containsExactly(point("t", 101));
  }

  @Test
  void aSlowWatcherOfEndlesslyManyKeysStaysBounded() {
    var watch = live.telemetry(DEVICE, Set.of(), news::incrementAndGet);
    for (int i = 0; i < 1_000; i++) {
      save(DEVICE, point("key" + i, 1));
    }
    assertThat(watch.take()).hasSize(2);
  }

  @Test
  void aClosedWatchIsForgotten() {
    var watch = live.telemetry(DEVICE, Set.of(), news::incrementAndGet);
    watch.close();
    watch.close();
    save(DEVICE, point("t", 1));
    assertThat(news).hasValue(0);
    assertThat(watch.take()).isEmpty();
    assertThat(counters.snapshot()).containsEntry("live.watches", 0L);
  }

  @Test
  void attributesAreWatchedByScopeAndDeletionsShow() {
    var watch =
        live.attributes(
            DEVICE, Set.of(AttributeScope.SHARED_SCOPE), Set.of(), news::incrementAndGet);
    try (var commit = store.begin()) {
      attributes.save(commit, DEVICE, AttributeScope.SHARED_SCOPE, List.of(attribute("a", 1)));
      attributes.save(commit, DEVICE, AttributeScope.SERVER_SCOPE, List.of(attribute("b", 1)));
      commit.write();
    }
    try (var commit = store.begin()) {
      attributes.delete(commit, DEVICE, AttributeScope.SHARED_SCOPE, List.of("a"));
      commit.write();
    }
    assertThat(watch.take())
        .containsExactly(
            attribute("a", 1), new Attribute("a", JsonNull.NULL, new SimulatedTime().millis()));
  }

  private void save(EntityId entity, Point... points) {
    try (var commit = store.begin()) {
      timeseries.save(commit, entity, List.of(points));
      commit.write();
    }
  }

  private static Point point(String key, long value) {
    return new Point(key, value, new JsonLong(value));
  }

  private static Attribute attribute(String key, long value) {
    return new Attribute(key, new JsonLong(value), 5);
  }
}
