package io.millrace.store.timeseries;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.model.Point;
import io.millrace.store.commit.Commit;
import io.millrace.store.commit.CommitStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleAndLatestTest {
  private static final EntityId DEVICE = new EntityId(EntityType.DEVICE, new UUID(1, 2));
  private static final long START = 1_767_225_600_000L;

  @TempDir Path directory;
  private CommitStore commits;
  private TimeseriesStore store;

  @BeforeEach
  void open() {
    commits = CommitStore.open(directory, 16 << 20);
    store = TimeseriesStore.open(commits);
  }

  @AfterEach
  void close() {
    commits.close();
  }

  @Test
  void aSpikeOfOneSecondStaysVisibleInAChartOfADay() {
    var points = new ArrayList<Point>();
    for (int i = 0; i < 86_400; i++) {
      points.add(new Point("t", START + i * 1_000L, new JsonDouble(i == 54_321 ? 99.5 : 20.5)));
    }
    save(points.toArray(Point[]::new));
    assertThat(store.seal()).isTrue();
    var sample = store.sample(DEVICE, "t", START, START + 86_400_000, 200);
    assertThat(sample)
        .hasSizeLessThanOrEqualTo(400)
        .isSortedAccordingTo((a, b) -> Long.compare(a.ts(), b.ts()));
    assertThat(sample).contains(new Point("t", START + 54_321_000L, new JsonDouble(99.5)));
  }

  @Test
  void aMessageSeesWhatEarlierMessagesOfItsCommitDid() {
    save(point(1, 10), point(2, 20));
    try (var commit = commits.begin()) {
      assertThat(seen(commit)).containsExactly(point(2, 20));
      store.save(commit, DEVICE, List.of(point(3, 30)));
      assertThat(seen(commit)).containsExactly(point(3, 30));
      assertThat(store.latest(DEVICE)).containsExactly(point(2, 20));
      commit.mark();
      store.save(commit, DEVICE, List.of(point(4, 40)));
      assertThat(seen(commit)).containsExactly(point(4, 40));
      commit.rollBack();
      assertThat(seen(commit)).containsExactly(point(3, 30));
      store.delete(commit, DEVICE, "t", 3, 4);
      assertThat(seen(commit)).containsExactly(point(2, 20));
      store.delete(commit, DEVICE, "t", 2, 3);
      assertThat(seen(commit)).containsExactly(point(1, 10));
      store.deleteAll(commit, DEVICE);
      assertThat(seen(commit)).isEmpty();
      commit.write();
    }
    assertThat(store.latest(DEVICE)).isEmpty();
  }

  @Test
  void latestOfManyEntitiesLeavesOutThoseWithoutAny() {
    save(point(1, 10));
    var other = new EntityId(EntityType.DEVICE, new UUID(1, 3));
    assertThat(store.latest(List.of(other, DEVICE), List.of("t")))
        .containsExactly(java.util.Map.entry(DEVICE, List.of(point(1, 10))));
  }

  @Test
  void smallBlocksOfOneDayBecomeFewLargeOnes() {
    for (int i = 0; i < 200; i++) {
      save(point(START + i, i));
      assertThat(store.seal()).isTrue();
    }
    int[] blocks = {0};
    commits.scan(
        io.millrace.store.commit.Family.TELEMETRY,
        Rows.blocks(Rows.window(START), DEVICE),
        CommitStore.after(Rows.blocks(Rows.window(START), DEVICE)),
        (_, _) -> blocks[0]++ >= 0);
    assertThat(blocks[0]).isLessThan(10);
    assertThat(store.read(DEVICE, RangeQuery.oldest("t", START, START + 1_000, 1_000)))
        .hasSize(200);
  }

  private List<Point> seen(Commit commit) {
    return store.latest(commit, DEVICE, List.of("t"));
  }

  private void save(Point... points) {
    try (var commit = commits.begin()) {
      store.save(commit, DEVICE, List.of(points));
      commit.write();
    }
  }

  private static Point point(long ts, long value) {
    return new Point("t", ts, new JsonLong(value));
  }
}
