package io.millrace.engine.rules;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/// ThingsBoard's JSON of a rule chain: `{"ruleChain":{…},"metadata":{…}}`; unknown fields are kept.
public final class RuleChainJson {
  /// What means something in one system only; an export leaves it out.
  private static final Set<String> CHAIN_OWN =
      Set.of("id", "createdTime", "tenantId", "externalId", "version");

  private static final Set<String> METADATA_OWN = Set.of("ruleChainId", "version");
  private static final Set<String> NODE_OWN =
      Set.of("id", "createdTime", "ruleChainId", "externalId");

  private RuleChainJson() {}

  /// The two parts of an exported chain.
  public record Export(JsonObject ruleChain, JsonObject metadata) {
    public String name() {
      return ruleChain.text("name", "");
    }

    public boolean isRoot() {
      return ruleChain.get("root") instanceof io.millrace.base.json.JsonBoolean root
          && root.value();
    }
  }

  /// Takes an exported file apart.
  ///
  /// @throws RuleChainException when it is not a rule chain export
  public static Export read(JsonValue file) {
    if (file instanceof JsonObject both
        && both.get("ruleChain") instanceof JsonObject ruleChain
        && both.get("metadata") instanceof JsonObject metadata
        && !ruleChain.text("name", "").isBlank()) {
      return new Export(ruleChain, metadata);
    }
    throw new RuleChainException(
        List.of(
            new ChainProblem(
                ChainProblem.Kind.ERROR,
                -1,
                "",
                "This is not a rule chain export: it needs a \"ruleChain\" with a name, and a \"metadata\".")));
  }

  /// The file that ThingsBoard's export makes: ids of this system left out, the rest as it is.
  public static JsonObject write(JsonObject ruleChain, JsonObject metadata) {
    var chain = without(ruleChain, CHAIN_OWN).toBuilder().put("firstRuleNodeId", JsonNull.NULL);
    var meta = without(metadata, METADATA_OWN);
    if (metadata.get("nodes") instanceof JsonArray nodes) {
      meta = meta.with("nodes", each(nodes, node -> without(node, NODE_OWN)));
    }
    return JsonObject.builder().put("ruleChain", chain.build()).put("metadata", meta).build();
  }

  /// The metadata as it is to be stored: `ruleChainId` set, and an id for every node without one.
  public static JsonObject withIds(JsonObject metadata, UUID chainId, Supplier<UUID> ids) {
    var stored = metadata.toBuilder().put("ruleChainId", id("RULE_CHAIN", chainId));
    if (metadata.get("nodes") instanceof JsonArray nodes) {
      stored.put("nodes", each(nodes, node -> withId(node, chainId, ids)));
    }
    return stored.build();
  }

  private static JsonObject withId(JsonObject node, UUID chainId, Supplier<UUID> ids) {
    var owned = node.with("ruleChainId", id("RULE_CHAIN", chainId));
    return node.get("id") instanceof JsonObject
        ? owned
        : owned.with("id", id("RULE_NODE", ids.get()));
  }

  private static JsonObject id(String type, UUID id) {
    return JsonObject.builder().put("entityType", type).put("id", id.toString()).build();
  }

  private static JsonArray each(
      JsonArray nodes, java.util.function.UnaryOperator<JsonObject> change) {
    return new JsonArray(
        nodes.values().stream()
            .map(node -> node instanceof JsonObject object ? change.apply(object) : node)
            .toList());
  }

  private static JsonObject without(JsonObject object, Set<String> names) {
    var rest = JsonObject.builder();
    object.forEach(
        (name, value) -> {
          if (!names.contains(name)) {
            rest.put(name, value);
          }
        });
    return rest.build();
  }
}
