package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.access.Caller;
import io.millrace.store.entities.Document;
import io.millrace.store.entities.Documents;
import io.millrace.store.entities.EntityStore;
import io.millrace.wire.http.HttpError;
import java.util.List;
import java.util.Locale;

/// Widget types and bundles of them, kept for those who import ThingsBoard's.
final class WidgetsApi {
  private static final String TYPES = "widgetTypeIds"; // of a bundle, in its details

  private final EntityStore entities;

  WidgetsApi(EntityStore entities) {
    this.entities = entities;
  }

  void routes(RouteTable table) {
    documents(
        table,
        "widgetsBundle",
        "widgetsBundles",
        entities.widgetsBundles(),
        EntityType.WIDGETS_BUNDLE);
    documents(table, "widgetType", "widgetTypes", entities.widgetTypes(), EntityType.WIDGET_TYPE);
    table.get(
        "/api/widgetType",
        RouteTable.TENANT_OR_CUSTOMER,
        "A widget type by its `fqn`.",
        r ->
            Reply.of(
                json(
                    entities
                        .widgetTypes()
                        .findByAlias(Caller.current().tenantId(), r.required("fqn"))
                        .orElseThrow(HttpError::notFound))));
    table.get(
        "/api/widgetsBundle/{widgetsBundleId}/widgetTypes",
        RouteTable.TENANT_OR_CUSTOMER,
        "The widget types of a bundle.",
        r -> Reply.list(types(bundle(r)), WidgetsApi::json));
    table.post(
        "/api/widgetsBundle/{widgetsBundleId}/widgetTypes",
        RouteTable.TENANT,
        "Says which widget types a bundle has, by their ids.",
        this::setTypes);
  }

  private void documents(
      RouteTable table, String one, String many, Documents documents, EntityType type) {
    table.get(
        "/api/" + many,
        RouteTable.TENANT_OR_CUSTOMER,
        "The tenant's %s, a page of them or all.".formatted(many),
        r ->
            r.query("pageSize").isPresent()
                ? Reply.page(
                    documents.page(Caller.current().tenantId(), r.pageLink()), WidgetsApi::json)
                : Reply.list(documents.ofTenant(Caller.current().tenantId()), WidgetsApi::json));
    table.get(
        "/api/%s/{%sId}".formatted(one, one),
        RouteTable.TENANT_OR_CUSTOMER,
        "One of the " + many + ".",
        r -> Reply.of(json(document(documents, r.id(one + "Id", type)))));
    table.post(
        "/api/" + one,
        RouteTable.TENANT,
        "Makes one of the %s, or changes it.".formatted(many),
        r -> save(r, documents, type));
    table.delete(
        "/api/%s/{%sId}".formatted(one, one),
        RouteTable.TENANT,
        "Deletes one of the " + many + ".",
        r -> {
          documents.delete(document(documents, r.id(one + "Id", type)).id());
          return Reply.empty();
        });
  }

  private static Document document(Documents documents, EntityId id) {
    return documents
        .find(id)
        .filter(found -> found.tenantId().equals(Caller.current().tenantId()))
        .orElseThrow(() -> Guard.missing(id));
  }

  private Document bundle(Request request) {
    return document(
        entities.widgetsBundles(), request.id("widgetsBundleId", EntityType.WIDGETS_BUNDLE));
  }

  private List<Document> types(Document bundle) {
    return EntityFilter.texts(bundle.details(), TYPES).stream()
        .map(id -> new EntityId(EntityType.WIDGET_TYPE, Request.uuid(TYPES, id)))
        .flatMap(id -> entities.widgetTypes().find(id).stream())
        .filter(type -> type.tenantId().equals(bundle.tenantId()))
        .toList();
  }

  private Reply setTypes(Request request) {
    var bundle = bundle(request);
    if (!(request.bodyValue() instanceof JsonArray list)) {
      throw HttpError.badRequest("The body is not a list of widget types' ids");
    }
    for (JsonValue each : list.values()) {
      document(
          entities.widgetTypes(),
          new EntityId(EntityType.WIDGET_TYPE, Request.uuid("widgetTypeId", each.asText())));
    }
    entities
        .widgetsBundles()
        .save(
            new Document(
                bundle.id(),
                bundle.createdTime(),
                bundle.tenantId(),
                bundle.name(),
                bundle.alias(),
                bundle.details().with(TYPES, list),
                bundle.version()));
    return Reply.empty();
  }

  private Reply save(Request request, Documents documents, EntityType type) {
    var body = request.body();
    var known = body.id("id", type).map(id -> document(documents, id));
    var title = body.isAbsent("title") ? body.text("name") : body.text("title");
    var alias =
        body.optionalText("alias")
            .or(() -> body.optionalText("fqn"))
            .or(() -> known.map(Document::alias))
            .orElseGet(() -> title.toLowerCase(Locale.ROOT).replaceAll("[^\\p{Alnum}]+", "_"));
    var saved =
        documents.save(
            new Document(
                known.map(Document::id).orElseGet(() -> entities.newId(type)),
                known.map(Document::createdTime).orElse(0L),
                Caller.current().tenantId(),
                title,
                alias,
                EntityJson.details(
                    known.map(Document::details).orElse(JsonObject.EMPTY), body.json()),
                body.number("version").orElse(known.map(Document::version).orElse(0L))));
    return Reply.of(json(saved));
  }

  private static JsonObject json(Document document) {
    boolean isBundle = document.id().type() == EntityType.WIDGETS_BUNDLE;
    var json =
        JsonObject.builder()
            .put("id", EntityJson.id(document.id()))
            .put("createdTime", document.createdTime())
            .put("tenantId", EntityJson.id(document.tenantId()))
            .put("name", document.name());
    document
        .details()
        .forEach(
            (name, value) -> {
              if (!name.equals(TYPES)) {
                json.put(name, value);
              }
            });
    return json.put(
            isBundle ? "title" : "fqn",
            new JsonString(isBundle ? document.name() : document.alias()))
        .put("alias", document.alias())
        .put("version", document.version())
        .build();
  }
}
