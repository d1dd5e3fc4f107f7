package io.millrace.store.timeseries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.model.Point;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import io.millrace.testkit.SimulatedTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
  private static final long DAY = 86_400_000;
  private static final EntityId ONE = new EntityId(EntityType.DEVICE, new UUID(1, 1));
  private static final EntityId OTHER = new EntityId(EntityType.DEVICE, new UUID(1, 2));

  @TempDir Path directory;
  private final SimulatedTime time = new SimulatedTime();
  private long today;
  private CommitStore commits;
  private TimeseriesStore store;

  @BeforeEach
  void open() {
    commits = CommitStore.open(directory, 16 << 20);
    store = TimeseriesStore.open(commits);
    today = Math.floorDiv(time.millis(), DAY) * DAY;
  }

  @AfterEach
  void close() {
    commits.close();
  }

  @Test
  void eachKeyGoesAtItsOwnTimeAndItsLatestValueStays() {
    for (int day = 10; day >= 0; day--) {
      save(ONE, today - day * DAY, "short", "long");
      save(OTHER, today - day * DAY, "short");
    }
    assertThat(store.seal()).isTrue();
    var retention =
        store.retention(
            new Kept(3 * DAY) {
              @Override
              public long keepMs(EntityId entity, String key) {
                return entity.equals(ONE) && key.equals("short") ? 3 * DAY : FOR_EVER;
              }
            },
            0,
            time);
    retention.sweep();
    assertThat(days(ONE, "short")).isEqualTo(4); // today and the three days before
    assertThat(days(ONE, "long")).isEqualTo(11);
    assertThat(days(OTHER, "short")).isEqualTo(11);
    time.advance(Duration.ofDays(5));
    retention.sweep();
    assertThat(days(ONE, "short")).isZero();
    assertThat(store.latest(ONE, List.of("short"))).hasSize(1);
  }

  @Test
  void theOldestDaysGoUntilTheDirectoryIsWithinTheBudget() {
    for (int day = 9; day >= 0; day--) {
      noise(ONE, today - day * DAY);
    }
    assertThat(store.seal()).isTrue();
    commits.tidy();
    commits.compact(Family.TELEMETRY_LOG); // so that only telemetry is left to go
    var before = store.retention(RetentionPolicy.KEEP, 0, time).status();
    store.retention(RetentionPolicy.KEEP, Long.MAX_VALUE / 2, time).sweep();
    assertThat(days(ONE, "n")).isEqualTo(10);
    long budget = before.usedBytes() / 2;
    var retention = store.retention(RetentionPolicy.KEEP, budget, time);
    retention.sweep();
    await("the directory within its budget, whatever is being compacted just now")
        .until(() -> commits.sizeBytes() <= budget);
    assertThat(days(ONE, "n")).isBetween(1, 8);
    assertThat(points(ONE, "n", today, today + DAY)).as("the newest day").isPositive();
    var status = retention.status();
    assertThat(status.daysDropped()).isPositive();
    assertThat(status.oldestTs().orElseThrow()).isGreaterThan(today - 9 * DAY);
    assertThat(status.bytesPerDay()).isPositive();
    assertThat(status.daysLeft()).isPresent();
  }

  @Test
  void whatIsSparedGoesLast() {
    for (int day = 9; day >= 0; day--) {
      noise(ONE, today - day * DAY);
      noise(OTHER, today - day * DAY);
    }
    assertThat(store.seal()).isTrue();
    commits.tidy();
    commits.compact(Family.TELEMETRY_LOG); // so that only telemetry is left to go
    long used = commits.sizeBytes();
    var spares =
        new Kept(0) {
          @Override
          public boolean isSpared(EntityId entity, String key) {
            return entity.equals(ONE);
          }

          @Override
          public boolean sparesAny() {
            return true;
          }
        };
    store.retention(spares, used * 4 / 5, time).sweep();
    assertThat(days(ONE, "n")).isEqualTo(10);
    assertThat(days(OTHER, "n")).isLessThan(10);
  }

  private static class Kept implements RetentionPolicy {
    private final long ms;

    Kept(long ms) {
      this.ms = ms;
    }

    @Override
    public long keepMs(EntityId entity, String key) {
      return FOR_EVER;
    }

    @Override
    public SortedSet<Long> allMs() {
      return ms == 0 ? new TreeSet<>() : new TreeSet<>(List.of(ms));
    }
  }

  private void save(EntityId entity, long ts, String... keys) {
    var points = new ArrayList<Point>();
    for (var key : keys) {
      points.add(new Point(key, ts, new JsonLong(1)));
    }
    try (var commit = commits.begin()) {
      store.save(commit, entity, points);
      commit.write();
    }
  }

  /// A megabyte that does not compress.
  private void noise(EntityId entity, long fromTs) {
    var random = new Random(fromTs);
    var points = new ArrayList<Point>();
    for (int i = 0; i < 100_000; i++) {
      points.add(new Point("n", fromTs + i * 800L, new JsonDouble(random.nextDouble())));
    }
    try (var commit = commits.begin()) {
      store.save(commit, entity, points);
      commit.write();
    }
  }

  private int days(EntityId entity, String key) {
    int days = 0;
    for (long day = today - 20 * DAY; day <= today; day += DAY) {
      days += points(entity, key, day, day + DAY) > 0 ? 1 : 0;
    }
    return days;
  }

  private int points(EntityId entity, String key, long from, long until) {
    return store.read(entity, RangeQuery.oldest(key, from, until, 1)).size();
  }
}
