package io.millrace.wire.user;

import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.runtime.Ids;
import io.millrace.engine.access.Caller;
import io.millrace.engine.notifications.MailSettings;
import io.millrace.engine.notifications.NotificationCall;
import io.millrace.engine.rules.OutsideCall;
import io.millrace.store.entities.EntityStore;
import io.millrace.wire.http.HttpError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// The system's mail server: ThingsBoard's AdminSettings of the key `mail`. The password is never
/// shown; what is saved without one keeps it.
final class MailSettingsApi {
  private static final String PATH = "/api/admin/settings";
  private static final String KEY = "mail";
  private static final String PASSWORD = "password";

  private final EntityStore entities;
  private final MailSettings settings;
  private final UserApi.Mail mail;
  private final Ids ids;

  MailSettingsApi(EntityStore entities, UserApi.Mail mail, Ids ids) {
    this.entities = entities;
    this.settings = new MailSettings(entities);
    this.mail = mail;
    this.ids = ids;
  }

  void routes(RouteTable table) {
    table.get(
        PATH + "/" + KEY,
        RouteTable.SYSTEM,
        "The system's mail server, without its password.",
        _ -> Reply.of(json(inUse())));
    table.administer(
        "POST",
        PATH,
        RouteTable.SYSTEM,
        "Saves the system's mail server: {key: \"mail\", jsonValue}.",
        this::save);
    table.administer(
        "POST",
        PATH + "/testMail",
        RouteTable.SYSTEM,
        "Sends the caller a mail by these settings, which are not saved.",
        this::test);
  }

  private JsonObject inUse() {
    return settings.stored().orElseGet(mail::settings);
  }

  private Reply save(Request request) {
    var checked = checked(request.body());
    settings.save(checked);
    return Reply.of(json(checked));
  }

  private Reply test(Request request) {
    var server = checked(request.body());
    var user = entities.users().find(Caller.current().userId()).orElseThrow();
    var call =
        JsonObject.builder()
            .put("to", user.email())
            .put("subject", "Test message from Millrace")
            .put("body", "Mail arrives: the mail server takes it from Millrace.")
            .put("server", server)
            .build();
    try {
      var answer =
          mail.delivery()
              .deliver(new OutsideCall(NotificationCall.MAIL, call), ids.next().toString());
      if (!answer.delivered()) {
        throw unsent(answer.result().text("error", ""));
      }
    } catch (IOException e) {
      throw unsent(String.valueOf(e.getMessage()));
    }
    return Reply.empty();
  }

  private static HttpError unsent(String why) {
    return HttpError.badRequest("Unable to send mail: " + why);
  }

  /// What was sent, with the known password when it brings none, as ThingsBoard's pages do.
  private JsonObject checked(Fields body) {
    if (!body.text("key", KEY).equals(KEY)) {
      throw HttpError.badField("key", "is '%s'; mail is known".formatted(body.text("key", "")));
    }
    var json = body.object("jsonValue", JsonObject.EMPTY);
    var fields = new Fields(json);
    fields.text("smtpHost");
    fields.text("mailFrom");
    if (!fields.text("smtpProtocol", "smtp").matches("smtps?")) {
      throw HttpError.badField("smtpProtocol", "is neither smtp nor smtps");
    }
    check(json, "smtpPort", 1, 65_535);
    check(json, "timeout", 1, 600_000);
    var known = inUse().get(PASSWORD);
    return json.has(PASSWORD) || known == null ? json : json.with(PASSWORD, known);
  }

  /// ThingsBoard's pages send numbers as text, too.
  private static void check(JsonObject json, String name, long least, long most) {
    long number =
        switch (json.get(name)) {
          case JsonLong(long given) -> given;
          case JsonString(var text) when text.matches("[0-9]{1,9}") -> Long.parseLong(text);
          case null -> least;
          default -> -1;
        };
    if (number < least || number > most) {
      throw HttpError.badField(name, "is %s, not %d to %d".formatted(json.get(name), least, most));
    }
  }

  private static JsonObject json(JsonObject value) {
    var id = UUID.nameUUIDFromBytes(KEY.getBytes(StandardCharsets.UTF_8));
    return JsonObject.builder()
        .put("id", JsonObject.of("id", new JsonString(id.toString())))
        .put("createdTime", 0)
        .put("tenantId", EntityJson.id(EntityStore.SYSTEM_TENANT))
        .put("key", KEY)
        .put("jsonValue", value.without(PASSWORD))
        .build();
  }
}
