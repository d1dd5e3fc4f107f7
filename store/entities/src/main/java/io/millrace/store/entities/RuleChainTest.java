package io.millrace.store.entities;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import java.util.UUID;

/// A test that is kept with a rule chain; `engine/rules` runs it.
///
/// @param name unique among the chain's tests
/// @param details the test itself
public record RuleChainTest(
    UUID id, long createdTime, EntityId chainId, String name, JsonObject details) {}
