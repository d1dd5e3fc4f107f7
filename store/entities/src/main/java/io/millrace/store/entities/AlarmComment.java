package io.millrace.store.entities;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What somebody, or the system, said of an alarm.
///
/// @param userId who said it; null: the system
/// @param comment `{"text":…}` and what else its author sent
public record AlarmComment(
    UUID id,
    long createdTime,
    EntityId tenantId,
    UUID alarmId,
    @Nullable EntityId userId,
    JsonObject comment) {}
