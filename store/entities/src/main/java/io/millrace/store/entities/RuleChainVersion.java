package io.millrace.store.entities;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;

/// What a rule chain was after one change of it.
///
/// @param author who changed it; empty when that is not known
/// @param remark why, in the author's words; may be empty
public record RuleChainVersion(
    EntityId chainId,
    long version,
    long createdTime,
    String name,
    String author,
    String remark,
    JsonObject configuration,
    JsonObject additionalInfo,
    JsonObject metadata) {}
