package io.millrace.engine.rules;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/// Writes a chain's metadata by node names.
final class Chains {
  private static final String PREFIX = "org.thingsboard.rule.engine.";
  static final String TYPE_FILTER = PREFIX + "filter.TbMsgTypeFilterNode";
  static final String SCRIPT_FILTER = PREFIX + "filter.TbJsFilterNode";
  static final String SAVE_TIMESERIES = PREFIX + "telemetry.TbMsgTimeseriesNode";
  static final String SAVE_ATTRIBUTES = PREFIX + "telemetry.TbMsgAttributesNode";
  static final String RULE_CHAIN = PREFIX + "flow.TbRuleChainInputNode";
  static final String OUTPUT = PREFIX + "flow.TbRuleChainOutputNode";
  static final String REST = PREFIX + "rest.TbRestApiCallNode";

  private final String first;
  private final List<String> names = new ArrayList<>();
  private final List<JsonValue> nodes = new ArrayList<>();
  private final List<String[]> connections = new ArrayList<>();

  private Chains(String first) {
    this.first = first;
  }

  static Chains of(String firstNode) {
    return new Chains(firstNode);
  }

  Chains node(String name, String type, String configuration) {
    names.add(name);
    nodes.add(
        JsonObject.builder()
            .put("type", type)
            .put("name", name)
            .put("configurationVersion", 99)
            .put("configuration", Json.parse(configuration))
            .build());
    return this;
  }

  Chains connect(String from, String label, String to) {
    connections.add(new String[] {from, label, to});
    return this;
  }

  JsonObject json() {
    var links = new ArrayList<JsonValue>();
    for (var link : connections) {
      links.add(
          JsonObject.builder()
              .put("fromIndex", names.indexOf(link[0]))
              .put("toIndex", names.indexOf(link[2]))
              .put("type", link[1])
              .build());
    }
    return JsonObject.builder()
        .put("firstNodeIndex", names.indexOf(first))
        .put("nodes", new JsonArray(nodes))
        .put("connections", new JsonArray(links))
        .build();
  }
}
