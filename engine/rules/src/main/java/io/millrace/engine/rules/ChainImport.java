package io.millrace.engine.rules;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.rules.RuleChainJson.Export;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/// Chains imported together: each gets an id here, and what called another by its old id calls it
/// by the new one.
public final class ChainImport {
  private ChainImport() {}

  /// A chain with the id it gets and metadata ready to be stored.
  public record Imported(UUID id, JsonObject ruleChain, JsonObject metadata) {
    public String name() {
      return ruleChain.text("name", "");
    }
  }

  /// Calls of chains that are not among these keep their ids.
  public static List<Imported> of(List<Export> together, Supplier<UUID> ids) {
    var given = new ArrayList<UUID>();
    var renamed = new HashMap<String, String>();
    for (var chain : together) {
      var id = ids.get();
      given.add(id);
      if (chain.ruleChain().get("id") instanceof JsonObject old) {
        renamed.put(old.text("id", ""), id.toString());
      }
    }
    var imported = new ArrayList<Imported>();
    for (int i = 0; i < together.size(); i++) {
      var file = RuleChainJson.write(together.get(i).ruleChain(), together.get(i).metadata());
      var chain = RuleChainJson.read(file);
      var metadata = (JsonObject) renamed(chain.metadata(), renamed);
      imported.add(
          new Imported(
              given.get(i), chain.ruleChain(), RuleChainJson.withIds(metadata, given.get(i), ids)));
    }
    return imported;
  }

  private static JsonValue renamed(JsonValue value, Map<String, String> names) {
    return switch (value) {
      case JsonObject object -> {
        var changed = JsonObject.builder();
        object.forEach((name, member) -> changed.put(name, renamed(member, names)));
        yield changed.build();
      }
      case JsonArray array ->
          new JsonArray(array.values().stream().map(each -> renamed(each, names)).toList());
      case JsonString(var text) when names.containsKey(text) ->
          new JsonString(names.getOrDefault(text, text));
      default -> value;
    };
  }
}
