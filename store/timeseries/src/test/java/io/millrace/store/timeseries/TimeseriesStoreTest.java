package io.millrace.store.timeseries;

import static io.millrace.store.timeseries.Aggregation.AVG;
import static io.millrace.store.timeseries.Aggregation.COUNT;
import static io.millrace.store.timeseries.Aggregation.MAX;
import static io.millrace.store.timeseries.Aggregation.MIN;
import static io.millrace.store.timeseries.Aggregation.SUM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.base.json.Json;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.model.Point;
import io.millrace.store.commit.CommitStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimeseriesStoreTest {
  private static final EntityId DEVICE = new EntityId(EntityType.DEVICE, new UUID(1, 2));
  private static final EntityId OTHER = new EntityId(EntityType.DEVICE, new UUID(1, 3));

  @TempDir Path directory;
  private CommitStore commits;
  private TimeseriesStore store;

  @BeforeEach
  void open() {
    commits = CommitStore.open(directory, 8 << 20);
    store = TimeseriesStore.open(commits);
  }

  @AfterEach
  void close() {
    commits.close();
  }

  @Test
  void everyKindOfValueComesBackAfterReopening() {
    var points =
        List.of(
            point("bool", 5, "true"),
            point("double", 5, "21.5"),
            point("json", 5, "{\"a\":[1]}"),
            point("long", 5, "9223372036854775807"),
            point("string", 5, "\"on\""));
    save(DEVICE, points);
    close();
    open();
    assertThat(store.latest(DEVICE)).isEqualTo(points);
    assertThat(store.keys(DEVICE)).containsExactly("bool", "double", "json", "long", "string");
    assertThat(store.read(DEVICE, RangeQuery.newest("string", 0, 10, 1)))
        .containsExactly(points.get(4));
  }

  @Test
  void olderPointNeverReplacesTheLatest() {
    assertThat(store.latest(DEVICE)).isEmpty();
    save(DEVICE, List.of(point("t", 10, "1")));
    save(DEVICE, List.of(point("t", 9, "2")));
    assertThat(store.latest(DEVICE, List.of("t", "absent"))).containsExactly(point("t", 10, "1"));
    assertThat(all("t")).containsExactly(point("t", 9, "2"), point("t", 10, "1"));
  }

  @Test
  void lastWriteOfOneTsWins() {
    save(DEVICE, List.of(point("t", 10, "1"), point("t", 10, "2")));
    save(DEVICE, List.of(point("t", 10, "\"three\"")));
    assertThat(all("t")).containsExactly(point("t", 10, "\"three\""));
    assertThat(store.latest(DEVICE)).containsExactly(point("t", 10, "\"three\""));
  }

  @Test
  void timesBefore1970SortBeforeLaterOnes() {
    save(DEVICE, List.of(point("t", 3, "3"), point("t", -3, "-3"), point("t", 0, "0")));
    assertThat(store.read(DEVICE, RangeQuery.oldest("t", -10, 3, 10)))
        .containsExactly(point("t", -3, "-3"), point("t", 0, "0"));
  }

  @Test
  void limitTakesFromTheEndThatTheOrderBeginsWith() {
    save(DEVICE, List.of(point("t", 1, "1"), point("t", 2, "2"), point("t", 3, "3")));
    assertThat(store.read(DEVICE, RangeQuery.newest("t", 0, 3, 1)))
        .containsExactly(point("t", 2, "2")); // the end is exclusive
    assertThat(store.read(DEVICE, RangeQuery.oldest("t", 0, 9, 2)))
        .containsExactly(point("t", 1, "1"), point("t", 2, "2"));
  }

  @Test
  void refusedAndAbandonedCommitsShowNothing() {
    store.latest(DEVICE);
    try (var commit = commits.begin()) {
      store.save(commit, DEVICE, List.of(point("t", 1, "1")));
      assertThat(store.latest(DEVICE)).isEmpty();
    }
    assertThat(store.latest(DEVICE)).isEmpty();
    save(DEVICE, List.of(point("t", 2, "2")));
    close();
    open();
    assertThat(store.latest(DEVICE)).containsExactly(point("t", 2, "2"));
  }

  @Test
  void rolledBackMessageLeavesNoTrace() {
    var heard = new ArrayList<Point>();
    store.onChange((_, points) -> heard.addAll(points));
    store.latest(DEVICE);
    try (var commit = commits.begin()) {
      store.save(commit, DEVICE, List.of(point("kept", 1, "1")));
      commit.mark();
      store.save(commit, DEVICE, List.of(point("kept", 2, "2"), point("lost", 2, "2")));
      commit.rollBack();
      store.save(commit, DEVICE, List.of(point("lost", 3, "3")));
      commit.write();
    }
    close();
    open();
    assertThat(store.latest(DEVICE)).isEqualTo(heard);
    assertThat(heard).containsExactly(point("kept", 1, "1"), point("lost", 3, "3"));
  }

  @Test
  void deletingTheNewestMakesTheNextOneTheLatest() {
    save(DEVICE, List.of(point("t", 1, "1"), point("t", 2, "2"), point("u", 1, "1")));
    save(OTHER, List.of(point("t", 2, "2")));
    assertThat(store.latest(DEVICE)).hasSize(2);
    try (var commit = commits.begin()) {
      store.delete(commit, DEVICE, "t", 2, 3);
      commit.write();
    }
    assertThat(store.latest(DEVICE)).containsExactly(point("t", 1, "1"), point("u", 1, "1"));
    try (var commit = commits.begin()) {
      store.deleteAll(commit, DEVICE);
      commit.write();
    }
    assertThat(store.latest(DEVICE)).isEmpty();
    assertThat(store.latest(OTHER)).containsExactly(point("t", 2, "2"));
  }

  @Test
  void latestValuesThatWereEvictedAreReadAgain() {
    var tiny = TimeseriesStore.open(commits, new TimeseriesStore.Limits(2, 20, true));
    for (int i = 0; i < 50; i++) {
      var device = new EntityId(EntityType.DEVICE, new UUID(9, i));
      var point = point("t", i, "" + i);
      assertThat(tiny.latest(device)).isEmpty();
      try (var commit = commits.begin()) {
        tiny.save(commit, device, List.of(point));
        commit.write();
      }
      assertThat(tiny.latest(device)).containsExactly(point);
    }
  }

  @Test
  void intervalsAreNamedByTheirMiddleAndEmptyOnesAreAbsent() {
    save(
        DEVICE,
        List.of(
            point("t", 0, "1"), point("t", 9, "3"), point("t", 20, "5"), point("t", 24, "2.5")));
    assertThat(folded(AVG, 0, 25, 10))
        .containsExactly(point("t", 5, "2.0"), point("t", 22, "3.75"));
    assertThat(folded(SUM, 0, 25, 10)).containsExactly(point("t", 5, "4"), point("t", 22, "7.5"));
    assertThat(folded(MIN, 0, 25, 10)).containsExactly(point("t", 5, "1"), point("t", 22, "2.5"));
    assertThat(folded(MAX, 0, 25, 10)).containsExactly(point("t", 5, "3"), point("t", 22, "5.0"));
    assertThat(folded(COUNT, 0, 25, 10)).containsExactly(point("t", 5, "2"), point("t", 22, "2"));
  }

  @Test
  void aggregatesOfOtherThanNumbersAreCountsAndExtremeStrings() {
    save(DEVICE, List.of(point("t", 0, "\"b\""), point("t", 1, "\"a\""), point("t", 2, "true")));
    assertThat(folded(MIN, 0, 10, 10)).containsExactly(point("t", 5, "\"a\""));
    assertThat(folded(MAX, 0, 10, 10)).containsExactly(point("t", 5, "\"b\""));
    assertThat(folded(COUNT, 0, 10, 10)).containsExactly(point("t", 5, "3"));
    assertThat(folded(AVG, 0, 10, 10)).isEmpty();
    assertThat(folded(SUM, 0, 10, 10)).isEmpty();
  }

  @Test
  void sumThatLeaves64BitsBecomesADouble() {
    save(
        DEVICE,
        List.of(point("t", 0, "9223372036854775807"), point("t", 1, "9223372036854775807")));
    assertThat(folded(SUM, 0, 10, 10)).containsExactly(point("t", 5, "1.8446744073709552E19"));
  }

  @Test
  void tooManyIntervalsAreRefusedWithTheCure() {
    assertThatThrownBy(() -> RangeQuery.aggregated("t", 0, 1_000_000_000, AVG, 1))
        .hasMessage(
            "interval=1 ms cuts 0 to 1000000000 into 1000000000 intervals, more than 50000; ask for a longer interval or a shorter range");
    assertThatThrownBy(() -> RangeQuery.aggregated("t", Long.MIN_VALUE, Long.MAX_VALUE, AVG, 1000))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keysThatCannotBeStoredAreRefused() {
    for (var key : List.of("", "k".repeat(256), "\ud800")) {
      assertThatThrownBy(() -> save(DEVICE, List.of(point(key, 1, "1"))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("A telemetry key");
    }
    var longest = "ü".repeat(255);
    save(DEVICE, List.of(point(longest, 1, "1")));
    assertThat(store.keys(DEVICE)).containsExactly(longest);
  }

  private void save(EntityId entity, List<Point> points) {
    try (var commit = commits.begin()) {
      store.save(commit, entity, points);
      commit.write();
    }
  }

  private List<Point> all(String key) {
    return store.read(
        DEVICE, RangeQuery.oldest(key, Long.MIN_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE));
  }

  private List<Point> folded(Aggregation aggregation, long from, long until, long interval) {
    return store.read(DEVICE, RangeQuery.aggregated("t", from, until, aggregation, interval));
  }

  private static Point point(String key, long ts, String value) {
    return new Point(key, ts, Json.parse(value));
  }
}
