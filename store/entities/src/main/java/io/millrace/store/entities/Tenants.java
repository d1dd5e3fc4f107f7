package io.millrace.store.entities;

import java.util.List;

/// The tenants.
public final class Tenants extends EntityTable<Tenant> {
  /// A page of all tenants.
  public Page<Tenant> page(PageLink link) {
    throw unfinished();
  }

  public List<Tenant> all() {
    throw unfinished();
  }
}
