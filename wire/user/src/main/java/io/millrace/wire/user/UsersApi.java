package io.millrace.wire.user;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.access.Access;
import io.millrace.engine.access.Caller;
import io.millrace.engine.access.NewPassword;
import io.millrace.store.entities.Authority;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.Role;
import io.millrace.store.entities.User;
import io.millrace.wire.http.HttpError;
import org.jspecify.annotations.Nullable;

/// Users, as their administrators see them.
final class UsersApi {
  private final Guard guard;
  private final EntityStore entities;
  private final Access access;

  UsersApi(Guard guard, EntityStore entities, Access access) {
    this.guard = guard;
    this.entities = entities;
    this.access = access;
  }

  void routes(RouteTable table) {
    var administrators = RouteTable.ADMINISTRATORS;
    table.get("/api/users", administrators, "The tenant's users.", this::ofTenant);
    table.get(
        "/api/tenant/{tenantId}/users", RouteTable.SYSTEM, "A tenant's users.", this::ofThatTenant);
    table.get(
        "/api/customer/{customerId}/users",
        RouteTable.TENANT,
        "A customer's users.",
        this::ofCustomer);
    table.get(
        "/api/user/{userId}", RouteTable.SIGNED_IN, "A user.", r -> Reply.of(UserJson.of(user(r))));
    table.own(
        "POST", "/api/user", RouteTable.SIGNED_IN, "Makes a user, or changes one.", this::save);
    table.administer(
        "DELETE", "/api/user/{userId}", administrators, "Deletes a user.", this::delete);
    table.get("/api/users/info", administrators, "The tenant's users.", this::ofTenant);
    table.administer(
        "GET",
        "/api/user/{userId}/token",
        administrators,
        "Tokens of a user of lower authority.",
        r -> AuthApi.tokens(access.tokensFor(managed(r))));
    table.administer(
        "POST",
        "/api/user/{userId}/password",
        administrators,
        "Sets the password of a user of lower authority.",
        this::setPassword);
  }

  private Reply ofTenant(Request request) {
    return Reply.page(
        entities.users().page(Caller.current().tenantId(), request.pageLink()), UserJson::of);
  }

  private Reply ofThatTenant(Request request) {
    var tenant = request.id("tenantId", EntityType.TENANT);
    return Reply.page(entities.users().page(tenant, request.pageLink()), UserJson::of);
  }

  private Reply ofCustomer(Request request) {
    var customer = guard.customer(request.id("customerId", EntityType.CUSTOMER));
    return Reply.page(
        entities.users().pageOfCustomer(customer.id(), request.pageLink()), UserJson::of);
  }

  private User user(Request request) {
    return guard.user(request.id("userId", EntityType.USER));
  }

  /// A user whom the caller may become, or set the password of.
  private User managed(Request request) {
    var user = user(request);
    // the enum counts from the highest authority down
    if (Caller.current().authority().compareTo(user.authority()) >= 0) {
      throw HttpError.forbidden();
    }
    return user;
  }

  private Reply save(Request request) {
    var body = request.body();
    var id = body.id("id", EntityType.USER);
    if (id.isPresent()) {
      return Reply.of(UserJson.of(entities.users().save(changed(changeable(id.get()), body))));
    }
    if (!Caller.current().mayAdminister()) {
      throw HttpError.forbidden();
    }
    var user = entities.users().save(changed(fresh(body), body));
    body.optionalText("password").ifPresent(password -> set(user.id(), password));
    return Reply.of(UserJson.of(user));
  }

  /// The caller, or a user whom the caller may change.
  private User changeable(EntityId id) {
    var user = guard.user(id);
    var caller = Caller.current();
    boolean isMightier = user.authority().compareTo(caller.authority()) < 0;
    if (!caller.userId().equals(id) && (isMightier || !caller.mayAdminister())) {
      throw HttpError.forbidden();
    }
    return user;
  }

  /// Nobody changes the own role, and only administrators change anybody's.
  private static Role role(User user, Fields body) {
    var wanted =
        body.optionalText("role")
            .map(text -> Request.choice("role", Role.class, text))
            .orElse(user.role());
    var caller = Caller.current();
    if (wanted != user.role() && (!caller.mayAdminister() || caller.userId().equals(user.id()))) {
      throw HttpError.forbidden();
    }
    if (user.authority() == Authority.CUSTOMER_USER && wanted == Role.ADMINISTRATOR) {
      throw HttpError.badField("role", "is ADMINISTRATOR; a customer's user edits or reads");
    }
    return wanted;
  }

  private User fresh(Fields body) {
    var caller = Caller.current();
    if (caller.isCustomerUser()) {
      throw HttpError.forbidden();
    }
    var authority = Request.choice("authority", Authority.class, body.text("authority"));
    var customer = customer(body, authority);
    return new User(
        entities.newId(EntityType.USER),
        0,
        tenant(body, authority),
        customer,
        authority,
        body.text("email"),
        "",
        "",
        "",
        JsonObject.EMPTY,
        0);
  }

  private EntityId tenant(Fields body, Authority authority) {
    var caller = Caller.current();
    if (caller.isTenantAdministrator()) {
      if (authority == Authority.SYS_ADMIN) {
        throw HttpError.forbidden();
      }
      return caller.tenantId();
    }
    if (authority == Authority.SYS_ADMIN) {
      return EntityStore.SYSTEM_TENANT;
    }
    return body.id("tenantId", EntityType.TENANT)
        .flatMap(id -> entities.tenants().find(id))
        .orElseThrow(() -> HttpError.badField("tenantId", "names no tenant"))
        .id();
  }

  private @Nullable EntityId customer(Fields body, Authority authority) {
    if (authority != Authority.CUSTOMER_USER) {
      return null;
    }
    var id =
        body.id("customerId", EntityType.CUSTOMER)
            .orElseThrow(() -> HttpError.badField("customerId", "should be specified!"));
    return guard.customer(id).id();
  }

  private static User changed(User user, Fields body) {
    var email = body.isAbsent("email") ? user.email() : body.text("email");
    if (!email.contains("@")) {
      throw HttpError.badField("email", "is '%s', not an e-mail address".formatted(email));
    }
    return new User(
        user.id(),
        user.createdTime(),
        user.tenantId(),
        user.customerId(),
        user.authority(),
        role(user, body),
        user.enabled(),
        email,
        body.text("firstName", user.firstName()),
        body.text("lastName", user.lastName()),
        body.text("phone", user.phone()),
        body.object("additionalInfo", user.additionalInfo()),
        body.number("version").orElse(user.version()));
  }

  private Reply setPassword(Request request) {
    set(managed(request).id(), request.body().text("password", ""));
    return Reply.empty();
  }

  private void set(EntityId user, String password) {
    switch (access.setPassword(user, password)) {
      case NewPassword.Set() -> {}
      case NewPassword.Refused(var reason) -> throw HttpError.badRequest(reason);
    }
  }

  private Reply delete(Request request) {
    var user = user(request);
    if (user.id().equals(Caller.current().userId())) {
      throw HttpError.badRequest("Nobody can delete the own account");
    }
    entities.users().delete(user.id());
    return Reply.empty();
  }
}
