package io.millrace.store.entities;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import org.jspecify.annotations.Nullable;

/// Somebody who signs in. The password hash is kept apart: [Users#passwordHash].
///
/// @param tenantId [EntityStore#SYSTEM_TENANT] for a system administrator
/// @param customerId for a customer's user only
/// @param email also the name to sign in with; unique over all tenants, whatever its case
public record User(
    EntityId id,
    long createdTime,
    EntityId tenantId,
    @Nullable EntityId customerId,
    Authority authority,
    String email,
    String firstName,
    String lastName,
    String phone,
    JsonObject additionalInfo,
    long version)
    implements Entity {}
