package io.millrace.store.entities;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import java.util.UUID;

/// One entry in a user's inbox.
///
/// @param details ThingsBoard's `type`, `subject`, `text`, `info`, `additionalConfig`
public record Notification(
    UUID id,
    long createdTime,
    EntityId tenantId,
    EntityId userId,
    UUID requestId,
    boolean isRead,
    JsonObject details) {}
