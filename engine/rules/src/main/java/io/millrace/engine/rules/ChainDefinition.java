package io.millrace.engine.rules;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import java.util.UUID;

/// A stored rule chain, as the engine needs it.
///
/// @param root whether the tenant's messages start here
/// @param metadata ThingsBoard's metadata JSON, nodes with ids (see [RuleChainJson#withIds])
public record ChainDefinition(
    UUID id, EntityId tenantId, String name, boolean root, JsonObject metadata) {}
