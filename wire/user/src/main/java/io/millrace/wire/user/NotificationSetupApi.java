package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.access.Caller;
import io.millrace.engine.notifications.Recipients;
import io.millrace.store.entities.Document;
import io.millrace.store.entities.Documents;
import io.millrace.store.entities.EntityStore;
import io.millrace.wire.http.HttpError;
import java.util.List;
import java.util.Locale;

/// Notification targets, templates and rules.
final class NotificationSetupApi {
  private final EntityStore entities;
  private final Recipients recipients;

  NotificationSetupApi(EntityStore entities, Recipients recipients) {
    this.entities = entities;
    this.recipients = recipients;
  }

  /// Refuses what cannot work; the message names the field.
  private interface Check {
    void on(Fields body);
  }

  void routes(RouteTable table) {
    documents(
        table,
        "target",
        entities.notificationTargets(),
        EntityType.NOTIFICATION_TARGET,
        this::checkTarget);
    documents(
        table,
        "template",
        entities.notificationTemplates(),
        EntityType.NOTIFICATION_TEMPLATE,
        NotificationSetupApi::checkTemplate);
    documents(
        table, "rule", entities.notificationRules(), EntityType.NOTIFICATION_RULE, this::checkRule);
    table.query(
        "/api/notification/target/recipients",
        RouteTable.TENANT,
        "Users whom a target that is being made would reach.",
        this::users);
    table.get(
        "/api/notification/targets/list",
        RouteTable.TENANT,
        "Targets by their `ids`.",
        r ->
            Reply.list(
                r.list("ids").stream()
                    .map(
                        id -> new EntityId(EntityType.NOTIFICATION_TARGET, Request.uuid("ids", id)))
                    .map(id -> document(entities.notificationTargets(), id))
                    .toList(),
                NotificationSetupApi::json));
  }

  private void documents(
      RouteTable table, String one, Documents documents, EntityType type, Check check) {
    var path = "/api/notification/" + one;
    var parameter = "notification" + Character.toUpperCase(one.charAt(0)) + one.substring(1) + "Id";
    table.get(
        path + "s",
        RouteTable.TENANT,
        "The tenant's notification %ss.".formatted(one),
        r ->
            Reply.page(
                documents.page(Caller.current().tenantId(), r.pageLink()),
                NotificationSetupApi::json));
    table.get(
        "%s/{%s}".formatted(path, parameter),
        RouteTable.TENANT,
        "A notification %s.".formatted(one),
        r -> Reply.of(json(document(documents, r.id(parameter, type)))));
    table.post(
        path,
        RouteTable.TENANT,
        "Makes a notification %s, or changes one.".formatted(one),
        r -> save(r, documents, type, check));
    table.delete(
        "%s/{%s}".formatted(path, parameter),
        RouteTable.TENANT,
        "Deletes a notification %s.".formatted(one),
        r -> {
          documents.delete(document(documents, r.id(parameter, type)).id());
          return Reply.empty();
        });
  }

  private static Document document(Documents documents, EntityId id) {
    return documents
        .find(id)
        .filter(found -> found.tenantId().equals(Caller.current().tenantId()))
        .orElseThrow(() -> Guard.missing(id));
  }

  private Reply save(Request request, Documents documents, EntityType type, Check check) {
    var body = request.body();
    var known = body.id("id", type).map(id -> document(documents, id));
    check.on(body);
    var name = body.text("name");
    var saved =
        documents.save(
            new Document(
                known.map(Document::id).orElseGet(() -> entities.newId(type)),
                known.map(Document::createdTime).orElse(0L),
                Caller.current().tenantId(),
                name,
                name,
                EntityJson.details(
                    known.map(Document::details).orElse(JsonObject.EMPTY), body.json()),
                body.number("version").orElse(known.map(Document::version).orElse(0L))));
    return Reply.of(json(saved));
  }

