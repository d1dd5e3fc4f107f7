package io.millrace.store.entities;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who did what to which entity, and what came of it.
///
/// @param action ThingsBoard's word for it, as `UPDATED`
/// @param failure why it was refused; empty when it was done
public record AuditEntry(
    UUID id,
    long createdTime,
    EntityId tenantId,
    @Nullable EntityId customerId,
    EntityId entity,
    String entityName,
    EntityId userId,
    String userName,
    String action,
    JsonObject data,
    String failure) {
  public boolean isFailure() {
    return !failure.isEmpty();
  }
}
