package io.millrace.wire.user;

import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.access.Caller;
import io.millrace.engine.fields.FieldEvent;
import io.millrace.engine.fields.FieldIndex;
import io.millrace.engine.fields.FieldTest;
import io.millrace.store.entities.CalculatedField;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.PageLink;
import io.millrace.wire.http.HttpError;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/// Calculated fields of devices, assets and profiles.
final class CalculatedFieldsApi {
  private static final Set<EntityType> OWNERS =
      Set.of(
          EntityType.DEVICE, EntityType.ASSET, EntityType.DEVICE_PROFILE, EntityType.ASSET_PROFILE);
  private static final String ALARM = "ALARM"; // ThingsBoard lists these elsewhere

  private final Guard guard;
  private final EntityStore entities;
  private final FieldIndex fields;
  private final FieldTest test;
  private final EngineWrites engine;

  CalculatedFieldsApi(
      Guard guard, EntityStore entities, FieldIndex fields, FieldTest test, EngineWrites engine) {
    this.guard = guard;
    this.entities = entities;
    this.fields = fields;
    this.test = test;
    this.engine = engine;
  }

  void routes(RouteTable table) {
    table.post(
        "/api/calculatedField",
        RouteTable.TENANT,
        "Makes a calculated field, or changes one; it is computed at once where it can be.",
        this::save);
    table.query(
        "/api/calculatedField/testScript",
        RouteTable.TENANT,
        "Runs {expression, arguments}; a fault of the script comes back in `error`.",
        this::test);
    table.get(
        "/api/calculatedField/{calculatedFieldId}",
        RouteTable.TENANT,
        "A calculated field.",
        r -> Reply.of(json(field(r))));
    table.delete(
        "/api/calculatedField/{calculatedFieldId}",
        RouteTable.TENANT,
        "Deletes a calculated field; values it computed stay.",
        this::delete);
    table.get(
        "/api/calculatedField/{calculatedFieldId}/debug",
        RouteTable.TENANT,
        "Its latest computation, with arguments, result and error.",
        this::latestEvent);
    table.get(
        "/api/{entityType}/{entityId}/calculatedFields",
        RouteTable.TENANT,
        "The calculated fields of an entity itself.",
        this::ofEntity);
    table.get(
        "/api/calculatedField/{entityType}/{entityId}",
        RouteTable.TENANT,
        "The calculated fields of an entity itself.",
        this::ofEntity);
    table.get(
        "/api/calculatedFields",
        RouteTable.TENANT,
        "The tenant's calculated fields, by types, entityType, entities and name.",
        this::ofTenant);
    table.get(
        "/api/calculatedFields/names",
        RouteTable.TENANT,
        "Names of the tenant's calculated fields of a type.",
        this::names);
  }

  private CalculatedField field(Request request) {
    return field(request.id("calculatedFieldId", EntityType.CALCULATED_FIELD));
  }

  private CalculatedField field(EntityId id) {
    return entities
        .calculatedFields()
        .find(id)
        .filter(field -> field.tenantId().equals(Caller.current().tenantId()))
        .orElseThrow(() -> Guard.missing(id));
  }

  private Reply save(Request request) {
    var body = request.body();
    var known = body.id("id", EntityType.CALCULATED_FIELD).map(this::field);
    var owner = owner(body);
    if (known.isPresent() && !known.get().entity().equals(owner)) {
      throw HttpError.badField("entityId", "cannot be changed; make a new field there");
    }
    var field =
        new CalculatedField(
            known
                .map(CalculatedField::id)
                .orElseGet(() -> entities.newId(EntityType.CALCULATED_FIELD)),
            known.map(CalculatedField::createdTime).orElse(0L),
            Caller.current().tenantId(),
            owner,
            body.text("type"),
            body.text("name"),
            EntityJson.details(
                    known.map(CalculatedField::details).orElse(JsonObject.EMPTY), body.json())
                .without("type")
                .without("entityId"),
            body.number("version").orElse(known.map(CalculatedField::version).orElse(0L)));
    checkReferences(field.configuration());
    try {
      fields.check(field);
    } catch (IllegalArgumentException e) {
      throw HttpError.badRequest(String.valueOf(e.getMessage()));
    }
    var saved = entities.calculatedFields().save(field);
    fields
        .start(saved, engine::newId, engine.now())
        .forEach(message -> engine.send(saved.tenantId(), message));
    return Reply.of(json(saved));
  }

  private EntityId owner(Fields body) {
    var owner = EntityJson.read("entityId", body.object("entityId", JsonObject.EMPTY));
    if (!OWNERS.contains(owner.type())) {
      throw HttpError.badRequest(
          "Entity type '%s' does not support calculated fields"
              .formatted(owner.type())); // ThingsBoard's words
    }
    guard.tenantOf(owner);
    return owner;
  }

