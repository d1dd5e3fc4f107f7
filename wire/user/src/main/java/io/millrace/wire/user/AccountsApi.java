package io.millrace.wire.user;

import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.access.Access;
import io.millrace.engine.access.Caller;
import io.millrace.engine.access.Login;
import io.millrace.store.entities.AccountLinks;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.User;
import io.millrace.wire.http.HttpError;
import java.util.Locale;
import java.util.Set;

/// First run, activation, reset of passwords, public links, and what users keep of their own.
final class AccountsApi {
  private static final Set<String> SETTINGS =
      Set.of(
          "general",
          "quick_links",
          "doc_links",
          "dashboards",
          "getting_started",
          "visited_dashboards",
          "millrace");
  private static final int SETTINGS_CHARACTERS_MAX = 100_000;

  private final Guard guard;
  private final EntityStore entities;
  private final Access access;

  AccountsApi(Guard guard, EntityStore entities, Access access) {
    this.guard = guard;
    this.entities = entities;
    this.access = access;
  }

  void routes(RouteTable table) {
    table.openGet(
        "/api/noauth/setup",
        "Whether the first administrator is still to be chosen.",
        _ -> Reply.of(JsonObject.builder().put("needed", access.isSetUpOpen()).build()));
    table.openPost(
        "/api/noauth/setup",
        "Chooses the first administrator, with the set-up token of the console: {token, email,"
            + " password}.",
        this::setUp);
    table.openPost(
        "/api/noauth/activate",
        "Sets the first password of an account: {activateToken, password}.",
        r -> follow(r, "activateToken", AccountLinks.Kind.ACTIVATE));
    table.openPost(
        "/api/noauth/resetPassword",
        "Sets a new password: {resetToken, password}.",
        r -> follow(r, "resetToken", AccountLinks.Kind.RESET));
    table.openPost(
        "/api/auth/login/public",
        "Signs in to look at what is public: {publicId}.",
        r ->
            AuthApi.tokens(
                access.loginPublic(
                    new EntityId(
                        EntityType.CUSTOMER,
                        Request.uuid("publicId", r.body().text("publicId"))))));
    var administrators = RouteTable.ADMINISTRATORS;
    table.administer(
        "GET",
        "/api/user/{userId}/activationLink",
        administrators,
        "A link with which a user sets the first password.",
        r -> Reply.plain(link(r)));
    table.administer(
        "GET",
        "/api/user/{userId}/activationLinkInfo",
        administrators,
        "The same, with how long it is good for.",
        r ->
            Reply.of(
                JsonObject.builder()
                    .put("value", link(r))
                    .put("ttlMs", access.linkLifetimeMillis())
                    .build()));
    table.administer(
        "POST",
        "/api/user/{userId}/userCredentialsEnabled",
        administrators,
        "Lets a user sign in, or not.",
        this::enable);
    settings(table);
  }

  private void settings(RouteTable table) {
    var all = RouteTable.SIGNED_IN;
    table.get("/api/user/settings", all, "What the caller keeps.", _ -> Reply.of(kept("general")));
    table.get(
        "/api/user/settings/{settingsType}",
        all,
        "What the caller keeps, of one kind.",
        r -> Reply.of(kept(kind(r))));
    table.own(
        "POST",
        "/api/user/settings",
        all,
        "Replaces what the caller keeps.",
        r -> Reply.of(keep("general", r.bodyObject())));
    table.own(
        "PUT",
        "/api/user/settings",
        all,
        "Adds to what the caller keeps.",
        r -> {
          keep("general", merged(kept("general"), r.bodyObject()));
          return Reply.empty();
        });
    table.own(
        "PUT",
        "/api/user/settings/{settingsType}",
        all,
        "Adds to what the caller keeps, of one kind.",
        r -> {
          keep(kind(r), merged(kept(kind(r)), r.bodyObject()));
          return Reply.empty();
        });
    table.own(
        "DELETE",
        "/api/user/settings/{paths}",
        all,
        "Forgets parts of what the caller keeps.",
        r -> {
          var left = kept("general");
          for (var name : r.path("paths").split(",")) {
            left = left.without(name);
          }
          keep("general", left);
          return Reply.empty();
        });
  }

  private Reply setUp(Request request) {
    var body = request.body();
    var email = body.text("email");
    if (!email.contains("@")) {
      throw HttpError.badField("email", "is '%s', not an e-mail address".formatted(email));
    }
    return AuthApi.tokens(access.setUp(body.text("token", ""), email, body.text("password", "")));
  }

  private Reply follow(Request request, String name, AccountLinks.Kind kind) {
    var body = request.body();
    var login = access.followLink(body.text(name, ""), kind, body.text("password", ""));
    if (login instanceof Login.Refused) {
      throw HttpError.badRequest("The link is not good, or no longer; ask for a new one");
    }
    return AuthApi.tokens(login);
  }

  private User managed(Request request) {
    var user = guard.user(request.id("userId", EntityType.USER));
    var caller = Caller.current();
    boolean isMightier = user.authority().compareTo(caller.authority()) < 0;
    if (isMightier || caller.userId().equals(user.id())) {
      throw HttpError.forbidden();
    }
    return user;
  }

  private String link(Request request) {
    var user = managed(request);
    boolean isActive = entities.users().passwordHash(user.id()).isPresent();
    var kind = isActive ? AccountLinks.Kind.RESET : AccountLinks.Kind.ACTIVATE;
    var secret = access.openLink(user.id(), kind);
    var scheme = request.context().request().scheme();
    var authority = request.context().request().authority();
    return isActive
        ? "%s://%s/login/resetPassword?resetToken=%s".formatted(scheme, authority, secret)
        : "%s://%s/login/createPassword?activateToken=%s".formatted(scheme, authority, secret);
  }

  private Reply enable(Request request) {
    boolean isEnabled = request.flag("userCredentialsEnabled", true);
    entities.users().save(managed(request).withEnabled(isEnabled));
    return Reply.empty();
  }

  private static String kind(Request request) {
    var kind = request.path("settingsType").toLowerCase(Locale.ROOT);
    if (!SETTINGS.contains(kind)) {
      throw HttpError.badField(
          "settingsType",
          "is '%s', not one of %s".formatted(kind, SETTINGS.stream().sorted().toList()));
    }
    return kind;
  }

  private JsonObject kept(String kind) {
    return entities
        .accountSettings()
        .find(Caller.current().userId(), kind)
        .orElse(JsonObject.EMPTY);
  }

  private JsonObject keep(String kind, JsonObject settings) {
    if (settings.toString().length() > SETTINGS_CHARACTERS_MAX) {
      throw HttpError.badRequest(
          "The settings have more than %d characters".formatted(SETTINGS_CHARACTERS_MAX));
    }
    entities.accountSettings().save(Caller.current().userId(), kind, settings);
    return settings;
  }

  private static JsonObject merged(JsonObject before, JsonObject more) {
    var all = before.toBuilder();
    more.forEach(all::put);
    var merged = all.build();
    for (int i = 0; i < more.size(); i++) {
      if (more.value(i) instanceof JsonNull) {
        merged = merged.without(more.name(i));
      }
    }
    return merged;
  }
}
