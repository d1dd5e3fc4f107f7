package io.millrace.store.entities;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import java.util.UUID;

/// Something that was, or is being, told to people.
///
/// @param ruleKey the rule and what set it off, to know repetitions by; empty without a rule
/// @param details the rest of ThingsBoard's JSON, with `status` and `stats`
public record NotificationRequest(
    UUID id, long createdTime, EntityId tenantId, String ruleKey, JsonObject details) {}
