package io.millrace.store.entities;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;

/// A rule chain as its author wrote it; `engine/rules` compiles it.
///
/// @param type ThingsBoard's `CORE` or `EDGE`
/// @param root whether this is where the tenant's messages start; one per tenant, set with
///     [RuleChains#makeRoot]
/// @param metadata ThingsBoard's metadata JSON (nodes and connections), unknown fields included
public record StoredRuleChain(
    EntityId id,
    long createdTime,
    EntityId tenantId,
    String name,
    String type,
    boolean root,
    boolean debugMode,
    JsonObject configuration,
    JsonObject additionalInfo,
    JsonObject metadata,
    long version)
    implements Entity {
  /// A chain that is not stored yet.
  public static StoredRuleChain named(
      EntityId id, EntityId tenantId, String name, JsonObject metadata) {
    return new StoredRuleChain(
        id,
        0,
        tenantId,
        name,
        "CORE",
        false,
        false,
        JsonObject.EMPTY,
        JsonObject.EMPTY,
        metadata,
        0);
  }

  public StoredRuleChain withMetadata(JsonObject changed) {
    return new StoredRuleChain(
        id,
        createdTime,
        tenantId,
        name,
        type,
        root,
        debugMode,
        configuration,
        additionalInfo,
        changed,
        version);
  }

  public StoredRuleChain withAdditionalInfo(JsonObject changed) {
    return new StoredRuleChain(
        id,
        createdTime,
        tenantId,
        name,
        type,
        root,
        debugMode,
        configuration,
        changed,
        metadata,
        version);
  }

  StoredRuleChain withRoot(boolean isNowRoot) {
    return new StoredRuleChain(
        id,
        createdTime,
        tenantId,
        name,
        type,
        isNowRoot,
        debugMode,
        configuration,
        additionalInfo,
        metadata,
        version);
  }
}
