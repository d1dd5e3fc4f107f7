package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.store.entities.Authority;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.Relation;
import io.millrace.store.entities.RelationGroup;
import io.millrace.store.entities.RelationQuery;
import io.millrace.wire.http.HttpError;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Relations between entities. The caller must be allowed to see both of them.
final class RelationsApi {
  private static final Set<Authority> ALLOWED = RouteTable.TENANT_OR_CUSTOMER;

  private final Guard guard;
  private final EntityStore entities;
  private final EngineWrites engine;
  private final EntityNames names;
  private final int foundMax;

  RelationsApi(Guard guard, EntityStore entities, EngineWrites engine, int foundMax) {
    this.guard = guard;
    this.entities = entities;
    this.engine = engine;
    this.names = new EntityNames(entities);
    this.foundMax = foundMax;
  }

  void routes(RouteTable table) {
    table.post(
        "/api/relation",
        ALLOWED,
        "Relates two entities.",
        r -> {
          save(r);
          return Reply.empty();
        });
    table.post(
        "/api/v2/relation",
        ALLOWED,
        "Relates two entities and answers the relation.",
        r -> Reply.of(json(save(r))));
    table.delete("/api/relation", ALLOWED, "Ends a relation.", this::delete);
    table.delete("/api/v2/relation", ALLOWED, "Ends a relation and answers it.", this::delete);
    table.delete("/api/relations", ALLOWED, "Ends all relations of an entity.", this::deleteAll);
    table.get("/api/relation", ALLOWED, "A relation.", this::one);
    table.get(
        "/api/relations",
        ALLOWED,
        "Relations from (`fromId`, `fromType`) or to (`toId`, `toType`) an entity.",
        r -> Reply.list(beside(r), RelationsApi::json));
    table.get(
        "/api/relations/info",
        ALLOWED,
        "Relations from or to an entity, with the names of both ends.",
        r -> Reply.list(beside(r), this::info));
    table.query(
        "/api/relations",
        ALLOWED,
        "Relations found level by level.",
        r -> Reply.list(found(r), RelationsApi::json));
    table.query(
        "/api/relations/info",
        ALLOWED,
        "Relations found level by level, with the names of both ends.",
        r -> Reply.list(found(r), this::info));
    table.get(
        "/api/relations/from/{fromType}/{fromId}",
        ALLOWED,
        "Relations from an entity.",
        r -> Reply.list(beside(r, end(r, "from"), false, Optional.empty()), RelationsApi::json));
    table.get(
        "/api/relations/info/from/{fromType}/{fromId}",
        ALLOWED,
        "Relations from an entity, with names.",
        r -> Reply.list(beside(r, end(r, "from"), false, Optional.empty()), this::info));
    table.get(
        "/api/relations/from/{fromType}/{fromId}/{relationType}",
        ALLOWED,
        "Relations of a type from an entity.",
        r ->
            Reply.list(
                beside(r, end(r, "from"), false, Optional.of(r.path("relationType"))),
                RelationsApi::json));
    table.get(
        "/api/relations/to/{toType}/{toId}",
        ALLOWED,
        "Relations to an entity.",
        r -> Reply.list(beside(r, end(r, "to"), true, Optional.empty()), RelationsApi::json));
    table.get(
        "/api/relations/info/to/{toType}/{toId}",
        ALLOWED,
        "Relations to an entity, with names.",
        r -> Reply.list(beside(r, end(r, "to"), true, Optional.empty()), this::info));
    table.get(
        "/api/relations/to/{toType}/{toId}/{relationType}",
        ALLOWED,
        "Relations of a type to an entity.",
        r ->
            Reply.list(
                beside(r, end(r, "to"), true, Optional.of(r.path("relationType"))),
                RelationsApi::json));
  }

  private Relation save(Request request) {
    var body = request.body();
    var from = checked("from", body);
    var to = checked("to", body);
    var relation =
        new Relation(
            from,
            to,
            body.text("type"),
            group(body.text("typeGroup", "COMMON")),
            body.object("additionalInfo", JsonObject.EMPTY),
            0);
    var tenant = guard.tenantOf(from);
    var saved = entities.relations().save(tenant, relation);
    tell(tenant, saved, "RELATION_ADD_OR_UPDATE");
    return saved;
  }

  private void tell(EntityId tenant, Relation relation, String event) {
    engine.tell(tenant, relation.from(), event, json(relation));
    engine.tell(tenant, relation.to(), event, json(relation));
  }

  private EntityId checked(String name, Fields body) {
    var id = EntityJson.read(name, body.object(name, JsonObject.EMPTY));
    guard.tenantOf(id);
    return id;
  }

