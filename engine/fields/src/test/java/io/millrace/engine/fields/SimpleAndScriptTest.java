package io.millrace.engine.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.base.model.EntityId;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fields of ThingsBoard's kinds `SIMPLE` and `SCRIPT`, and what all kinds have in common.
class SimpleAndScriptTest {
  static final String TELEMETRY = "{\"refEntityKey\":{\"key\":\"%s\",\"type\":\"TS_LATEST\"}}";
  static final String ATTRIBUTE =
      "{\"refEntityKey\":{\"key\":\"%s\",\"type\":\"ATTRIBUTE\",\"scope\":\"SERVER_SCOPE\"}}";
  static final String SERIES = "{\"type\":\"TIME_SERIES\",\"name\":\"%s\"}";
  private static final String FAHRENHEIT =
      "{\"arguments\":{\"t\":"
          + TELEMETRY.formatted("temperature")
          + "},\"expression\":\"(t * 1.8) +"
          + " 32\",\"output\":{\"type\":\"TIME_SERIES\",\"name\":\"fahrenheit\",\"decimalsByDefault\":%s},\"useLatestTs\":%s}";

  @TempDir private Path directory;
  private FieldBed bed;
  private EntityId device;

  @BeforeEach
  void open() {
    bed = new FieldBed(directory);
    device = bed.device.id();
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void anExpressionIsComputedWhenItsValueComes() {
    bed.field(device, "SIMPLE", "F", FAHRENHEIT.formatted("1", "true"));
    bed.telemetry(device, 1_000, "{\"temperature\":20.17,\"else\":1}");
    bed.telemetry(device, 2_000, "{\"else\":2}");
    bed.telemetry(device, 3_000, "{\"temperature\":\"21\"}");
    assertThat(bed.points(device, "fahrenheit")).isEqualTo("1000=68.3 3000=69.8");
  }

  @Test
  void decimalsAreThoseOfTheOutput() {
    bed.field(device, "SIMPLE", "F", FAHRENHEIT.formatted("0", "true"));
    bed.telemetry(device, 1_000, "{\"temperature\":20.2}");
    assertThat(bed.points(device, "fahrenheit")).isEqualTo("1000=68");
  }

  @Test
  void withoutUseLatestTsItsTimeIsNow() {
    bed.field(device, "SIMPLE", "F", FAHRENHEIT.formatted("null", "false"));
    bed.telemetry(device, 1_000, "{\"temperature\":0}");
    assertThat(bed.points(device, "fahrenheit")).isEqualTo(bed.time.millis() + "=32.0");
  }

  @Test
  void aFieldOfAProfileAppliesToEachOfItsDevices() {
    bed.field(bed.device.deviceProfileId(), "SIMPLE", "F", FAHRENHEIT.formatted("0", "true"));
    bed.telemetry(device, 1_000, "{\"temperature\":0}");
    bed.telemetry(bed.other.id(), 2_000, "{\"temperature\":100}");
    assertThat(bed.points(device, "fahrenheit")).isEqualTo("1000=32");
    assertThat(bed.points(bed.other.id(), "fahrenheit")).isEqualTo("2000=212");
  }

  @Test
  void valuesThatAreThereAlreadyAreComputedWhenTheFieldIsMade() {
    bed.telemetry(device, 1_000, "{\"temperature\":10}");
    bed.field(device, "SIMPLE", "F", FAHRENHEIT.formatted("0", "true"));
    assertThat(bed.points(device, "fahrenheit")).isEqualTo("1000=50");
  }

  @Test
  void anOlderPointChangesNothing() {
    bed.field(device, "SIMPLE", "F", FAHRENHEIT.formatted("0", "false"));
    bed.telemetry(device, 5_000, "{\"temperature\":10}");
    var before = bed.points(device, "fahrenheit");
    bed.advance(java.time.Duration.ofSeconds(1));
    bed.telemetry(device, 4_000, "{\"temperature\":99}");
    assertThat(bed.points(device, "fahrenheit")).isEqualTo(before);
  }

  @Test
  void messagesOfOneBatchSeeEachOther() {
    bed.field(
        device,
        "SIMPLE",
        "Sum",
        "{\"arguments\":{\"a\":%s,\"b\":%s},\"expression\":\"a+b\",\"output\":%s,\"useLatestTs\":true}"
            .formatted(
                TELEMETRY.formatted("a"), TELEMETRY.formatted("b"), SERIES.formatted("sum")));
    bed.runTogether(
        List.of(
            bed.message("POST_TELEMETRY_REQUEST", device, 1_000, "{\"a\":1}"),
            bed.message("POST_TELEMETRY_REQUEST", device, 2_000, "{\"b\":10}"),
            bed.message("POST_TELEMETRY_REQUEST", device, 3_000, "{\"a\":2}")));
    assertThat(bed.points(device, "sum")).isEqualTo("2000=11.0 3000=12.0");
  }

  @Test
  void aMissingArgumentIsSaidAndADefaultStandsIn() {
    var field =
        bed.field(
            device,
            "SIMPLE",
            "Over",
            "{\"arguments\":{\"t\":%s,\"limit\":%s,\"offset\":{\"refEntityKey\":{\"key\":\"o\",\"type\":\"TS_LATEST\"},\"defaultValue\":\"5\"}},\"expression\":\"t - limit + offset\",\"output\":%s,\"useLatestTs\":true}"
                .formatted(
                    TELEMETRY.formatted("t"),
                    ATTRIBUTE.formatted("limit"),
                    SERIES.formatted("over")));
    bed.telemetry(device, 1_000, "{\"t\":30}");
    assertThat(bed.fields.events(field).getLast().error())
        .isEqualTo("Required arguments are missing: limit");
    bed.attributes(device, "{\"limit\":20}");
    assertThat(bed.values(device, "over")).isEqualTo("15.0");
    assertThat(bed.fields.events(field).getLast().arguments().toString())
        .contains("\"t\":{\"type\":\"SINGLE_VALUE\",\"ts\":1000,\"value\":30}");
  }

  @Test
  void resultsMayBecomeAttributes() {
    bed.field(
        device,
        "SIMPLE",
        "Twice",
        "{\"arguments\":{\"t\":%s},\"expression\":\"t*2\",\"output\":{\"type\":\"ATTRIBUTES\",\"scope\":\"SERVER_SCOPE\",\"name\":\"twice\",\"decimalsByDefault\":0}}"
            .formatted(TELEMETRY.formatted("t")));
    bed.telemetry(device, 1_000, "{\"t\":4}");
    assertThat(bed.attribute(device, "twice")).isEqualTo("8");
  }

  @Test
  void immediateOutputNeedsNoChain() {
    bed.chain(
        "{\"firstNodeIndex\":0,\"nodes\":[%s],\"connections\":[]}"
            .formatted(FieldBed.node("telemetry.TbCalculatedFieldsNode", "Fields")));
    bed.field(
        device,
        "SIMPLE",
        "Twice",
        "{\"arguments\":{\"t\":%s,\"u\":%s},\"expression\":\"t*2+u\",\"output\":{\"type\":\"TIME_SERIES\",\"name\":\"twice\",\"decimalsByDefault\":0,\"strategy\":{\"type\":\"IMMEDIATE\",\"saveTimeSeries\":true,\"saveLatest\":true,\"sendWsUpdate\":true,\"processCfs\":true}},\"useLatestTs\":true}"
            .formatted(TELEMETRY.formatted("t"), TELEMETRY.formatted("u")));
    bed.telemetry(device, 1_000, "{\"t\":4}");
    bed.telemetry(device, 2_000, "{\"u\":1}");
    assertThat(bed.points(device, "t")).as("not saved by the node").isEmpty();
    assertThat(bed.points(device, "twice")).as("remembered all the same").isEqualTo("2000=9");
  }

  @Test
  void fieldsBuildOnFieldsAndNeverOnThemselves() {
    bed.field(device, "SIMPLE", "A", sum("a", "b", "1"));
    bed.field(device, "SIMPLE", "B", sum("b", "a", "1"));
    bed.telemetry(device, 1_000, "{\"a\":1}");
    assertThat(bed.points(device, "b")).isEqualTo("1000=2.0");
    assertThat(bed.points(device, "a")).as("A follows B, and ends there").isEqualTo("1000=3.0");
  }

  private static String sum(String output, String of, String more) {
    return "{\"arguments\":{\"x\":%s},\"expression\":\"x+%s\",\"output\":%s,\"useLatestTs\":true}"
        .formatted(TELEMETRY.formatted(of), more, SERIES.formatted(output));
  }

  @Test
  void argumentsOfOthersComputeItInItsOwnPartition() {
    var given =
        "{\"refEntityId\":{\"entityType\":\"DEVICE\",\"id\":\"%s\"},\"refEntityKey\":{\"key\":\"price\",\"type\":\"TS_LATEST\"}}"
            .formatted(bed.other.id().id());
    var holder =
        "{\"refDynamicSourceConfiguration\":{\"type\":\"CURRENT_OWNER\"},\"refEntityKey\":{\"key\":\"factor\",\"type\":\"ATTRIBUTE\",\"scope\":\"SERVER_SCOPE\"},\"defaultValue\":\"1\"}";
    bed.field(
        device,
        "SIMPLE",
        "Cost",
        "{\"arguments\":{\"kwh\":%s,\"price\":%s,\"factor\":%s},\"expression\":\"kwh*price*factor\",\"output\":%s,\"useLatestTs\":true}"
            .formatted(TELEMETRY.formatted("kwh"), given, holder, SERIES.formatted("cost")));
    bed.telemetry(device, 1_000, "{\"kwh\":10}");
    bed.telemetry(bed.other.id(), 2_000, "{\"price\":0.5}");
    assertThat(bed.points(device, "cost")).isEqualTo("2000=5.0");
    bed.telemetry(device, 3_000, "{\"kwh\":20}");
    bed.attributes(bed.tenant, "{\"factor\":2}");
    assertThat(bed.values(device, "cost")).isEqualTo("5.0 10.0 20.0");
  }

  @Test
  void aScriptTakesRollingValuesAndGivesSeveral() {
    bed.field(
        device,
        "SCRIPT",
        "Mean",
        "{\"arguments\":{\"t\":{\"refEntityKey\":{\"key\":\"t\",\"type\":\"TS_ROLLING\"},\"limit\":3,\"timeWindow\":60000},\"name\":%s},\"expression\":\"var s = 0; foreach (x : t) { s += x.value; } return {mean: t.mean(), max: t.max(), sum: s, count: t.values.size(), label: name + '!', at: ctx.latestTs};\",\"output\":{\"type\":\"TIME_SERIES\"}}"
            .formatted(ATTRIBUTE.formatted("name")));
    bed.attributes(device, "{\"name\":\"boiler\"}");
    long now = bed.time.millis();
    for (int i = 1; i <= 4; i++) {
      bed.telemetry(device, now - 5_000 + i * 1_000L, "{\"t\":%d}".formatted(i));
    }
    assertThat(bed.values(device, "mean")).endsWith("3.0");
    assertThat(bed.values(device, "max")).endsWith("4.0");
    assertThat(bed.values(device, "sum")).endsWith("9.0");
    assertThat(bed.values(device, "count")).endsWith("3");
    assertThat(bed.values(device, "label")).endsWith("\"boiler!\"");
    assertThat(bed.values(device, "at")).endsWith(String.valueOf(now));
  }

  @Test
  void aScriptMaySayTheTimeOfEachRow() {
    bed.field(
        device,
        "SCRIPT",
        "Rows",
        "{\"arguments\":{\"t\":%s},\"expression\":\"return [{ts: 10, values: {y: t}}, {ts: 20, values: {y: t + 1}}];\",\"output\":{\"type\":\"TIME_SERIES\"}}"
            .formatted(TELEMETRY.formatted("t")));
    bed.telemetry(device, 1_000, "{\"t\":5}");
    assertThat(bed.points(device, "y")).isEqualTo("10=5 20=6");
  }

  @Test
  void aScriptThatFailsIsShownAndHarmsNobody() {
    var field =
        bed.field(
            device,
            "SCRIPT",
            "Bad",
            "{\"arguments\":{\"t\":%s},\"expression\":\"return t.foo.bar;\",\"output\":{\"type\":\"TIME_SERIES\"}}"
                .formatted(TELEMETRY.formatted("t")));
    bed.telemetry(device, 1_000, "{\"t\":{\"x\":1}}");
    assertThat(bed.points(device, "t")).isEqualTo("1000={\"x\":1}");
    assertThat(bed.fields.events(field).getLast().error()).contains("bar").contains("line 1");
  }

  @Test
  void afterARestartNothingIsLost() {
    bed.field(device, "SIMPLE", "F", sum("f", "t", "0"));
    bed.telemetry(device, 1_000, "{\"t\":1}");
    bed.close();
    bed = new FieldBed(directory, 8);
    bed.telemetry(device, 2_000, "{\"t\":2}");
    assertThat(bed.points(device, "f")).isEqualTo("1000=1.0 2000=2.0");
  }

  @Test
  void aFieldGoesWithItsDevice() {
    bed.field(device, "SIMPLE", "F", sum("f", "t", "0"));
    bed.entities.devices().delete(device);
    assertThat(bed.entities.calculatedFields().ofTenant(bed.tenant)).isEmpty();
    assertThat(bed.fields.of(bed.tenant).isEmpty()).isTrue();
  }

  @Test
  void whatCannotBeComputedIsRefusedWithTheCure() {
    refused("SIMPLE", "{}", "Arguments map cannot be empty");
    refused("SIMPLE", sum("f", "t", "").replace("x+", "x+y"), "\"y\" is neither an argument");
    refused("SIMPLE", sum("", "t", "1"), "output.name must be specified");
    refused("SIMPLE", sum("f", "t", "1").replace("\"x\":", "\"ctx\":"), "'ctx' is reserved");
    refused("SIMPLE", sum("f", "t", "1").replace("TS_LATEST", "TS_ROLLING"), "limit above 0");
    refused("SIMPLE", sum("f", "t", "1").replace("TIME_SERIES", "X"), "not TIME_SERIES or");
    refused(
        "SCRIPT",
        "{\"arguments\":{\"t\":%s},\"expression\":\"return {\",\"output\":{\"type\":\"TIME_SERIES\"}}"
            .formatted(TELEMETRY.formatted("t")),
        "does not compile");
    refused("NONSENSE", "{}", "no type of calculated field");
  }

  private void refused(String type, String configuration, String why) {
    assertThatThrownBy(() -> bed.field(device, type, "X", configuration))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
