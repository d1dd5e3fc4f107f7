package io.millrace.store.entities;

import io.millrace.base.model.EntityId;

/// What every entity has.
///
/// A new one is made with version 0 and an id of [EntityStore#newId]; saving gives it version 1,
/// and its creation time unless it has one.
public sealed interface Entity
    permits Tenant,
        Customer,
        User,
        Device,
        DeviceProfile,
        DeviceCredentials,
        Asset,
        AssetProfile,
        CalculatedField,
        EntityView,
        Dashboard,
        Document,
        ApiKey,
        StoredRuleChain {
  EntityId id();

  /// Milliseconds since 1970-01-01T00:00Z; 0 before the first save.
  long createdTime();

  /// The tenant it belongs to; a tenant belongs to itself.
  EntityId tenantId();

  /// Counts the saves; 0 before the first.
  long version();
}
