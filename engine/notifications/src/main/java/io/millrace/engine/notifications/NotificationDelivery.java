package io.millrace.engine.notifications;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Clock;
import io.millrace.engine.pipeline.Delivery;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.OutsideCall;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.EntityStoreException;
import io.millrace.store.entities.Notification;
import io.millrace.store.entities.NotificationRequest;
import io.millrace.store.entities.User;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Finds out whom to tell and in which words, fills inboxes, and answers with the calls that tell
/// the rest. Each call may come twice, and then changes nothing the second time.
public final class NotificationDelivery implements Delivery {
  /// Kinds of account settings: of a user, and of a tenant.
  public static final String USER_SETTINGS = "notifications";

  private final Config config;
  private final EntityStore entities;
  private final Recipients recipients;
  private final Clock clock;

  public NotificationDelivery(Config config, EntityStore entities, Clock clock) {
    this.config = config;
    this.entities = entities;
    this.recipients = new Recipients(entities, config);
    this.clock = clock;
  }

  @Override
  public Answer deliver(OutsideCall call, String idempotencyKey) throws IOException {
    var request = call.request();
    var tenant = new EntityId(EntityType.TENANT, UUID.fromString(request.text("tenant", "")));
    try {
      return request.text(NotificationCall.DO, "").equals("note")
          ? note(tenant, request)
          : tell(tenant, request, idempotencyKey);
    } catch (EntityStoreException e) {
      throw new IOException("The inboxes could not be written: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      return Answer.failed(String.valueOf(e.getMessage()));
    }
  }

  private Answer tell(EntityId tenant, JsonObject request, String key) {
    var id =
        request.has("requestId")
            ? UUID.fromString(request.text("requestId", ""))
            : UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
    if (isRepeated(id, request)) {
      return new Answer(true, JsonObject.of("repeated", JsonBoolean.TRUE));
    }
    if (request.has("requestId") && entities.notifications().findRequest(tenant, id).isEmpty()) {
      return new Answer(true, JsonObject.EMPTY); // deleted meanwhile
    }
    var targets = request.get("targets") instanceof JsonArray list ? list : JsonArray.EMPTY;
    var templates = templates(tenant, request);
    var found = recipients.of(tenant, targets, request);
    var data = data(request);
    var inbox = new ArrayList<Notification>();
    var calls = new ArrayList<JsonValue>();
    for (var user : found.users().values()) {
      var words = with(data, user);
      var settings =
          entities.accountSettings().find(user.id(), USER_SETTINGS).orElse(JsonObject.EMPTY);
      if (isWanted(settings, request, "WEB")) {
        template(templates, "WEB")
            .ifPresent(web -> inbox.add(entry(id, user, web, words, request)));
      }
      if (isWanted(settings, request, "EMAIL")) {
        template(templates, "EMAIL")
            .ifPresent(mail -> calls.add(mail(id, user, mail, words, settings, request)));
      }
    }
    for (var place : found.places()) {
      place(id, tenant, place, templates, data, request).ifPresent(calls::add);
    }
    var stats = stats(inbox.size());
    entities
        .notifications()
        .add(
            new NotificationRequest(
                id, clock.millis(), tenant, request.text("ruleKey", ""), kept(request, stats)),
            inbox,
            config.inboxMax());
    if (request.has("requestId")) {
      entities.notifications().changeRequest(tenant, id, before -> told(before, stats));
    }
    return new Answer(
        true,
        JsonObject.builder()
            .put(NotificationCall.CALLS, new JsonArray(calls))
            .put("stats", stats)
            .put("requestId", id.toString())
            .build());
  }

  private boolean isRepeated(UUID id, JsonObject request) {
    var ruleKey = request.text("ruleKey", "");
    long seconds =
        request.get("deduplicationInSec") instanceof JsonLong(long given) && given >= 0
            ? given
            : config.deduplicationTime().toSeconds();
    long since = NotificationCall.number(request, "ts") - seconds * 1000;
    return !ruleKey.isEmpty()
        && seconds > 0
        && entities.notifications().isRepeated(ruleKey, since, id);
  }

  private JsonObject templates(EntityId tenant, JsonObject request) {
    var template =
        request.get("template") instanceof JsonObject inline
            ? inline
            : entities
                .notificationTemplates()
                .find(EntityId.of(EntityType.NOTIFICATION_TEMPLATE, request.text("templateId", "")))
                .filter(found -> found.tenantId().equals(tenant))
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "The notification template is not there any more; choose another."))
                .details();
    return template.get("configuration") instanceof JsonObject configuration
            && configuration.get("deliveryMethodsTemplates") instanceof JsonObject methods
        ? methods
        : JsonObject.EMPTY;
  }

  private static Optional<JsonObject> template(JsonObject templates, String method) {
    return templates.get(method) instanceof JsonObject template
            && template.get("enabled") != JsonBoolean.FALSE
        ? Optional.of(template)
        : Optional.empty();
  }

  private static Map<String, String> data(JsonObject request) {
    var data = new HashMap<String, String>();
    if (request.get("data") instanceof JsonObject given) {
      given.forEach((name, value) -> data.put(name, value.asText()));
    }
    return data;
  }

  private static Map<String, String> with(Map<String, String> data, User user) {
    var words = new HashMap<>(data);
    words.put("recipientTitle", title(user));
    words.put("recipientEmail", user.email());
    words.put("recipientFirstName", user.firstName());
    words.put("recipientLastName", user.lastName());
    return words;
  }

  static String title(User user) {
    var name = (user.firstName() + " " + user.lastName()).strip();
    return name.isEmpty() ? user.email() : name;
  }

  /// ThingsBoard: whatever a user has not switched off is wanted.
  private static boolean isWanted(JsonObject settings, JsonObject request, String method) {
    var prefs = settings.get("prefs") instanceof JsonObject given ? given : JsonObject.EMPTY;
    if (!(prefs.get(request.text("type", "GENERAL")) instanceof JsonObject pref)) {
      return true;
    }
    if (pref.get("enabled") == JsonBoolean.FALSE) {
      return false;
    }
    return !(pref.get("enabledDeliveryMethods") instanceof JsonObject methods)
        || methods.get(method) != JsonBoolean.FALSE;
  }

  private Notification entry(
      UUID request, User user, JsonObject template, Map<String, String> words, JsonObject told) {
    var id = request + " " + user.id().id();
    var details =
        JsonObject.builder()
            .put("type", told.text("type", "GENERAL"))
            .put("subject", Words.fill(template.text("subject", ""), words))
            .put("text", Words.fill(template.text("body", ""), words))
            .put("additionalConfig", filled(template.get("additionalConfig"), words))
            .put("info", NotificationInfo.orNull(told.get("info")))
            .build();
    return new Notification(
        UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)),
        clock.millis(),
        user.tenantId(),
        user.id(),
        request,
        false,
        details);
  }

  /// Texts inside of a button's settings are templates, too.
  private static JsonValue filled(
      @org.jspecify.annotations.Nullable JsonValue json, Map<String, String> words) {
    return switch (json) {
      case JsonObject object -> {
        var filled = JsonObject.builder();
        object.forEach((name, value) -> filled.put(name, filled(value, words)));
        yield filled.build();
      }
      case JsonString(var text) -> new JsonString(Words.fill(text, words));
      case null -> NotificationInfo.orNull(null);
      default -> json;
    };
  }

  private JsonObject mail(
      UUID request,
      User user,
      JsonObject template,
      Map<String, String> words,
      JsonObject settings,
      JsonObject told) {
    long now = clock.millis();
    long at =
        QuietHours.read(settings, config.timeZone())
            .map(quiet -> quiet.deliverAt(now, told.text("severity", "")))
            .orElse(now);
    var mail =
        JsonObject.builder()
            .put("to", user.email())
            .put("subject", Words.fill(template.text("subject", ""), words))
            .put("body", Words.fill(template.text("body", ""), words))
            .put("isHtml", true)
            .build();
    return call(NotificationCall.MAIL, mail, request, "EMAIL", title(user), at > now ? at : 0);
  }

  private static JsonObject call(
      String kind, JsonObject request, UUID of, String method, String recipient, long at) {
    var sent =
        JsonObject.builder()
            .put("requestId", of.toString())
            .put("method", method)
            .put("recipient", recipient)
            .build();
    return JsonObject.builder()
        .put("kind", kind)
        .put("request", request)
        .put("sent", sent)
        .put("at", at)
        .build();
  }

  private Optional<JsonValue> place(
      UUID id,
      EntityId tenant,
      JsonObject place,
      JsonObject templates,
      Map<String, String> words,
      JsonObject request) {
    return switch (place.text("type", "")) {
      case "SLACK" ->
          template(templates, "SLACK").map(slack -> slack(id, tenant, place, slack, words));
      case "MICROSOFT_TEAMS" ->
          template(templates, "MICROSOFT_TEAMS").map(teams -> teams(id, place, teams, words));
      case "WEBHOOK" ->
          template(templates, "WEBHOOK")
              .or(() -> template(templates, "WEB"))
              .map(web -> webhook(id, place, web, words, request));
      default -> Optional.empty();
    };
  }

  private JsonObject slack(
      UUID id, EntityId tenant, JsonObject place, JsonObject template, Map<String, String> words) {
    var conversation =
        place.get("conversation") instanceof JsonObject given ? given : JsonObject.EMPTY;
    var settings = TenantNotificationSettings.of(entities, tenant);
    var url = settings.text("url", "https://slack.com/api/chat.postMessage");
    var headers =
        JsonObject.builder()
            .put("Content-Type", "application/json; charset=utf-8")
            .put("Authorization", "Bearer " + settings.text("botToken", ""))
            .build();
    var body =
        JsonObject.builder()
            .put("channel", conversation.text("id", ""))
            .put("text", Words.fill(template.text("body", ""), words))
            .build();
    return call(
        OutsideCall.HTTP, post(url, headers, body), id, "SLACK", conversation.text("name", ""), 0);
  }

  private static JsonObject teams(
      UUID id, JsonObject place, JsonObject template, Map<String, String> words) {
    var body =
        JsonObject.builder()
            .put("title", Words.fill(template.text("subject", ""), words))
            .put("text", Words.fill(template.text("body", ""), words))
            .build();
    return call(
        OutsideCall.HTTP,
        post(place.text("webhookUrl", ""), jsonHeaders(JsonObject.EMPTY), body),
        id,
        "MICROSOFT_TEAMS",
        place.text("channelName", ""),
        0);
  }

  private static JsonObject webhook(
      UUID id,
      JsonObject place,
      JsonObject template,
      Map<String, String> words,
      JsonObject request) {
    var headers = place.get("headers") instanceof JsonObject given ? given : JsonObject.EMPTY;
    var body =
        JsonObject.builder()
            .put("type", request.text("type", "GENERAL"))
            .put("subject", Words.fill(template.text("subject", ""), words))
            .put("text", Words.fill(template.text("body", ""), words))
            .put("info", NotificationInfo.orNull(request.get("info")))
            .build();
    var url = place.text("url", "");
    return call(OutsideCall.HTTP, post(url, jsonHeaders(headers), body), id, "WEBHOOK", url, 0);
  }

  private static JsonObject jsonHeaders(JsonObject more) {
    return more.with("Content-Type", new JsonString("application/json; charset=utf-8"));
  }

  private static JsonObject post(String url, JsonObject headers, JsonObject body) {
    return JsonObject.builder()
        .put("method", "POST")
        .put("url", url)
        .put("headers", headers)
        .put("body", body.toString())
        .build();
  }

  private static JsonObject stats(int inboxes) {
    var sent = JsonObject.builder();
    if (inboxes > 0) {
      sent.put("WEB", inboxes);
    }
    return JsonObject.builder()
        .put("sent", sent.build())
        .put("errors", JsonObject.EMPTY)
        .put("totalErrors", 0)
        .build();
  }

  private static JsonObject kept(JsonObject request, JsonObject stats) {
    return request
        .without("tenant")
        .without(NotificationCall.DO)
        .without("data")
        .without("ruleKey")
        .toBuilder()
        .put("status", "SENT")
        .put("stats", stats)
        .build();
  }

  private static JsonObject told(JsonObject before, JsonObject stats) {
    return before.toBuilder().put("status", "SENT").put("stats", stats).build();
  }

  /// Counts what became of one recipient; ThingsBoard's NotificationRequestStats.
  private Answer note(EntityId tenant, JsonObject request) {
    var method = request.text("method", "");
    var recipient = request.text("recipient", "");
    var error = request.text("error", "");
    entities
        .notifications()
        .changeRequest(
            tenant,
            UUID.fromString(request.text("requestId", "")),
            details -> {
              var stats = details.get("stats") instanceof JsonObject known ? known : stats(0);
              return details.with("stats", counted(stats, method, recipient, error));
            });
    return new Answer(true, JsonObject.EMPTY);
  }

  private static JsonObject counted(
      JsonObject stats, String method, String recipient, String error) {
    if (error.isEmpty()) {
      var sent = stats.get("sent") instanceof JsonObject known ? known : JsonObject.EMPTY;
      long before = NotificationCall.number(sent, method);
      return stats.with("sent", sent.with(method, new JsonLong(before + 1)));
    }
    var errors = stats.get("errors") instanceof JsonObject known ? known : JsonObject.EMPTY;
    var ofMethod = errors.get(method) instanceof JsonObject known ? known : JsonObject.EMPTY;
    return stats
        .with("errors", errors.with(method, ofMethod.with(recipient, new JsonString(error))))
        .with("totalErrors", new JsonLong(NotificationCall.number(stats, "totalErrors") + 1));
  }
}
