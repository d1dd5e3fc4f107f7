package io.millrace.engine.access;

import io.millrace.base.model.EntityId;
import io.millrace.store.entities.Authority;
import io.millrace.store.entities.User;
import org.jspecify.annotations.Nullable;

/// The user on whose behalf a request runs, as the user's row says now (not as the token said).
///
/// @param customerId set for a customer's user only
/// @param sessionId the log-in that the token belongs to
public record Caller(
    EntityId userId,
    String email,
    Authority authority,
    EntityId tenantId,
    @Nullable EntityId customerId,
    String sessionId) {
  private static final ScopedValue<Caller> CURRENT = ScopedValue.newInstance();

  static Caller of(User user, String sessionId) {
    return new Caller(
        user.id(), user.email(), user.authority(), user.tenantId(), user.customerId(), sessionId);
  }

  /// The caller of the request that this thread works on.
  ///
  /// @throws java.util.NoSuchElementException outside of [#call]
  public static Caller current() {
    return CURRENT.get();
  }

  /// Runs `work` with this caller as the current one.
  public <T, X extends Throwable> T call(ScopedValue.CallableOp<? extends T, X> work) throws X {
    return ScopedValue.where(CURRENT, this).call(work);
  }

  public boolean isSystemAdministrator() {
    return authority == Authority.SYS_ADMIN;
  }

  public boolean isTenantAdministrator() {
    return authority == Authority.TENANT_ADMIN;
  }

  public boolean isCustomerUser() {
    return authority == Authority.CUSTOMER_USER;
  }
}