  private void checkTarget(Fields body) {
    var configuration = new Fields(body.object("configuration", JsonObject.EMPTY));
    var type = configuration.text("type", "");
    switch (type) {
      case "PLATFORM_USERS" -> {
        var filter = new Fields(configuration.object("usersFilter", JsonObject.EMPTY));
        switch (filter.text("type", "")) {
          case "USER_LIST", "CUSTOMER_USERS" -> users(configuration.json());
          case "TENANT_ADMINISTRATORS",
              "ALL_USERS",
              "ORIGINATOR_ENTITY_OWNER_USERS",
              "AFFECTED_USER" -> {}
          default ->
              throw HttpError.badField(
                  "usersFilter.type",
                  "is '%s'; USER_LIST, CUSTOMER_USERS, TENANT_ADMINISTRATORS, ALL_USERS, ORIGINATOR_ENTITY_OWNER_USERS and AFFECTED_USER are known"
                      .formatted(filter.text("type", "")));
        }
      }
      case "SLACK" -> new Fields(configuration.object("conversation", JsonObject.EMPTY)).text("id");
      case "MICROSOFT_TEAMS" -> url(configuration, "webhookUrl");
      case "WEBHOOK" -> url(configuration, "url");
      default ->
          throw HttpError.badField(
              "configuration.type",
              "is '%s'; PLATFORM_USERS, SLACK, MICROSOFT_TEAMS and WEBHOOK are known"
                  .formatted(type));
    }
  }

  private static void url(Fields configuration, String name) {
    var url = configuration.text(name, "");
    if (!url.startsWith("http://") && !url.startsWith("https://")) {
      throw HttpError.badField(name, "is '%s', not an http or https address".formatted(url));
    }
  }

  private List<io.millrace.store.entities.User> users(JsonObject configuration) {
    try {
      return recipients
          .users(Caller.current().tenantId(), configuration, JsonObject.EMPTY)
          .toList();
    } catch (IllegalArgumentException e) {
      throw HttpError.badField("usersFilter", "names something that is no id: " + e.getMessage());
    }
  }

  private Reply users(Request request) {
    var configuration = request.body().object("configuration", JsonObject.EMPTY);
    return Reply.slice(users(configuration), request.pageLink(), UserJson::brief);
  }

  private static void checkTemplate(Fields body) {
    body.text("notificationType");
    var methods =
        new Fields(body.object("configuration", JsonObject.EMPTY))
            .object("deliveryMethodsTemplates", JsonObject.EMPTY);
    if (methods.isEmpty()) {
      throw HttpError.badField("deliveryMethodsTemplates", "should be specified!");
    }
    methods.forEach(
        (method, template) -> {
          if (!(template instanceof JsonObject json) || json.text("body", "").isBlank()) {
            throw HttpError.badField(
                method.toLowerCase(Locale.ROOT) + ".body", "should be specified!");
          }
        });
  }

  private void checkRule(Fields body) {
    var type = body.text("triggerType");
    var template =
        body.id("templateId", EntityType.NOTIFICATION_TEMPLATE)
            .orElseThrow(() -> HttpError.badField("templateId", "should be specified!"));
    document(entities.notificationTemplates(), template);
    var trigger = body.object("triggerConfig", JsonObject.EMPTY);
    var recipientsConfig = body.object("recipientsConfig", JsonObject.EMPTY);
    for (var part : List.of(trigger, recipientsConfig)) {
      if (!part.text("triggerType", type).equals(type)) {
        throw HttpError.badField("triggerType", "is not the same everywhere");
      }
    }
    if (recipientsConfig.get("escalationTable") instanceof JsonObject table && !table.isEmpty()) {
      table.forEach(NotificationSetupApi::checkStep);
    } else {
      checkTargets(
          recipientsConfig.get("targets") instanceof JsonArray list ? list : JsonArray.EMPTY);
    }
  }

  private static void checkStep(String delay, io.millrace.base.json.JsonValue targets) {
    if (!delay.matches("[0-9]{1,9}") || !(targets instanceof JsonArray list)) {
      throw HttpError.badField(
          "escalationTable",
          "has seconds as names and lists of targets; '%s' is none".formatted(delay));
    }
    checkTargets(list);
  }

  private static void checkTargets(JsonArray targets) {
    if (targets.size() == 0) {
      throw HttpError.badField("targets", "should be specified!");
    }
    targets.values().forEach(id -> Request.uuid("targets", id.asText()));
  }

  private static JsonObject json(Document document) {
    var json =
        JsonObject.builder()
            .put("id", EntityJson.id(document.id()))
            .put("createdTime", document.createdTime())
            .put("tenantId", EntityJson.id(document.tenantId()))
            .put("name", new JsonString(document.name()))
            .put("externalId", JsonNull.NULL);
    document.details().forEach(json::put);
    return json.put("version", document.version()).build();
  }
}
