package io.millrace.store.entities;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The users of all tenants.
public final class Users extends EntityTable<User> {
  private static final Map<String, String> SORTABLE =
      Map.of(
          "createdTime",
          "created_time",
          "email",
          "email_lower",
          "firstName",
          "first_name",
          "lastName",
          "last_name",
          "authority",
          "authority");

  Users(EntityStore store) {
    super(
        store,
        "account",
        10_000,
        List.of(
            "tenant_id",
            "customer_id",
            "authority",
            "role",
            "enabled",
            "email",
            "email_lower",
            "first_name",
            "last_name",
            "phone",
            "additional_info"));
  }

  /// The user with that name to sign in, whatever its case.
  public Optional<User> findByEmail(String email) {
    return findBy("email_lower", email.toLowerCase(Locale.ROOT));
  }

  /// What `engine/access` made of the user's password; empty when none was set.
  public Optional<String> passwordHash(EntityId id) {
    return store()
        .read(
            handle ->
                handle
                    .createQuery("SELECT password_hash FROM account WHERE id = :id")
                    .bind("id", Row.text(id))
                    .mapTo(String.class)
                    .filter(Objects::nonNull)
                    .findFirst());
  }

  /// Replaces the user's password; neither version nor listeners notice.
  ///
  /// @throws MissingEntityException when there is no such user
  public void setPasswordHash(EntityId id, String hash) {
    store().write(transaction -> setPasswordHash(transaction.handle, id, hash));
  }

  /// A page of a customer's users.
  public Page<User> pageOfCustomer(EntityId customerId, PageLink link) {
    return pageBy("customer_id", Row.text(customerId), link);
  }

  private static int setPasswordHash(Handle handle, EntityId id, String hash) {
    int rows =
        handle.execute("UPDATE account SET password_hash = ? WHERE id = ?", hash, Row.text(id));
    if (rows == 0) {
      throw missing(id);
    }
    return rows;
  }

  @Override
  void deleteDependants(Transaction transaction, User user) {
    var id = Row.text(user.id());
    var keys = store().apiKeys();
    keys.allBy(transaction.handle, "user_id", id).forEach(key -> keys.delete(transaction, key));
    transaction.handle.execute("DELETE FROM account_link WHERE user_id = ?", id);
    transaction.handle.execute("DELETE FROM account_setting WHERE user_id = ?", id);
  }

  @Override
  void checkReferences(Transaction transaction, User user) {
    if (!user.tenantId().equals(EntityStore.SYSTEM_TENANT)) {
      store().tenants().require(transaction, user.tenantId());
    }
  }

  @Override
  EntityType type() {
    return EntityType.USER;
  }

  @Override
  List<@Nullable Object> values(User entity) {
    return Arrays.asList(
        Row.text(entity.tenantId()),
        Row.textOrNull(entity.customerId()),
        entity.authority().name(),
        entity.role().name(),
        entity.enabled(),
        entity.email(),
        entity.email().toLowerCase(Locale.ROOT),
        entity.firstName(),
        entity.lastName(),
        entity.phone(),
        entity.additionalInfo().toString());
  }

  @Override
  User read(Row row, Stored stored) throws SQLException {
    var authority = Authority.valueOf(row.text("authority"));
    var role = row.text("role");
    return new User(
        stored.id(),
        stored.createdTime(),
        row.id(EntityType.TENANT, "tenant_id"),
        row.idOrNull(EntityType.CUSTOMER, "customer_id"),
        authority,
        role.isEmpty() ? Role.usual(authority) : Role.valueOf(role),
        row.flag("enabled"),
        row.text("email"),
        row.text("first_name"),
        row.text("last_name"),
        row.text("phone"),
        row.json("additional_info"),
        stored.version());
  }

  @Override
  String searchText(User entity) {
    return entity.email() + "\n" + entity.firstName() + "\n" + entity.lastName();
  }

  @Override
  Map<String, String> sortable() {
    return SORTABLE;
  }

  @Override
  RuntimeException taken(User entity) {
    return new DuplicateNameException(
        "A user with the email %s exists already; use another address.".formatted(entity.email()));
  }
}
