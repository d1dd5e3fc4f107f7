package io.millrace.engine.rules;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// Why something happened at a node, as JSON for [NodeContext#cause].
final class Cause {
  /// A chain that runs in circles has a long way behind it.
  private static final int PATH_MAX = 50;

  private Cause() {}

  static JsonObject of(RuleChainRunner.Step step, RuleMessage message, ChainSet chains) {
    return JsonObject.builder()
        .put("message", json(message))
        .put("chain", chain(step.node(), chains))
        .put("node", node(step.node()))
        .put("path", path(step))
        .build();
  }

  private static JsonObject json(RuleMessage message) {
    return JsonObject.builder()
        .put("id", message.id().toString())
        .put("ts", message.ts())
        .put("type", message.type())
        .put("metadata", message.metadata())
        .put("msg", message.body())
        .build();
  }

  private static JsonObject chain(ChainNode node, ChainSet chains) {
    var chain = chains.find(node.chainId());
    var json = JsonObject.builder().put("id", node.chainId().toString());
    if (chain != null) {
      json.put("name", chain.definition().name()).put("version", chain.definition().version());
    }
    return json.build();
  }

  private static JsonObject node(ChainNode node) {
    return JsonObject.builder().put("id", node.id().toString()).put("name", node.name()).build();
  }

  private static JsonArray path(RuleChainRunner.Step last) {
    var path = new ArrayList<JsonValue>();
    RuleChainRunner.@Nullable Step to = last;
    for (var from = last.from(); from != null && path.size() < PATH_MAX; from = from.from()) {
      path.addFirst(
          node(from.node())
              .with("chainId", new JsonString(from.node().chainId().toString()))
              .with("connection", new JsonString(label(from, to))));
      to = from;
    }
    return new JsonArray(path);
  }

  /// The label by which one node leads to the other; empty when it entered another chain.
  private static String label(RuleChainRunner.Step from, RuleChainRunner.@Nullable Step to) {
    for (var connection : from.node().connections()) {
      if (to != null && connection.targets().contains(to.node())) {
        return connection.label();
      }
    }
    return "";
  }
}
