package io.millrace.engine.rules;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One chain's call of another.
///
/// @param node the calling node's name
/// @param target the id that is called, as written; it may not exist
public record ChainCall(UUID chainId, String chain, String node, String target) {
  static Stream<ChainCall> of(RuleChain chain) {
    var metadata = chain.definition().metadata();
    var calls = new ArrayList<ChainCall>();
    for (var node : objects(metadata.get("nodes"))) {
      var configuration = node.get("configuration");
      if (node.text("type", "").endsWith(".TbRuleChainInputNode")
          && configuration instanceof JsonObject settings) {
        add(calls, chain, node.text("name", ""), settings.get("ruleChainId"));
      }
    }
    for (var link : objects(metadata.get("ruleChainConnections"))) {
      add(calls, chain, link.text("type", ""), link.get("targetRuleChainId"));
    }
    return calls.stream();
  }

  private static void add(
      List<ChainCall> calls, RuleChain chain, String node, @Nullable JsonValue target) {
    var id =
        switch (target) {
          case JsonObject object -> object.text("id", "");
          case JsonString(var text) -> text;
          case null, default -> "";
        };
    if (!id.isEmpty()) {
      var definition = chain.definition();
      calls.add(new ChainCall(definition.id(), definition.name(), node, id));
    }
  }

  private static List<JsonObject> objects(@Nullable JsonValue list) {
    var found = new ArrayList<JsonObject>();
    if (list instanceof JsonArray array) {
      for (var each : array.values()) {
        if (each instanceof JsonObject object) {
          found.add(object);
        }
      }
    }
    return found;
  }
}
