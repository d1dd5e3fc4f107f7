package io.millrace.engine.access;

import io.millrace.base.model.EntityId;
import org.jspecify.annotations.Nullable;

/// May this caller touch that object? ThingsBoard's rules for its three authorities.
///
/// A system administrator manages tenants and their administrators and sees nothing inside a
/// tenant; a tenant administrator sees all of the own tenant; a customer's user reads what is
/// assigned to the own customer.
public final class Permissions {
  private Permissions() {}

  /// The answer, so worded that foreign tenants do not learn what exists.
  public enum Verdict {
    ALLOWED,
    /// The caller's own tenant's, but not for this caller.
    FORBIDDEN,
    /// Another tenant's: as if it were not there.
    UNKNOWN
  }

  /// May the caller read an object of that tenant, assigned to that customer (or to none)?
  public static Verdict read(Caller caller, EntityId tenantId, @Nullable EntityId customerId) {
    if (caller.isSystemAdministrator()) {
      return Verdict.FORBIDDEN;
    }
    if (!caller.tenantId().equals(tenantId)) {
      return Verdict.UNKNOWN;
    }
    return caller.isTenantAdministrator() || isOwn(caller, customerId)
        ? Verdict.ALLOWED
        : Verdict.FORBIDDEN;
  }

  /// May the caller change or delete such an object?
  public static Verdict write(Caller caller, EntityId tenantId) {
    return read(caller, tenantId, null);
  }

  private static boolean isOwn(Caller caller, @Nullable EntityId customerId) {
    return customerId != null && customerId.equals(caller.customerId());
  }
}
