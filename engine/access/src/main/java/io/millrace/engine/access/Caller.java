package io.millrace.engine.access;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.store.entities.Authority;
import io.millrace.store.entities.Customer;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.Role;
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
    Role role,
    EntityId tenantId,
    @Nullable EntityId customerId,
    String sessionId) {
  private static final ScopedValue<Caller> CURRENT = ScopedValue.newInstance();

  /// A caller with the usual role.
  public Caller(
      EntityId userId,
      String email,
      Authority authority,
      EntityId tenantId,
      @Nullable EntityId customerId,
      String sessionId) {
    this(userId, email, authority, Role.usual(authority), tenantId, customerId, sessionId);
  }

  /// Somebody who follows a public link: looks at what is the public customer's.
  static Caller ofPublic(Customer customer, String sessionId) {
    return new Caller(
        new EntityId(EntityType.USER, EntityStore.SYSTEM_TENANT.id()),
        "Public",
        Authority.CUSTOMER_USER,
        Role.READ_ONLY,
        customer.tenantId(),
        customer.id(),
        sessionId);
  }

  static Caller of(User user, String sessionId) {
    return new Caller(
        user.id(),
        user.email(),
        user.authority(),
        user.role(),
        user.tenantId(),
        user.customerId(),
        sessionId);
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

  /// Whether the caller may change anything at all.
  public boolean mayChange() {
    return role != Role.READ_ONLY;
  }

  /// Whether the caller may change who may do what.
  public boolean mayAdminister() {
    return role == Role.ADMINISTRATOR;
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
