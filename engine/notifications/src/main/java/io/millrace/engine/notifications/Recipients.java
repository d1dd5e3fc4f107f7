package io.millrace.engine.notifications;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.store.entities.Authority;
import io.millrace.store.entities.Document;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.PageLink;
import io.millrace.store.entities.User;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// Finds whom targets mean. Blocks; any thread.
public final class Recipients {
  private final EntityStore entities;
  private final int most;

  public Recipients(EntityStore entities, Config config) {
    this.entities = entities;
    this.most = config.recipientsMax();
  }

  /// Users, and places that are no users: Slack conversations, Teams channels, webhooks.
  record Found(Map<EntityId, User> users, List<JsonObject> places) {}

  Found of(EntityId tenant, JsonArray targets, JsonObject about) {
    var users = new LinkedHashMap<EntityId, User>();
    var places = new ArrayList<JsonObject>();
    for (var id : targets.values()) {
      target(tenant, id.asText())
          .map(Recipients::configuration)
          .ifPresent(
              configuration -> {
                if (isOfUsers(configuration)) {
                  users(tenant, configuration, about)
                      .filter(User::enabled)
                      .limit(most)
                      .forEach(user -> users.put(user.id(), user));
                } else {
                  places.add(configuration);
                }
              });
    }
    return new Found(users, places);
  }

  private Optional<Document> target(EntityId tenant, String id) {
    return entities
        .notificationTargets()
        .find(EntityId.of(EntityType.NOTIFICATION_TARGET, id))
        .filter(target -> target.tenantId().equals(tenant));
  }

  static JsonObject configuration(Document target) {
    return target.details().get("configuration") instanceof JsonObject given
        ? given
        : JsonObject.EMPTY;
  }

  static boolean isOfUsers(JsonObject configuration) {
    return configuration.text("type", "PLATFORM_USERS").equals("PLATFORM_USERS");
  }

  /// Users that a target's configuration means.
  ///
  /// @param about what happened: `customer` and `user`, ids, if it concerns any
  public Stream<User> users(EntityId tenant, JsonObject configuration, JsonObject about) {
    var filter =
        configuration.get("usersFilter") instanceof JsonObject given ? given : JsonObject.EMPTY;
    return switch (filter.text("type", "")) {
      case "USER_LIST" -> list(filter, tenant);
      case "CUSTOMER_USERS" -> ofCustomer(tenant, filter.text("customerId", ""));
      case "TENANT_ADMINISTRATORS" ->
          ofTenant(tenant).filter(user -> user.authority() == Authority.TENANT_ADMIN);
      case "ALL_USERS" -> ofTenant(tenant);
      case "ORIGINATOR_ENTITY_OWNER_USERS" ->
          about.text("customer", "").isEmpty()
              ? ofTenant(tenant).filter(user -> user.authority() == Authority.TENANT_ADMIN)
              : ofCustomer(tenant, about.text("customer", ""));
      case "AFFECTED_USER" -> user(tenant, about.text("user", "")).stream();
      default -> Stream.empty();
    };
  }

  private Stream<User> list(JsonObject filter, EntityId tenant) {
    return filter.get("usersIds") instanceof JsonArray ids
        ? ids.values().stream().flatMap(id -> user(tenant, id.asText()).stream())
        : Stream.empty();
  }

  private Optional<User> user(EntityId tenant, String id) {
    return id.isEmpty()
        ? Optional.empty()
        : entities
            .users()
            .find(new EntityId(EntityType.USER, UUID.fromString(id)))
            .filter(user -> user.tenantId().equals(tenant));
  }

  private Stream<User> ofTenant(EntityId tenant) {
    return entities.users().page(tenant, first()).data().stream();
  }

  private Stream<User> ofCustomer(EntityId tenant, String customer) {
    return entities
        .users()
        .pageOfCustomer(new EntityId(EntityType.CUSTOMER, UUID.fromString(customer)), first())
        .data()
        .stream()
        .filter(user -> user.tenantId().equals(tenant));
  }

  private PageLink first() {
    return PageLink.first(Math.min(most, PageLink.PAGE_SIZE_MAX));
  }

  /// Users that these targets mean, whatever happened.
  public List<User> preview(EntityId tenant, JsonArray targets) {
    return List.copyOf(of(tenant, targets, JsonObject.EMPTY).users().values());
  }
}
