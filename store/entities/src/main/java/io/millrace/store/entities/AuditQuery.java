package io.millrace.store.entities;

import io.millrace.base.model.EntityId;
import java.util.Optional;
import java.util.Set;

/// Which entries of the audit log.
///
/// @param actions any of these; empty: all
/// @param fromTs, untilTs milliseconds, both included
public record AuditQuery(
    EntityId tenantId,
    Optional<EntityId> entity,
    Optional<EntityId> user,
    Optional<EntityId> customer,
    Set<String> actions,
    long fromTs,
    long untilTs) {
  public AuditQuery {
    actions = Set.copyOf(actions);
  }
}
