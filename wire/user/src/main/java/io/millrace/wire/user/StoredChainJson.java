package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.store.entities.StoredRuleChain;
import java.util.List;
import java.util.OptionalLong;

/// ThingsBoard's JSON of a rule chain and of its metadata.
final class StoredChainJson {
  private StoredChainJson() {}

  static JsonObject of(StoredRuleChain chain) {
    return JsonObject.builder()
        .put("id", EntityJson.id(chain.id()))
        .put("createdTime", chain.createdTime())
        .put("tenantId", EntityJson.id(chain.tenantId()))
        .put("name", chain.name())
        .put("type", chain.type())
        .put("firstRuleNodeId", firstNode(chain.metadata()))
        .put("root", chain.root())
        .put("debugMode", chain.debugMode())
        .put("configuration", EntityJson.infoOrNull(chain.configuration()))
        .put("additionalInfo", EntityJson.infoOrNull(chain.additionalInfo()))
        .put("externalId", JsonNull.NULL)
        .put("version", chain.version())
        .build();
  }

  /// The metadata with the version that a change of it must name.
  static JsonObject metadata(StoredRuleChain chain) {
    return chain.metadata().with("version", new JsonLong(chain.version()));
  }

  /// The same, with what the chain's tests say against it, if anything.
  static JsonObject metadata(StoredRuleChain chain, List<String> failures) {
    var metadata = metadata(chain);
    return failures.isEmpty()
        ? metadata
        : metadata.with("testFailures", DeployGate.texts(failures));
  }

  static JsonObject emptyMetadata(EntityId chainId) {
    return JsonObject.builder()
        .put("ruleChainId", EntityJson.id(chainId))
        .put("firstNodeIndex", JsonNull.NULL)
        .put("nodes", JsonArray.EMPTY)
        .put("connections", JsonArray.EMPTY)
        .put("ruleChainConnections", JsonNull.NULL)
        .build();
  }

  /// The chain with what the body says; what it leaves out stays.
  static StoredRuleChain changed(StoredRuleChain chain, Fields body) {
    return new StoredRuleChain(
        chain.id(),
        chain.createdTime(),
        chain.tenantId(),
        body.isAbsent("name") ? chain.name() : body.text("name"),
        body.text("type", chain.type()),
        chain.root(),
        body.flag("debugMode", chain.debugMode()),
        body.object("configuration", chain.configuration()),
        DeployGate.keep(
            chain.additionalInfo(), body.object("additionalInfo", chain.additionalInfo())),
        chain.metadata(),
        body.number("version").orElse(chain.version()));
  }

  /// The chain as somebody saw it, so that a change made meanwhile is noticed.
  static StoredRuleChain atVersion(StoredRuleChain chain, OptionalLong version) {
    return new StoredRuleChain(
        chain.id(),
        chain.createdTime(),
        chain.tenantId(),
        chain.name(),
        chain.type(),
        chain.root(),
        chain.debugMode(),
        chain.configuration(),
        chain.additionalInfo(),
        chain.metadata(),
        version.orElse(chain.version()));
  }

  static List<JsonObject> nodes(JsonObject metadata) {
    return metadata.get("nodes") instanceof JsonArray nodes
        ? nodes.values().stream()
            .filter(JsonObject.class::isInstance)
            .map(JsonObject.class::cast)
            .toList()
        : List.of();
  }

  private static JsonValue firstNode(JsonObject metadata) {
    var nodes = nodes(metadata);
    return metadata.get("firstNodeIndex") instanceof JsonLong(long index)
            && index >= 0
            && index < nodes.size()
            && nodes.get((int) index).get("id") instanceof JsonObject id
        ? id
        : JsonNull.NULL;
  }
}
