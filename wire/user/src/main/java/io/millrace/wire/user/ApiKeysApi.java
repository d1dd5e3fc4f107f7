package io.millrace.wire.user;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Clock;
import io.millrace.engine.access.Access;
import io.millrace.engine.access.Caller;
import io.millrace.store.entities.ApiKey;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.User;
import io.millrace.wire.http.HttpError;

/// API keys: everybody's own; administrators' also those of their users.
final class ApiKeysApi {
  private final Guard guard;
  private final EntityStore entities;
  private final Access access;
  private final Clock clock;

  ApiKeysApi(Guard guard, EntityStore entities, Access access, Clock clock) {
    this.guard = guard;
    this.entities = entities;
    this.access = access;
    this.clock = clock;
  }

  void routes(RouteTable table) {
    var allowed = RouteTable.SIGNED_IN;
    table.own(
        "POST", "/api/apiKey", allowed, "Makes an API key; its value is shown once.", this::make);
    table.get(
        "/api/apiKeys/{userId}",
        allowed,
        "A user's API keys.",
        r -> Reply.page(entities.apiKeys().pageOfUser(user(r).id(), r.pageLink()), this::json));
    table.own(
        "PUT",
        "/api/apiKey/{apiKeyId}/description",
        allowed,
        "Describes an API key.",
        r -> {
          var key = key(r);
          var text = r.bodyValue().asText();
          return Reply.of(json(entities.apiKeys().save(key.changed(text, key.enabled()))));
        });
    table.own(
        "PUT",
        "/api/apiKey/{apiKeyId}/enabled/{enabledValue}",
        allowed,
        "Switches an API key on or off.",
        r -> {
          var key = key(r);
          boolean isEnabled = Boolean.parseBoolean(r.path("enabledValue"));
          return Reply.of(json(entities.apiKeys().save(key.changed(key.description(), isEnabled))));
        });
    table.own(
        "DELETE",
        "/api/apiKey/{apiKeyId}",
        allowed,
        "Deletes an API key.",
        r -> {
          entities.apiKeys().delete(key(r).id());
          return Reply.empty();
        });
  }

  private User user(Request request) {
    return managed(request.id("userId", EntityType.USER));
  }

  /// The caller, or a user whose keys the caller may manage.
  private User managed(EntityId id) {
    var user = guard.user(id);
    var caller = Caller.current();
    if (caller.userId().equals(user.id())) {
      return user;
    }
    if (!caller.mayAdminister() || caller.isCustomerUser()) {
      throw HttpError.forbidden();
    }
    return user;
  }

  private ApiKey key(Request request) {
    var id = request.id("apiKeyId", EntityType.API_KEY);
    var key = entities.apiKeys().find(id).orElseThrow(() -> Guard.missing(id));
    try {
      managed(key.userId());
    } catch (HttpError e) {
      throw e.status() == 404 ? Guard.missing(id) : e;
    }
    return key;
  }

  private Reply make(Request request) {
    var body = request.body();
    var user = managed(body.id("userId", EntityType.USER).orElse(Caller.current().userId()));
    // a key of somebody mightier would be that might
    if (user.authority().compareTo(Caller.current().authority()) < 0) {
      throw HttpError.forbidden();
    }
    long expires = body.number("expirationTime").orElse(0);
    if (expires != 0 && expires <= clock.millis()) {
      throw HttpError.badField("expirationTime", "is %d, which is past".formatted(expires));
    }
    var made = access.newApiKey(user, body.text("description", ""), expires);
    return Reply.of(json(made.key()).with("value", new JsonString(made.secret())));
  }

  private JsonObject json(ApiKey key) {
    return JsonObject.builder()
        .put("id", EntityJson.id(key.id()))
        .put("createdTime", key.createdTime())
        .put("tenantId", EntityJson.id(key.tenantId()))
        .put("userId", EntityJson.id(key.userId()))
        .put("enabled", key.enabled())
        .put("description", key.description())
        .put("expirationTime", key.expires())
        .put("expired", key.expires() != 0 && key.expires() <= clock.millis())
        .build();
  }
}
