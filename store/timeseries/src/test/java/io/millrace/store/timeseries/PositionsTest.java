package io.millrace.store.timeseries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.model.Point;
import io.millrace.store.commit.CommitStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PositionsTest {
  private static final EntityId TRUCK = new EntityId(EntityType.DEVICE, new UUID(1, 2));
  private static final long H = 3_600_000;
  private static final double KM_PER_DEGREE = 111.195; // of latitude
  private static final PositionRules RULES = new PositionRules("", 200, 5);

  @TempDir Path directory;
  private CommitStore commits;
  private TimeseriesStore store;
  private Positions positions;

  @BeforeEach
  void open() {
    commits = CommitStore.open(directory, 16 << 20);
    store = TimeseriesStore.open(commits);
    positions = new Positions(store);
  }

  @AfterEach
  void close() {
    commits.close();
  }

  @Test
  void theWayCountsWhereItArrivesAndALatePositionRepairsItsBuckets() {
    at(0, 48.0, 16);
    at(H / 2, 48.1, 16);
    at(H + H / 2, 48.3, 16);
    assertThat(km(0, 2 * H)).containsExactly(round(0.1), round(0.2));
    at(H - 1, 48.1, 16.1); // a detour of the first hour
    store.seal();
    var repaired = positions.travel(span(0, 2 * H), RULES);
    assertThat(repaired.getFirst().km()).isGreaterThan(0.1 * KM_PER_DEGREE + 7);
    assertThat(repaired.getFirst().last()).isEqualTo(new Fix(H - 1, 48.1, 16.1));
    double all = positions.travel(span(0, 3 * H, Interval.ofMillis(3 * H)), RULES).getFirst().km();
    assertThat(repaired.stream().mapToDouble(Travel::km).sum()).isCloseTo(all, within(1e-9));
  }

  @Test
  void aJumpOfTheReceiverIsNotBelievedAndNoiseIsNoWay() {
    at(0, 48.0, 16);
    at(60_000, 0.0, 0); // a receiver without satellites
    at(120_000, 48.01, 16);
    for (int i = 0; i < 50; i++) {
      at(180_000 + i * 1_000, 48.01 + (i % 2) * 0.00002, 16); // two metres here and there
    }
    var hour = positions.travel(span(0, H), RULES).getFirst();
    assertThat(hour.jumps()).isEqualTo(1);
    assertThat(hour.km()).isCloseTo(0.01 * KM_PER_DEGREE, within(0.01));
    assertThat(hour.kmPerHourMax()).isBetween(33.0, 34.0);
  }

  @Test
  void theWayIntoASpanBeginsBeforeIt() {
    at(-1_000, 48.0, 16);
    at(-500, 10, 10); // a jump right before it
    at(60_000, 48.01, 16);
    assertThat(km(0, H)).containsExactly(round(0.01));
  }

  @Test
  void positionsComeInAllShapesAndWhatIsNoneIsLeftOut() {
    save(0, Json.parse("{\"lat\":48,\"lng\":16}"));
    save(1, Json.parse("{\"type\":\"Point\",\"coordinates\":[16.5,48.5]}"));
    save(2, new JsonString("49, 17"));
    save(3, new JsonString("nowhere"));
    save(4, Json.parse("{\"latitude\":91,\"longitude\":0}"));
    save(5, new JsonDouble(48));
    assertThat(positions.track(span(0, 10), RULES, 100))
        .containsExactly(new Fix(0, 48, 16), new Fix(1, 48.5, 16.5), new Fix(2, 49, 17));
  }

  @Test
  void latitudeAndLongitudeMayBeTwoKeys() {
    for (int i = 0; i < 4; i++) {
      save("lat", i, new JsonDouble(48 + i));
    }
    save("lon", 1, new JsonDouble(16));
    save("lon", 3, new JsonDouble(17));
    var two = new PositionRules("lon", 200, 5);
    var span = new ValueHistory.Span(TRUCK, "lat", 0, 10, Interval.ofMillis(10));
    assertThat(positions.track(span, two, 100))
        .containsExactly(new Fix(1, 49, 16), new Fix(3, 51, 17));
  }

  @Test
  void aThinnedWayKeepsItsCorners() {
    var corners = List.of(new Fix(0, 48, 16), new Fix(300, 48.3, 16), new Fix(600, 48.3, 16.3));
    var random = new Random(1);
    for (int i = 0; i <= 600; i++) {
      double noise = random.nextDouble(-1e-5, 1e-5);
      at(
          i,
          i < 300 ? 48 + i / 1_000.0 : 48.3 + noise,
          i < 300 ? 16 + noise : 16 + i / 1_000.0 - 0.3);
    }
    var thinned = positions.track(span(0, 601), RULES, 3);
    assertThat(thinned).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertThat(thinned.get(i).kmTo(corners.get(i))).isLessThan(0.2);
    }
    assertThat(positions.track(span(0, 601), RULES, 50))
        .hasSize(50)
        .isSortedAccordingTo((a, b) -> Long.compare(a.ts(), b.ts()));
    assertThatThrownBy(() -> positions.track(span(0, 601), RULES, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private List<Double> km(long from, long until) {
    return positions.travel(span(from, until), RULES).stream()
        .map(one -> Math.rint(one.km() * 100) / 100)
        .toList();
  }

  private static double round(double degrees) {
    return Math.rint(degrees * KM_PER_DEGREE * 100) / 100;
  }

  private static ValueHistory.Span span(long from, long until) {
    return span(from, until, Interval.ofMillis(H));
  }

  private static ValueHistory.Span span(long from, long until, Interval interval) {
    return new ValueHistory.Span(TRUCK, "location", from, until, interval);
  }

  private void at(long ts, double latitude, double longitude) {
    save(ts, Json.parse("{\"latitude\":%s,\"longitude\":%s}".formatted(latitude, longitude)));
  }

  private void save(long ts, JsonValue value) {
    save("location", ts, value);
  }

  private void save(String key, long ts, JsonValue value) {
    try (var commit = commits.begin()) {
      store.save(commit, TRUCK, new ArrayList<>(List.of(new Point(key, ts, value))));
      commit.write();
    }
  }
}
