package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.access.Caller;
import io.millrace.engine.notifications.NotificationCall;
import io.millrace.engine.notifications.NotificationDelivery;
import io.millrace.engine.notifications.QuietHours;
import io.millrace.engine.notifications.Recipients;
import io.millrace.engine.notifications.TenantNotificationSettings;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.Notification;
import io.millrace.store.entities.NotificationRequest;
import io.millrace.store.entities.Notifications;
import io.millrace.store.entities.PageLink;
import io.millrace.store.entities.Tenant;
import io.millrace.wire.http.HttpError;
import java.util.List;
import java.util.stream.Stream;

/// The caller's inbox, what the tenant tells people, and who wants to hear what.
final class NotificationsApi {
  private static final long DELAY_SECONDS_MAX = 604_800; // a week, as ThingsBoard has it
  private static final List<String> METHODS =
      List.of("WEB", "EMAIL", "SLACK", "MICROSOFT_TEAMS", "WEBHOOK");

  private final EntityStore entities;
  private final Notifications notifications;
  private final Recipients recipients;
  private final EngineWrites engine;

  NotificationsApi(EntityStore entities, Recipients recipients, EngineWrites engine) {
    this.entities = entities;
    this.notifications = entities.notifications();
    this.recipients = recipients;
    this.engine = engine;
  }

  void routes(RouteTable table) {
    inbox(table);
    requests(table);
    settings(table);
  }

  private void inbox(RouteTable table) {
    var all = RouteTable.SIGNED_IN;
    table.get("/api/notifications", all, "The caller's inbox, newest first.", this::page);
    table.get(
        "/api/notifications/unread/count",
        all,
        "How many in the caller's inbox are unread.",
        _ -> Reply.of(new JsonLong(notifications.unread(Caller.current().userId()))));
    table.own(
        "PUT",
        "/api/notification/{notificationId}/read",
        all,
        "Marks one of the caller's inbox as read.",
        r ->
            done(
                notifications.markRead(Caller.current().userId(), r.uuid("notificationId")),
                r.id("notificationId", EntityType.NOTIFICATION)));
    table.own(
        "PUT",
        "/api/notifications/read",
        all,
        "Marks all of the caller's inbox as read.",
        _ -> {
          notifications.markAllRead(Caller.current().userId());
          return Reply.empty();
        });
    table.own(
        "DELETE",
        "/api/notification/{notificationId}",
        all,
        "Deletes one of the caller's inbox.",
        r ->
            done(
                notifications.delete(Caller.current().userId(), r.uuid("notificationId")),
                r.id("notificationId", EntityType.NOTIFICATION)));
  }

  private static Reply done(boolean isDone, EntityId id) {
    if (!isDone) {
      throw Guard.missing(id);
    }
    return Reply.empty();
  }

  private Reply page(Request request) {
    var link = request.pageLink();
    var newest =
        request.query("sortOrder").isPresent()
            ? link
            : new PageLink(link.pageSize(), link.page(), link.textSearch(), "createdTime", false);
    return Reply.page(
        notifications.page(Caller.current().userId(), request.flag("unreadOnly", false), newest),
        NotificationsApi::json);
  }

  private void requests(RouteTable table) {
    table.post(
        "/api/notification/request",
        RouteTable.TENANT,
        "Tells targets something, now or later: {targets, templateId|template, info,"
            + " additionalConfig}.",
        this::tell);
    table.query(
        "/api/notification/request/preview",
        RouteTable.TENANT,
        "Whom a request would reach.",
        this::preview);
    table.get(
        "/api/notification/request/{notificationRequestId}",
        RouteTable.TENANT,
        "A request and what became of it.",
        r -> Reply.of(json(request(r))));
    table.get(
        "/api/notification/requests",
        RouteTable.TENANT,
        "What the tenant has told people.",
        r ->
            Reply.page(
                notifications.requests(Caller.current().tenantId(), r.pageLink()),
                NotificationsApi::json));
    table.delete(
        "/api/notification/request/{notificationRequestId}",
        RouteTable.TENANT,
        "Deletes a request; one that is still to be told is not told.",
        r -> {
          var found = request(r);
          notifications.deleteRequest(found.tenantId(), found.id());
          return Reply.empty();
        });
  }

  private NotificationRequest request(Request request) {
    var id = request.id("notificationRequestId", EntityType.NOTIFICATION_REQUEST);
    return notifications
        .findRequest(Caller.current().tenantId(), id.id())
        .orElseThrow(() -> Guard.missing(id));
  }

  private Reply tell(Request request) throws Exception {
    var body = request.body();
    var targets = targets(body);
    var tenant = Caller.current().tenantId();
    if (!(body.json().get("template") instanceof JsonObject)) {
      var _ =
          body.id("templateId", EntityType.NOTIFICATION_TEMPLATE)
              .flatMap(id -> entities.notificationTemplates().find(id))
              .filter(found -> found.tenantId().equals(tenant))
              .orElseThrow(
                  () -> HttpError.badField("templateId", "names no template; or send template"));
    }
    long delay =
        new Fields(body.object("additionalConfig", JsonObject.EMPTY))
            .number("sendingDelayInSec")
            .orElse(0);
    if (delay < 0 || delay > DELAY_SECONDS_MAX) {
      throw HttpError.badField(
          "sendingDelayInSec", "is %d, not 0 to %d".formatted(delay, DELAY_SECONDS_MAX));
    }
    var id = engine.newId();
    var kept =
        body.json()
            .without("id")
            .with("status", new JsonString(delay > 0 ? "SCHEDULED" : "PROCESSING"));
    var made = new NotificationRequest(id, engine.now(), tenant, "", kept);
    notifications.add(made, List.of(), 1);
    var work = work(body.json(), targets, made, delay);
    engine.on(
        tenant,
        batch -> {
          engine.tellInside(batch, tenant, work);
          return true;
        });
    return Reply.of(json(made));
  }

