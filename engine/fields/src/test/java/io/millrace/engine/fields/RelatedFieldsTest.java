package io.millrace.engine.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.base.model.EntityId;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fields that look beyond their entity: geofencing, propagation, and both aggregations.
class RelatedFieldsTest {
  private static final String SQUARE = "[[0,0],[0,10],[10,10],[10,0]]";

  @TempDir private Path directory;
  private FieldBed bed;
  private EntityId device;
  private EntityId other;
  private EntityId house;

  @BeforeEach
  void open() {
    bed = new FieldBed(directory);
    device = bed.device.id();
    other = bed.other.id();
    house = bed.asset.id();
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private static String fences(String report, String more) {
    return "{\"entityCoordinates\":{\"latitudeKeyName\":\"lat\",\"longitudeKeyName\":\"lon\"},\"zoneGroups\":{\"yard\":{%s\"perimeterKeyName\":\"zone\",\"reportStrategy\":\"%s\"}},\"output\":{\"type\":\"TIME_SERIES\"}}"
        .formatted(more, report);
  }

  @Test
  void enteringAndLeavingAZoneIsTold() {
    bed.attributes(house, "{\"zone\":%s}".formatted(SQUARE));
    bed.field(
        device,
        "GEOFENCING",
        "Fence",
        fences(
            "REPORT_TRANSITION_EVENTS_AND_PRESENCE_STATUS",
            "\"refEntityId\":{\"entityType\":\"ASSET\",\"id\":\"%s\"},\"createRelationsWithMatchedZones\":true,\"relationType\":\"InZone\",\"direction\":\"FROM\","
                .formatted(house.id())));
    bed.telemetry(device, 1_000, "{\"lat\":5,\"lon\":20}");
    bed.telemetry(device, 2_000, "{\"lat\":5,\"lon\":5}");
    bed.telemetry(device, 3_000, "{\"lat\":6,\"lon\":6}");
    bed.telemetry(device, 4_000, "{\"lat\":50,\"lon\":5}");

    assertThat(bed.points(device, "yardStatus"))
        .isEqualTo("1000=\"OUTSIDE\" 2000=\"INSIDE\" 3000=\"INSIDE\" 4000=\"OUTSIDE\"");
    assertThat(bed.points(device, "yardEvent")).isEqualTo("2000=\"ENTERED\" 4000=\"LEFT\"");
    assertThat(bed.calls.stream().map(call -> call.request().text("change", "")))
        .containsExactly("DELETE_RELATION", "SAVE_RELATION", "DELETE_RELATION");
    assertThat(bed.calls.get(1).request().text("otherId", "")).isEqualTo(house.id().toString());
  }

  @Test
  void whereItWasIsKnownAfterARestart() {
    bed.attributes(device, "{\"zone\":{\"latitude\":0,\"longitude\":0,\"radius\":1000}}");
    bed.field(device, "GEOFENCING", "Fence", fences("REPORT_TRANSITION_EVENTS_ONLY", ""));
    bed.telemetry(device, 1_000, "{\"lat\":0,\"lon\":0}");
    bed.close();
    bed = new FieldBed(directory, 9);
    bed.telemetry(device, 2_000, "{\"lat\":1,\"lon\":0}");
    assertThat(bed.points(device, "yardEvent")).isEqualTo("2000=\"LEFT\"");
  }

  @Test
  void zonesAreFoundByRelations() {
    bed.relate(house, "Contains", device);
    bed.attributes(house, "{\"zone\":%s}".formatted(SQUARE));
    bed.field(
        bed.device.deviceProfileId(),
        "GEOFENCING",
        "Fence",
        fences(
            "REPORT_PRESENCE_STATUS_ONLY",
            "\"refDynamicSourceConfiguration\":{\"type\":\"RELATION_PATH_QUERY\",\"levels\":[{\"direction\":\"TO\",\"relationType\":\"Contains\"}]},"));
    bed.telemetry(device, 1_000, "{\"lat\":5,\"lon\":5}");
    bed.telemetry(other, 1_000, "{\"lat\":5,\"lon\":5}");
    assertThat(bed.points(device, "yardStatus")).isEqualTo("1000=\"INSIDE\"");
    assertThat(bed.points(other, "yardStatus")).as("related to no zone").isEmpty();
  }

  @Test
  void valuesArePropagatedToWhatTheEntityIsRelatedTo() {
    bed.relate(device, "FeedsInto", house);
    var field =
        "{\"relation\":{\"direction\":\"FROM\",\"relationType\":\"FeedsInto\"},\"arguments\":{\"heat\":%s,\"state\":%s},\"applyExpressionToResolvedArguments\":%s,\"expression\":\"return"
            + " {doubled: heat * 2};\",\"output\":{\"type\":\"TIME_SERIES\"}}";
    bed.field(
        device,
        "PROPAGATION",
        "Bare",
        field.formatted(
            SimpleAndScriptTest.TELEMETRY.formatted("t"),
            SimpleAndScriptTest.ATTRIBUTE.formatted("state"),
            "false"));
    bed.telemetry(device, 1_000, "{\"t\":5}");
    assertThat(bed.points(house, "heat")).isEqualTo("1000=5");
    bed.attributes(device, "{\"state\":\"on\"}");
    assertThat(bed.values(house, "state")).isEqualTo("\"on\"");
    assertThat(bed.points(house, "heat")).as("it did not change").isEqualTo("1000=5");

    bed.field(
        device,
        "PROPAGATION",
        "Computed",
        field.formatted(
            SimpleAndScriptTest.TELEMETRY.formatted("t"),
            SimpleAndScriptTest.ATTRIBUTE.formatted("state"),
            "true"));
    bed.telemetry(device, 2_000, "{\"t\":6}");
    assertThat(bed.values(house, "doubled")).endsWith("12");
  }

  private static String metrics(String interval) {
    return "{\"relation\":{\"direction\":\"FROM\",\"relationType\":\"Contains\"},\"arguments\":{\"t\":%s,\"ok\":{\"refEntityKey\":{\"key\":\"ok\",\"type\":\"ATTRIBUTE\",\"scope\":\"SERVER_SCOPE\"},\"defaultValue\":\"true\"}},\"deduplicationIntervalInSec\":%s,\"metrics\":{\"hottest\":{\"function\":\"MAX\",\"input\":{\"type\":\"key\",\"key\":\"t\"}},\"mean\":{\"function\":\"AVG\",\"filter\":\"return ok;\",\"input\":{\"type\":\"key\",\"key\":\"t\"}},\"doubled\":{\"function\":\"SUM\",\"input\":{\"type\":\"function\",\"function\":\"return t * 2;\"}},\"devices\":{\"function\":\"COUNT\",\"input\":{\"type\":\"key\",\"key\":\"t\"}}},\"output\":{\"type\":\"TIME_SERIES\",\"decimalsByDefault\":1},\"useLatestTs\":true}"
        .formatted(SimpleAndScriptTest.TELEMETRY.formatted("t"), interval);
  }

  @Test
  void latestValuesOfRelatedEntitiesAreAggregated() {
    bed.relate(house, "Contains", device);
    bed.relate(house, "Contains", other);
    bed.field(house, "RELATED_ENTITIES_AGGREGATION", "Heat", metrics("0"));
    bed.telemetry(device, 1_000, "{\"t\":10}");
    bed.telemetry(other, 2_000, "{\"t\":21}");
    assertThat(bed.points(house, "hottest")).isEqualTo("1000=10.0 2000=21.0");
    assertThat(bed.points(house, "mean")).isEqualTo("1000=10.0 2000=15.5");
    assertThat(bed.points(house, "doubled")).isEqualTo("1000=20.0 2000=62.0");
    assertThat(bed.points(house, "devices")).isEqualTo("1000=1 2000=2");
    bed.attributes(other, "{\"ok\":false}");
    bed.telemetry(other, 3_000, "{\"t\":22}");
    assertThat(bed.values(house, "mean")).endsWith(" 10.0");
  }

  @Test
  void anAggregationIsToldOncePerInterval() {
    bed.relate(house, "Contains", device);
    bed.field(house, "RELATED_ENTITIES_AGGREGATION", "Heat", metrics("60"));
    bed.advance(Duration.ofSeconds(60));
    for (int i = 1; i <= 5; i++) {
      bed.telemetry(device, i * 1_000L, "{\"t\":%d}".formatted(i));
    }
    assertThat(bed.values(house, "hottest")).isEqualTo("1.0");
    assertThat(bed.timers()).isEqualTo(1);
    bed.advance(Duration.ofSeconds(61));
    assertThat(bed.values(house, "hottest")).isEqualTo("1.0 5.0");
    assertThat(bed.timers()).isZero();
  }

  private static String hourly(String more) {
    return "{\"arguments\":{\"kw\":%s},\"interval\":{\"type\":\"HOUR\",\"tz\":\"Europe/Kyiv\"},%s\"metrics\":{\"kwMean\":{\"function\":\"AVG\",\"input\":{\"type\":\"key\",\"key\":\"kw\"}},\"kwMost\":{\"function\":\"MAX\",\"input\":{\"type\":\"key\",\"key\":\"kw\"}}},\"output\":{\"type\":\"TIME_SERIES\",\"decimalsByDefault\":2}}"
        .formatted(SimpleAndScriptTest.TELEMETRY.formatted("kw"), more);
  }

  @Test
  void aWindowIsToldWhenItEnds() {
    long start = bed.time.millis(); // a full hour
    bed.field(device, "ENTITY_AGGREGATION", "Hourly", hourly(""));
    bed.telemetry(device, start + 1_000, "{\"kw\":1}");
    bed.advance(Duration.ofMinutes(30));
    bed.telemetry(device, start + 1_800_000, "{\"kw\":4}");
    assertThat(bed.points(device, "kwMean")).isEmpty();
    bed.advance(Duration.ofMinutes(31));
    assertThat(bed.points(device, "kwMean")).isEqualTo(start + "=2.5");
    assertThat(bed.points(device, "kwMost")).isEqualTo(start + "=4.0");
    bed.telemetry(device, start + 2_000_000, "{\"kw\":9}");
    assertThat(bed.points(device, "kwMost")).as("too late").isEqualTo(start + "=4.0");
  }

  @Test
  void lateValuesCountUntilTheWatermark() {
    long start = bed.time.millis();
    bed.field(device, "ENTITY_AGGREGATION", "Hourly", hourly("\"watermark\":{\"duration\":600},"));
    bed.telemetry(device, start + 1_000, "{\"kw\":1}");
    bed.advance(Duration.ofMinutes(61));
    assertThat(bed.points(device, "kwMost")).isEqualTo(start + "=1.0");
    bed.telemetry(device, start + 2_000, "{\"kw\":3}");
    bed.advance(Duration.ofMinutes(10));
    assertThat(bed.points(device, "kwMost")).isEqualTo(start + "=3.0");
  }

  @Test
  void daysFollowTheClockOfTheirZone() {
    var windows =
        Windows.read(
            FieldBed.json("{\"interval\":{\"type\":\"DAY\",\"tz\":\"Europe/Kyiv\"}}"),
            Duration.ZERO);
    long spring = java.time.Instant.parse("2026-03-29T10:00:00Z").toEpochMilli();
    assertThat(Duration.ofMillis(windows.end(spring) - windows.start(spring)))
        .isEqualTo(Duration.ofHours(23));
    var quarter =
        Windows.read(
            FieldBed.json("{\"interval\":{\"type\":\"QUARTER\",\"tz\":\"UTC\"}}"), Duration.ZERO);
    assertThat(java.time.Instant.ofEpochMilli(quarter.start(spring)))
        .isEqualTo("2026-01-01T00:00:00Z");
    assertThat(java.time.Instant.ofEpochMilli(quarter.end(spring)))
        .isEqualTo("2026-04-01T00:00:00Z");
  }

  @Test
  void whatCannotBeComputedIsRefused() {
    refused("GEOFENCING", "{\"entityCoordinates\":{}}", "latitudeKeyName must be specified");
    refused("GEOFENCING", fences("SOMETIMES", ""), "reportStrategy=\"SOMETIMES\"");
    refused("PROPAGATION", "{\"relation\":{\"direction\":\"FROM\"}}", "Relation type must be");
    refused(
        "RELATED_ENTITIES_AGGREGATION",
        metrics("0").replace("\"key\":\"t\"}},\"mean\"", "\"key\":\"x\"}},\"mean\""),
        "unknown argument: 'x'");
    refused("ENTITY_AGGREGATION", hourly("").replace("Europe/Kyiv", "Mars"), "Invalid timezone");
    refused("ENTITY_AGGREGATION", hourly("").replace("\"HOUR\"", "\"CUSTOM\""), "durationSec=0");
  }

  private void refused(String type, String configuration, String why) {
    assertThatThrownBy(() -> bed.field(device, type, "X", configuration))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
