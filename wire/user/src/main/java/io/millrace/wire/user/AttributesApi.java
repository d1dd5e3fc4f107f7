package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Clock;
import io.millrace.engine.rules.ValueChange;
import io.millrace.store.attributes.AttributeStore;
import io.millrace.wire.http.HttpError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Attributes of an entity.
final class AttributesApi {
  private static final String BASE = "/api/plugins/telemetry";
  private static final String PATH = BASE + "/{entityType}/{entityId}";

  private final Guard guard;
  private final AttributeStore attributes;
  private final EngineWrites engine;
  private final Clock clock;

  AttributesApi(Guard guard, AttributeStore attributes, EngineWrites engine, Clock clock) {
    this.guard = guard;
    this.attributes = attributes;
    this.engine = engine;
    this.clock = clock;
  }

  void routes(RouteTable table) {
    var allowed = RouteTable.TENANT_OR_CUSTOMER;
    table.get(PATH + "/keys/attributes", allowed, "Keys of all scopes.", this::keys);
    table.get(PATH + "/keys/attributes/{scope}", allowed, "Keys of a scope.", this::keys);
    table.get(PATH + "/values/attributes", allowed, "Attributes of all scopes.", this::values);
    table.get(PATH + "/values/attributes/{scope}", allowed, "Attributes of a scope.", this::values);
    table.post(
        PATH + "/attributes/{scope}",
        allowed,
        "Saves server or shared attributes.",
        r -> save(r.entity(), r));
    table.post(
        PATH + "/{scope}", allowed, "Saves attributes (older path).", r -> save(r.entity(), r));
    table.post(
        BASE + "/{deviceId}/{scope}",
        allowed,
        "Saves attributes of a device.",
        r -> save(r.id("deviceId", EntityType.DEVICE), r));
    table.delete(PATH + "/{scope}", allowed, "Deletes attributes.", r -> delete(r.entity(), r));
    table.delete(
        BASE + "/{deviceId}/{scope}",
        allowed,
        "Deletes attributes of a device.",
        r -> delete(r.id("deviceId", EntityType.DEVICE), r));
  }

  private Reply keys(Request request) {
    return Reply.list(
        read(request).stream().map(Attribute::key).distinct().sorted().toList(), JsonString::new);
  }

  private Reply values(Request request) {
    var keys = request.list("keys");
    return Reply.list(
        read(request).stream().filter(a -> keys.isEmpty() || keys.contains(a.key())).toList(),
        AttributesApi::json);
  }

  private List<Attribute> read(Request request) {
    var asked = request.entity();
    var sight = Sight.of(asked, guard);
    return scopes(request).stream().flatMap(scope -> read(asked, sight, scope)).toList();
  }

  /// A view has attributes of its own beside those of its target that it lists.
  private Stream<Attribute> read(EntityId asked, Sight sight, AttributeScope scope) {
    var own = attributes.read(asked, scope);
    if (sight.isWhole()) {
      return own.stream();
    }
    var listed = sight.attributeKeys(scope);
    var names = own.stream().map(Attribute::key).collect(Collectors.toSet());
    return Stream.concat(
        own.stream(),
        attributes.read(sight.entity(), scope).stream()
            .filter(each -> listed.contains(each.key()) && !names.contains(each.key())));
  }

  private static List<AttributeScope> scopes(Request request) {
    return Optional.ofNullable(request.context().pathParam("scope"))
        .map(text -> List.of(Request.choice("scope", AttributeScope.class, text)))
        .orElseGet(() -> Arrays.asList(AttributeScope.values()));
  }

  private Reply save(EntityId entity, Request request) throws Exception {
    var scope = writable(request);
    var tenant = guard.tenantOf(entity);
    var values = request.bodyObject();
    var saved = new ArrayList<Attribute>();
    long now = clock.millis();
    values.forEach(
        (key, value) -> {
          if (!(value instanceof JsonNull)) {
            saved.add(new Attribute(key, value, now));
          }
        });
    if (saved.isEmpty()) {
      throw HttpError.badRequest("No attributes data found in request body!"); // ThingsBoard's
    }
    var event = engine.event(entity, "ATTRIBUTES_UPDATED", scopeMetadata(scope), values);
    engine.on(
        entity,
        batch -> {
          attributes.save(batch.commit(), entity, scope, saved);
          engine.told(batch, tenant, event, new ValueChange.Attributes(entity, scope, saved, true));
          engine.tellInside(batch, tenant, event);
          return true;
        });
    return Reply.empty();
  }

  private Reply delete(EntityId entity, Request request) throws Exception {
    request.required("keys");
    var scope = Request.choice("scope", AttributeScope.class, request.path("scope"));
    var tenant = guard.tenantOf(entity);
    var keys = request.list("keys");
    var body =
        JsonObject.of(
            "attributes", new JsonArray(keys.stream().<JsonValue>map(JsonString::new).toList()));
    var event = engine.event(entity, "ATTRIBUTES_DELETED", scopeMetadata(scope), body);
    engine.on(
        entity,
        batch -> {
          attributes.delete(batch.commit(), entity, scope, keys);
          engine.tellInside(batch, tenant, event);
          return true;
        });
    return Reply.empty();
  }

  // ThingsBoard: client attributes are the device's own to write
  private static AttributeScope writable(Request request) {
    var scope = Request.choice("scope", AttributeScope.class, request.path("scope"));
    if (scope == AttributeScope.CLIENT_SCOPE) {
      throw HttpError.badField(
          "scope", "is CLIENT_SCOPE, which only the device writes; use SHARED or SERVER_SCOPE");
    }
    return scope;
  }

  private static JsonObject scopeMetadata(AttributeScope scope) {
    return JsonObject.of("scope", new JsonString(scope.name()));
  }

  private static JsonObject json(Attribute attribute) {
    return JsonObject.builder()
        .put("lastUpdateTs", attribute.lastUpdateTs())
        .put("key", attribute.key())
        .put("value", attribute.value())
        .build();
  }
}
