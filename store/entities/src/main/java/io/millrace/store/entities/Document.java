package io.millrace.store.entities;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;

/// A widget type, a bundle of them or a resource: kept for those who bring it, read by nobody else.
///
/// @param alias its name for programs, unique in the tenant: `fqn`, `alias` or resource key
/// @param details the rest of its JSON, as it came
public record Document(
    EntityId id,
    long createdTime,
    EntityId tenantId,
    String name,
    String alias,
    JsonObject details,
    long version)
    implements Entity {}
