package io.millrace.engine.rules;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import java.util.UUID;

/// A stored rule chain, as the engine needs it.
///
/// @param root whether the tenant's messages start here
/// @param version counted up with every change that is stored; 0 for one that is not
/// @param metadata ThingsBoard's metadata JSON, nodes with ids (see [RuleChainJson#withIds])
public record ChainDefinition(
    UUID id, EntityId tenantId, String name, boolean root, long version, JsonObject metadata) {
  public ChainDefinition(
      UUID id, EntityId tenantId, String name, boolean root, JsonObject metadata) {
    this(id, tenantId, name, root, 0, metadata);
  }

  ChainDefinition withRoot(boolean isRoot) {
    return new ChainDefinition(id, tenantId, name, isRoot, version, metadata);
  }
}
