package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.access.Caller;
import io.millrace.store.entities.RelationQuery;
import io.millrace.store.entities.Relations;
import io.millrace.wire.http.HttpError;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// ThingsBoard's entity filters: which entities a query is about.
final class EntityFilter {
  private static final int LEVELS_MAX_DEFAULT = 1;

  private final EntityRows rows;
  private final Relations relations;
  private final Guard guard;
  private final int foundMax;

  EntityFilter(EntityRows rows, Relations relations, Guard guard, int foundMax) {
    this.rows = rows;
    this.relations = relations;
    this.guard = guard;
    this.foundMax = foundMax;
  }

  /// What an `entityFilter` names, as far as the caller may see it.
  List<EntityRow> find(JsonObject json) {
    var filter = new Fields(json);
    return switch (filter.text("type", "")) {
      case "singleEntity" -> rows.these(List.of(alias("singleEntity", filter)));
      case "entityList" -> rows.these(listed(filter));
      case "entityName" -> named(type(filter), json.text("entityNameFilter", ""));
      case "entityType" -> rows.ofType(type(filter));
      case "deviceType" -> typed(EntityType.DEVICE, json, "device");
      case "assetType" -> typed(EntityType.ASSET, json, "asset");
      case "entityViewType" -> typed(EntityType.ENTITY_VIEW, json, "entityView");
      case "relationsQuery" -> related(filter, relationFilters(json), Set.of());
      case "deviceSearchQuery" -> searched(filter, EntityType.DEVICE, "deviceTypes");
      case "assetSearchQuery" -> searched(filter, EntityType.ASSET, "assetTypes");
      case "entityViewSearchQuery" -> searched(filter, EntityType.ENTITY_VIEW, "entityViewTypes");
      case "apiUsageState", "edgeType", "edgeSearchQuery" -> List.of(); // Millrace has none
      default ->
          throw HttpError.badField(
              "entityFilter.type",
              "is '%s'; singleEntity, entityList, entityName, entityType, deviceType, assetType, entityViewType, relationsQuery, deviceSearchQuery, assetSearchQuery and entityViewSearchQuery are known"
                  .formatted(filter.text("type", "")));
    };
  }

  private static EntityType type(Fields filter) {
    return Request.choice("entityType", EntityType.class, filter.text("entityType", ""));
  }

  private static List<EntityId> listed(Fields filter) {
    var type = type(filter);
    return texts(filter.json(), "entityList").stream()
        .map(id -> new EntityId(type, Request.uuid("entityList", id)))
        .toList();
  }

  private List<EntityRow> named(EntityType type, String pattern) {
    var wanted = pattern(pattern);
    return rows.ofType(type).stream().filter(row -> wanted.matcher(row.name()).matches()).toList();
  }

  // ThingsBoard: `deviceTypes`, before 3.5 `deviceType`; no types means any
  private List<EntityRow> typed(EntityType type, JsonObject json, String word) {
    var types = new LinkedHashSet<>(texts(json, word + "Types"));
    var old = json.text(word + "Type", "");
    if (types.isEmpty() && !old.isEmpty()) {
      types.add(old);
    }
    return named(type, json.text(word + "NameFilter", "")).stream()
        .filter(row -> types.isEmpty() || types.contains(row.field("type")))
        .toList();
  }

  // ThingsBoard: names begin so, whatever the case; % stands for anything
  private static Pattern pattern(String text) {
    var regex = new StringBuilder();
    for (var part : text.split("%", -1)) {
      regex.append(Pattern.quote(part)).append(".*");
    }
    return Pattern.compile(
        regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
  }

  private List<EntityRow> searched(Fields filter, EntityType type, String typesName) {
    var wanted =
        List.of(new RelationQuery.Filter(filter.text("relationType", ""), Set.of(type), false));
    return related(filter, wanted, Set.copyOf(texts(filter.json(), typesName)));
  }

  private static List<RelationQuery.Filter> relationFilters(JsonObject json) {
    return RelationsApi.filters(json);
  }

  private List<EntityRow> related(
      Fields filter, List<RelationQuery.Filter> wanted, Set<String> types) {
    var found = new LinkedHashSet<EntityId>();
    for (var root : roots(filter)) {
      guard.tenantOf(root);
      found.addAll(
          relations.related(
              new RelationQuery(
                  root,
                  filter.text("direction", "FROM").toUpperCase(Locale.ROOT).equals("TO"),
                  (int) filter.number("maxLevel").orElse(LEVELS_MAX_DEFAULT),
                  wanted,
                  filter.flag("fetchLastLevelOnly", false),
                  foundMax)));
    }
    return rows.these(List.copyOf(found)).stream()
        .filter(row -> types.isEmpty() || types.contains(row.field("type")))
        .toList();
  }

  private static List<EntityId> roots(Fields filter) {
    if (!filter.flag("isMultiRoot", filter.flag("multiRoot", false))) {
      return List.of(alias("rootEntity", filter));
    }
    var type =
        Request.choice(
            "multiRootEntitiesType", EntityType.class, filter.text("multiRootEntitiesType", ""));
    return texts(filter.json(), "multiRootEntityIds").stream()
        .map(id -> new EntityId(type, Request.uuid("multiRootEntityIds", id)))
        .toList();
  }

  /// A reference, or one of ThingsBoard's aliases for whoever asks.
  private static EntityId alias(String name, Fields filter) {
    var json = filter.object(name, JsonObject.EMPTY);
    var caller = Caller.current();
    var customer = caller.customerId();
    return switch (json.text("entityType", "")) {
      case "CURRENT_TENANT" -> caller.tenantId();
      case "CURRENT_USER" -> caller.userId();
      case "CURRENT_CUSTOMER", "CURRENT_USER_OWNER" ->
          customer == null ? caller.tenantId() : customer;
      default -> EntityJson.read(name, json);
    };
  }

  static List<String> texts(JsonObject json, String name) {
    return switch (json.get(name)) {
      case JsonArray list -> texts(list);
      case JsonString(var one) when !one.isEmpty() -> List.of(one);
      case JsonNull _ -> List.of();
      case null, default -> List.of();
    };
  }

  private static List<String> texts(JsonArray list) {
    var texts = new ArrayList<String>();
    for (JsonValue each : list.values()) {
      texts.add(each.asText());
    }
    return texts;
  }
}
