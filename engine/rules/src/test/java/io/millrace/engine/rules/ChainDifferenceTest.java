package io.millrace.engine.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.JsonObject;
import org.junit.jupiter.api.Test;

final class ChainDifferenceTest {
  private static final String NODE =
      "{\"id\":{\"id\":\"%s\"},\"type\":\"%s\",\"name\":\"%s\",\"configuration\":{\"a\":%s,\"deep\":{\"b\":1}},\"additionalInfo\":{\"layoutX\":%d}}";

  @Test
  void nodesSettingsAndConnectionsAreNamed() {
    var before =
        metadata(
            0,
            node("1", "filter", "One", "1", 10)
                + ","
                + node("2", "log", "Two", "[1]", 10)
                + ","
                + node("3", "log", "Three", "1", 10),
            "{\"fromIndex\":0,\"toIndex\":1,\"type\":\"True\"},{\"fromIndex\":0,\"toIndex\":2,\"type\":\"False\"}");
    var after =
        metadata(
            1,
            node("2", "log", "Two", "[2]", 10)
                + ","
                + node("1", "filter", "First", "1", 99)
                + ","
                + node("4", "save", "Four", "1", 10),
            "{\"fromIndex\":1,\"toIndex\":0,\"type\":\"True\"},{\"fromIndex\":0,\"toIndex\":2,\"type\":\"Success\"}");

    assertThat(ChainDifference.of(json(before), json(after)).toJson())
        .hasToString(
            """
            {"equal":false,\
            "nodesAdded":[{"name":"Four","type":"save"}],\
            "nodesRemoved":[{"name":"Three","type":"log"}],\
            "nodesChanged":[\
            {"name":"Two","type":"log","changes":[{"path":"configuration.a","before":[1],"after":[2]}]},\
            {"name":"First","type":"filter","changes":[{"path":"name","before":"One","after":"First"}]}],\
            "nodesMoved":0,\
            "connectionsAdded":[{"from":"First","type":"True","to":"Two"},{"from":"Two","type":"Success","to":"Four"}],\
            "connectionsRemoved":[{"from":"One","type":"True","to":"Two"},{"from":"One","type":"False","to":"Three"}],\
            "chain":[{"path":"firstNode","before":"One","after":"First"}]}\
            """);
  }

  @Test
  void aNodeThatStandsElsewhereDoesTheSame() {
    var before = metadata(0, node("1", "filter", "One", "1", 10), "");
    var after = metadata(0, node("1", "filter", "One", "1", 20), "");

    var difference = ChainDifference.of(json(before), json(after));

    assertThat(difference.isEmpty()).isTrue();
    assertThat(difference.moved()).isEqualTo(1);
  }

  @Test
  void nothingIsNothing() {
    assertThat(ChainDifference.of(json("{}"), json("{\"nodes\":null}")).isEmpty()).isTrue();
  }

  private static String node(String id, String type, String name, String a, int x) {
    return NODE.formatted(id, type, name, a, x);
  }

  private static String metadata(int first, String nodes, String connections) {
    return "{\"firstNodeIndex\":%d,\"nodes\":[%s],\"connections\":[%s]}"
        .formatted(first, nodes, connections);
  }

  private static JsonObject json(String text) {
    return ChainBed.json(text);
  }
}