  /// What a field names must be the tenant's own.
  private void checkReferences(JsonValue json) {
    if (!(json instanceof JsonObject object)) {
      return;
    }
    object.forEach(
        (name, value) -> {
          if (name.equals("refEntityId") && value instanceof JsonObject id) {
            guard.tenantOf(EntityJson.read(name, id));
          } else {
            checkReferences(value);
          }
        });
  }

  private Reply delete(Request request) {
    entities.calculatedFields().delete(field(request).id());
    return Reply.empty();
  }

  private Reply test(Request request) {
    var body = request.body();
    var expression = body.text("expression", "");
    if (expression.isBlank()) {
      throw HttpError.badField("expression", "should be specified!");
    }
    return Reply.of(test.run(expression, body.object("arguments", JsonObject.EMPTY), engine.now()));
  }

  private Reply latestEvent(Request request) {
    var events = fields.events(field(request));
    return Reply.of(events.isEmpty() ? JsonNull.NULL : event(events.getLast()));
  }

  /// ThingsBoard's body of a DEBUG_CALCULATED_FIELD event.
  static JsonObject event(FieldEvent event) {
    return JsonObject.builder()
        .put("server", "millrace")
        .put("entityId", event.entity().id().toString())
        .put("entityType", event.entity().type().name())
        .put("msgId", event.causeId())
        .put("msgType", event.causeType())
        .put("arguments", event.arguments().toString())
        .put("result", event.result())
        .put("error", event.error())
        .build();
  }

  private Reply ofEntity(Request request) {
    var entity = request.entity();
    guard.tenantOf(entity);
    var type = request.query("type").orElse("");
    return page(
        entities.calculatedFields().ofEntity(entity),
        request.pageLink(),
        field -> type.isEmpty() || field.type().equals(type));
  }

  private Reply ofTenant(Request request) {
    var types = request.list("types");
    var entityType = request.choice("entityType", EntityType.class);
    var owners = request.list("entities");
    var names = request.context().queryParam("name");
    return page(
        entities.calculatedFields().ofTenant(Caller.current().tenantId()),
        request.pageLink(),
        field ->
            (types.isEmpty() ? !field.type().equals(ALARM) : types.contains(field.type()))
                && entityType.map(field.entity().type()::equals).orElse(true)
                && (owners.isEmpty() || owners.contains(field.entity().id().toString()))
                && (names.isEmpty() || names.contains(field.name())));
  }

  private Reply page(List<CalculatedField> all, PageLink link, Predicate<CalculatedField> filter) {
    var search = link.textSearch().toLowerCase(Locale.ROOT);
    var order =
        link.sortProperty().equals("name")
            ? Comparator.comparing(CalculatedField::name, String.CASE_INSENSITIVE_ORDER)
            : Comparator.comparingLong(CalculatedField::createdTime);
    var found =
        all.stream()
            .filter(filter)
            .filter(field -> field.name().toLowerCase(Locale.ROOT).contains(search))
            .sorted(link.ascending() ? order : order.reversed())
            .toList();
    return Reply.slice(found, link, this::info);
  }

  private Reply names(Request request) {
    var type = request.required("type");
    var link = request.pageLink();
    var search = link.textSearch().toLowerCase(Locale.ROOT);
    var names =
        entities.calculatedFields().ofTenant(Caller.current().tenantId()).stream()
            .filter(field -> field.type().equals(type))
            .map(CalculatedField::name)
            .filter(name -> name.toLowerCase(Locale.ROOT).contains(search))
            .distinct()
            .sorted(link.ascending() ? Comparator.naturalOrder() : Comparator.reverseOrder())
            .toList();
    return Reply.slice(names, link, JsonString::new);
  }

  private JsonObject info(CalculatedField field) {
    return json(field).with("entityName", new JsonString(name(field.entity())));
  }

  private String name(EntityId owner) {
    return switch (owner.type()) {
      case DEVICE -> entities.devices().find(owner).map(each -> each.name()).orElse("");
      case ASSET -> entities.assets().find(owner).map(each -> each.name()).orElse("");
      case DEVICE_PROFILE ->
          entities.deviceProfiles().find(owner).map(each -> each.name()).orElse("");
      default -> entities.assetProfiles().find(owner).map(each -> each.name()).orElse("");
    };
  }

  static JsonObject json(CalculatedField field) {
    var json =
        JsonObject.builder()
            .put("id", EntityJson.id(field.id()))
            .put("createdTime", field.createdTime())
            .put("tenantId", EntityJson.id(field.tenantId()))
            .put("entityId", EntityJson.id(field.entity()))
            .put("type", field.type())
            .put("name", field.name())
            .put("debugSettings", JsonNull.NULL)
            .put("configurationVersion", 0)
            .put("configuration", field.configuration())
            .put("additionalInfo", JsonNull.NULL);
    field.details().forEach(json::put);
    return json.put("version", field.version()).build();
  }
}
