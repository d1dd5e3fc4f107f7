package io.millrace.store.entities;

import io.millrace.base.model.EntityId;
import java.util.List;
import java.util.Optional;

/// The rule chains of all tenants.
public final class RuleChains extends EntityTable<StoredRuleChain> {
  /// Where the tenant's messages start.
  public Optional<StoredRuleChain> findRoot(EntityId tenantId) {
    throw unfinished();
  }

  public List<StoredRuleChain> ofTenant(EntityId tenantId) {
    throw unfinished();
  }

  /// Makes this the tenant's root instead of the one before.
  public StoredRuleChain makeRoot(EntityId id) {
    throw unfinished();
  }
}
