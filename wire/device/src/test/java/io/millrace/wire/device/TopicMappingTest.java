package io.millrace.wire.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// One mapping: its line, its pattern, what it makes of a payload.
class TopicMappingTest {
  private final Bodies bodies = new Bodies(new Config(65_536, true, List.of()));

  @Test
  void aLineSaysTheSameAsItsJson() {
    var mapping =
        TopicMapping.parse(
            "plant/{hall}/{device}/+ -> device \"P {device}\" profile \"big pump\" attributes value"
                + " data.values existing tenant Acme");
    assertThat(mapping.device()).isEqualTo("P {device}");
    assertThat(mapping.profile()).isEqualTo("big pump");
    assertThat(mapping.isAttributes()).isTrue();
    assertThat(mapping.creates()).isFalse();
    assertThat(mapping.tenant()).isEqualTo("Acme");
    assertThat(TopicMapping.of("", mapping.toJson())).isEqualTo(mapping);
  }

  @Test
  void patternsKeepNamedLevels() {
    var pattern = TopicPattern.of("plant/{hall}/+/{device}/#");
    assertThat(pattern.match("plant/A/x/pump/state/now"))
        .contains(Map.of("hall", "A", "device", "pump"));
    assertThat(pattern.match("plant/A/x/pump")).isPresent();
    assertThat(pattern.match("plant/A/x")).isEmpty();
    assertThat(pattern.match("plant//x/pump")).isEmpty();
    assertThat(TopicPattern.of("a/b").match("a/b/c")).isEmpty();
    assertThat(TopicPattern.of("#").match("any/thing")).isPresent();
  }

  @Test
  void whatIsWrongIsSaid() {
    var wrong =
        Map.ofEntries(
            Map.entry("sensors/temperature", "write TOPIC -> device NAME"),
            Map.entry("a/{x}/{x} -> device d", "{x} comes twice"),
            Map.entry("a/#/b -> device d", "'#' stands alone and last"),
            Map.entry("a/b+ -> device d", "'+' stands for a whole level"),
            Map.entry("a/x{y} -> device d", "{name} is a whole level"),
            Map.entry("a/{1x} -> device d", "is no name"),
            Map.entry("$SYS/# -> device d", "$ topics"),
            Map.entry("a -> json", "names no device"),
            Map.entry("a -> device", "nothing follows device"),
            Map.entry("a/{x} -> device {y}", "asks for {y}"),
            Map.entry("a -> device d key {k}", "asks for {k}"),
            Map.entry("a -> device d frobnicate", "'frobnicate' is not one of"),
            Map.entry("a -> device d value a..b", "is no path in JSON"),
            Map.entry("a -> device d time [x]", "is no path in JSON"));
    wrong.forEach(
        (line, why) ->
            assertThatThrownBy(() -> TopicMapping.parse(line))
                .as(line)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why));
  }

  @Test
  void anObjectIsItsMembers() {
    var rows = read("s -> device d json", "", "{\"temperature\":21,\"x\":null}").rows();
    assertThat(rows)
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.isStamped()).isFalse();
              assertThat(row.values()).isEqualTo(JsonObject.of("temperature", new JsonLong(21)));
            });
  }

  @Test
  void oneValueMayBeBare() {
    assertThat(value("21.5")).isEqualTo(new JsonDouble(21.5));
    assertThat(value("open")).isEqualTo(new JsonString("open"));
    assertThat(value("\"open\"")).isEqualTo(new JsonString("open"));
    assertThat(read("s -> device d key k value v[1].x", "k", "{\"v\":[0,{\"x\":7}]}").rows())
        .singleElement()
        .satisfies(row -> assertThat(row.values().get("k")).isEqualTo(new JsonLong(7)));
  }

  @Test
  void timesComeInManyForms() {
    for (var time :
        List.of("1763827200", "1763827200000", "\"2025-11-22T16:00:00Z\"", "1.7638272E9")) {
      var message =
          read("s -> device d value v time t", "", "{\"t\":" + time + ",\"v\":{\"a\":1}}");
      assertThat(message.rows().getFirst().ts()).as(time).isEqualTo(1_763_827_200_000L);
    }
  }

  @Test
  void attributesAreNoTelemetry() {
    var message = read("s -> device d attributes", "", "{\"serial\":\"x\"}");
    assertThat(message.rows()).isEmpty();
    assertThat(message.attributes()).isEqualTo(Json.parse("{\"serial\":\"x\"}"));
  }

  @Test
  void whatHoldsNoValuesIsRefusedWithTheReason() {
    for (var payload : List.of("", "21", "not json", "[1]", "{\"v\":[1]}", "{\"v\":{\"\":1}}")) {
      assertThatThrownBy(() -> read("s -> device d value v", "", payload))
          .as(payload)
          .isInstanceOf(BadBodyException.class);
    }
    assertThatThrownBy(() -> read("s -> device d time t", "", "{\"t\":\"soon\",\"a\":1}"))
        .isInstanceOf(BadBodyException.class);
  }

  private Object value(String payload) {
    return read("s -> device d key k", "k", payload).rows().getFirst().values().get("k");
  }

  private MappedMessage read(String line, String key, String payload) {
    var bytes = payload.getBytes(StandardCharsets.UTF_8);
    return MappedMessage.of(TopicMapping.parse(line), key, bytes, bodies);
  }
}