  private Optional<Relation> named(Request request) {
    var from = queried(request, "from");
    var to = queried(request, "to");
    return entities
        .relations()
        .find(
            from,
            to,
            request.required("relationType"),
            group(request.query("relationTypeGroup").orElse("COMMON")));
  }

  private Reply one(Request request) {
    return named(request).map(relation -> Reply.of(json(relation))).orElseGet(Reply::empty);
  }

  private Reply delete(Request request) {
    var relation = named(request).orElseThrow(HttpError::notFound);
    var tenant = guard.tenantOf(relation.from());
    entities.relations().delete(relation.from(), relation.to(), relation.type(), relation.group());
    tell(tenant, relation, "RELATION_DELETED");
    return Reply.of(json(relation));
  }

  private Reply deleteAll(Request request) {
    var entity =
        EntityJson.read("entityId", request.required("entityType"), request.required("entityId"));
    var tenant = guard.tenantOf(entity);
    entities.relations().deleteAll(entity);
    engine.tell(tenant, entity, "RELATIONS_DELETED", EntityJson.id(entity));
    return Reply.empty();
  }

  private List<Relation> beside(Request request) {
    boolean isTo = request.query("fromId").isEmpty();
    return beside(
        request, queried(request, isTo ? "to" : "from"), isTo, request.query("relationType"));
  }

  private List<Relation> beside(
      Request request, EntityId entity, boolean isTo, Optional<String> type) {
    guard.tenantOf(entity);
    var group = group(request.query("relationTypeGroup").orElse("COMMON"));
    var all = isTo ? entities.relations().to(entity) : entities.relations().from(entity);
    return all.stream()
        .filter(each -> each.group() == group)
        .filter(each -> type.isEmpty() || each.type().equals(type.get()))
        .filter(this::isVisible)
        .toList();
  }

  private EntityId queried(Request request, String end) {
    var entity =
        EntityJson.read(end + "Id", request.required(end + "Type"), request.required(end + "Id"));
    guard.tenantOf(entity);
    return entity;
  }

  private static EntityId end(Request request, String end) {
    return EntityJson.read(end + "Id", request.path(end + "Type"), request.path(end + "Id"));
  }

  private List<Relation> found(Request request) {
    var body = request.body();
    var parameters = new Fields(body.object("parameters", JsonObject.EMPTY));
    var root =
        EntityJson.read("rootId", parameters.text("rootType", ""), parameters.text("rootId", ""));
    guard.tenantOf(root);
    var query =
        new RelationQuery(
            root,
            parameters.text("direction", "FROM").equals("TO"),
            Math.toIntExact(parameters.number("maxLevel").orElse(1)),
            filters(body.json()),
            parameters.flag("fetchLastLevelOnly", false),
            foundMax);
    return entities.relations().find(query).stream().filter(this::isVisible).toList();
  }

  /// The `filters` of a query: `[{"relationType","entityTypes":[…],"negate"}]`.
  static List<RelationQuery.Filter> filters(JsonObject query) {
    return query.get("filters") instanceof JsonArray list
        ? list.values().stream().map(RelationsApi::filter).toList()
        : List.of();
  }

  private static RelationQuery.Filter filter(JsonValue value) {
    if (!(value instanceof JsonObject json)) {
      throw HttpError.badField("filters", "is not a list of objects");
    }
    var types =
        json.get("entityTypes") instanceof JsonArray list
            ? list.values().stream()
                .map(type -> Request.choice("entityTypes", EntityType.class, type.asText()))
                .toList()
            : List.<EntityType>of();
    var fields = new Fields(json);
    return new RelationQuery.Filter(
        fields.text("relationType", ""), Set.copyOf(types), fields.flag("negate", false));
  }

  private boolean isVisible(Relation relation) {
    return guard.mayRead(relation.from()) && guard.mayRead(relation.to());
  }

  private static RelationGroup group(String name) {
    return Request.choice("relationTypeGroup", RelationGroup.class, name);
  }

  static JsonObject json(Relation relation) {
    return JsonObject.builder()
        .put("from", EntityJson.id(relation.from()))
        .put("to", EntityJson.id(relation.to()))
        .put("type", relation.type())
        .put("typeGroup", relation.group().name())
        .put("version", relation.version())
        .put("additionalInfo", EntityJson.infoOrNull(relation.additionalInfo()))
        .build();
  }

  private JsonObject info(Relation relation) {
    return json(relation).toBuilder()
        .put("fromName", EntityJson.textOrNull(names.name(relation.from())))
        .put("toName", EntityJson.textOrNull(names.name(relation.to())))
        .build();
  }
}