  private io.millrace.engine.rules.RuleMessage work(
      JsonObject body, JsonArray targets, NotificationRequest made, long delaySeconds) {
    var template = body.get("templateId") instanceof JsonObject id ? id.text("id", "") : "";
    var tell =
        JsonObject.builder()
            .put("type", "GENERAL")
            .put("targets", targets)
            .put("templateId", template)
            .put("requestId", made.id().toString())
            .put("info", info(body))
            .put("ts", engine.now())
            .put("at", engine.now() + delaySeconds * 1000);
    if (body.get("template") instanceof JsonObject inline) {
      tell.put("template", inline);
    }
    return NotificationCall.later(engine.newId(), engine.now(), made.tenantId(), tell.build());
  }

  private static JsonValue info(JsonObject body) {
    return body.get("info") instanceof JsonObject info
        ? info
        : JsonObject.of("type", new JsonString("GENERAL"));
  }

  private static JsonArray targets(Fields body) {
    if (body.json().get("targets") instanceof JsonArray list && list.size() > 0) {
      list.values().forEach(id -> Request.uuid("targets", id.asText()));
      return list;
    }
    throw HttpError.badField("targets", "should be specified!");
  }

  private Reply preview(Request request) {
    var body = request.body();
    var users = recipients.preview(Caller.current().tenantId(), targets(body));
    return Reply.of(
        JsonObject.builder()
            .put("totalRecipientsCount", users.size())
            .put(
                "recipientsPreview",
                new JsonArray(
                    users.stream()
                        .limit(20)
                        .<JsonValue>map(u -> new JsonString(u.email()))
                        .toList()))
            .build());
  }

  private void settings(RouteTable table) {
    table.get(
        "/api/notification/settings",
        RouteTable.TENANT,
        "How the tenant reaches Slack.",
        _ -> Reply.of(TenantNotificationSettings.json(entities, Caller.current().tenantId())));
    table.administer(
        "POST",
        "/api/notification/settings",
        RouteTable.TENANT,
        "Says how the tenant reaches Slack.",
        this::saveSettings);
    table.get(
        "/api/notification/deliveryMethods",
        RouteTable.SIGNED_IN,
        "Ways in which people can be told.",
        _ -> Reply.list(METHODS, JsonString::new));
    table.get(
        "/api/notification/settings/user",
        RouteTable.SIGNED_IN,
        "What the caller wants to hear of, and when not.",
        _ ->
            Reply.of(
                entities
                    .accountSettings()
                    .find(Caller.current().userId(), NotificationDelivery.USER_SETTINGS)
                    .orElse(JsonObject.of("prefs", JsonObject.EMPTY))));
    table.own(
        "POST",
        "/api/notification/settings/user",
        RouteTable.SIGNED_IN,
        "Says what the caller wants to hear of, and when not (quietHours).",
        this::saveUserSettings);
  }

  private Reply saveSettings(Request request) {
    var tenant = entities.tenants().find(Caller.current().tenantId()).orElseThrow();
    var settings = request.bodyObject();
    entities
        .tenants()
        .save(
            new Tenant(
                tenant.id(),
                tenant.createdTime(),
                tenant.title(),
                tenant.region(),
                tenant.contact(),
                tenant.additionalInfo().with(TenantNotificationSettings.MEMBER, settings),
                tenant.version()));
    return Reply.of(settings);
  }

  private Reply saveUserSettings(Request request) {
    var settings = request.bodyObject();
    try {
      QuietHours.read(settings, "UTC");
    } catch (IllegalArgumentException e) {
      throw HttpError.badRequest(String.valueOf(e.getMessage()));
    }
    entities
        .accountSettings()
        .save(Caller.current().userId(), NotificationDelivery.USER_SETTINGS, settings);
    return Reply.of(settings);
  }

  static JsonObject json(Notification notification) {
    var json =
        JsonObject.builder()
            .put("id", id(EntityType.NOTIFICATION, notification.id()))
            .put("createdTime", notification.createdTime())
            .put("requestId", id(EntityType.NOTIFICATION_REQUEST, notification.requestId()))
            .put("recipientId", EntityJson.id(notification.userId()))
            .put("deliveryMethod", "WEB")
            .put("status", notification.isRead() ? "READ" : "SENT");
    Stream.of("type", "subject", "text", "additionalConfig", "info")
        .forEach(
            name -> {
              var value = notification.details().get(name);
              json.put(name, value == null ? JsonNull.NULL : value);
            });
    return json.build();
  }

  private static JsonObject json(NotificationRequest request) {
    var json =
        JsonObject.builder()
            .put("id", id(EntityType.NOTIFICATION_REQUEST, request.id()))
            .put("createdTime", request.createdTime())
            .put("tenantId", EntityJson.id(request.tenantId()));
    request.details().forEach(json::put);
    return json.build();
  }

  private static JsonObject id(EntityType type, java.util.UUID id) {
    return EntityJson.id(new EntityId(type, id));
  }
}
