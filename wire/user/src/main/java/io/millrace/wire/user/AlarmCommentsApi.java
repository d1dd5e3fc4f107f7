package io.millrace.wire.user;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Ids;
import io.millrace.engine.access.Caller;
import io.millrace.engine.alarms.Alarm;
import io.millrace.engine.alarms.Alarms;
import io.millrace.store.entities.AlarmComment;
import io.millrace.store.entities.AlarmComments;
import io.millrace.store.entities.EntityStore;
import io.millrace.wire.http.HttpError;
import java.util.UUID;

/// What people say of alarms.
final class AlarmCommentsApi {
  private static final int TEXT_LENGTH_MAX = 10_000;

  private final Guard guard;
  private final Alarms alarms;
  private final AlarmComments comments;
  private final EntityStore entities;
  private final EngineWrites engine;
  private final Clock clock;
  private final Ids ids;

  AlarmCommentsApi(
      Guard guard, Alarms alarms, EntityStore entities, EngineWrites engine, Clock clock, Ids ids) {
    this.guard = guard;
    this.alarms = alarms;
    this.comments = entities.alarmComments();
    this.entities = entities;
    this.engine = engine;
    this.clock = clock;
    this.ids = ids;
  }

  void routes(RouteTable table) {
    var allowed = RouteTable.TENANT_OR_CUSTOMER;
    table.get(
        "/api/alarm/{alarmId}/comment",
        allowed,
        "What was said of an alarm.",
        r -> Reply.page(comments.page(alarm(r).id(), r.pageLink()), this::json));
    table.get(
        "/api/users/assign/{alarmId}",
        allowed,
        "Users that an alarm can be assigned to.",
        this::assignable);
    table.post(
        "/api/alarm/{alarmId}/comment",
        allowed,
        "Says something of an alarm, or changes what the caller said.",
        this::save);
    table.delete(
        "/api/alarm/{alarmId}/comment/{commentId}",
        allowed,
        "Takes back what the caller said of an alarm.",
        this::delete);
  }

  private Alarm alarm(Request request) {
    var id = request.uuid("alarmId");
    var missing = Guard.missing(new EntityId(EntityType.ALARM, id));
    var alarm = alarms.find(id).orElseThrow(() -> missing);
    if (!alarm.tenantId().equals(Caller.current().tenantId())) {
      throw missing;
    }
    guard.tenantOf(alarm.originator());
    return alarm;
  }

  private Reply assignable(Request request) {
    alarm(request);
    var caller = Caller.current();
    var customer = caller.customerId();
    return Reply.page(
        customer == null
            ? entities.users().page(caller.tenantId(), request.pageLink())
            : entities.users().pageOfCustomer(customer, request.pageLink()),
        UserJson::brief);
  }

  private Reply save(Request request) {
    var alarm = alarm(request);
    var body = request.body();
    var said = said(body);
    var given = body.object("id", JsonObject.EMPTY).text("id", "");
    var before = given.isEmpty() ? null : own(alarm, Request.uuid("id", given));
    var comment =
        new AlarmComment(
            before == null ? ids.next() : before.id(),
            before == null ? clock.millis() : before.createdTime(),
            alarm.tenantId(),
            alarm.id(),
            Caller.current().userId(),
            before == null ? said : edited(said));
    comments.save(comment);
    var type = before == null ? "COMMENT_CREATED" : "COMMENT_UPDATED";
    var metadata = JsonObject.of("comment", new JsonString(said.text("text", "")));
    engine.send(alarm.tenantId(), engine.event(alarm.originator(), type, metadata, alarm.toJson()));
    return Reply.of(json(comment));
  }

  private static JsonObject said(Fields body) {
    var said = body.object("comment", JsonObject.EMPTY);
    var text = said.text("text", "");
    if (text.isBlank() || text.length() > TEXT_LENGTH_MAX) {
      throw HttpError.badField(
          "comment.text",
          "has %d characters, not 1 to %d".formatted(text.length(), TEXT_LENGTH_MAX));
    }
    return said;
  }

  private JsonObject edited(JsonObject said) {
    return said.toBuilder().put("edited", true).put("editedOn", clock.millis()).build();
  }

  /// A comment that the caller made.
  private AlarmComment own(Alarm alarm, UUID id) {
    var comment =
        comments
            .find(id)
            .filter(found -> found.alarmId().equals(alarm.id()))
            .orElseThrow(() -> HttpError.notFound("There is no comment " + id));
    if (!Caller.current().userId().equals(comment.userId())) {
      throw HttpError.forbidden();
    }
    return comment;
  }

  // ThingsBoard: a deleted comment stays, as one of the system that says so
  private Reply delete(Request request) {
    var alarm = alarm(request);
    var comment = own(alarm, request.uuid("commentId"));
    var text = "User %s deleted his comment".formatted(Caller.current().email());
    comments.save(
        new AlarmComment(
            comment.id(),
            comment.createdTime(),
            comment.tenantId(),
            comment.alarmId(),
            null,
            JsonObject.of("text", new JsonString(text))));
    return Reply.empty();
  }

  private JsonObject json(AlarmComment comment) {
    var user = comment.userId();
    var by = user == null ? null : entities.users().find(user).orElse(null);
    return JsonObject.builder()
        .put("id", JsonObject.of("id", new JsonString(comment.id().toString())))
        .put("createdTime", comment.createdTime())
        .put("alarmId", EntityJson.id(new EntityId(EntityType.ALARM, comment.alarmId())))
        .put("userId", EntityJson.idOrNull(user))
        .put("type", user == null ? "SYSTEM" : "OTHER")
        .put("comment", comment.comment())
        .put("email", text(by == null ? "" : by.email()))
        .put("firstName", text(by == null ? "" : by.firstName()))
        .put("lastName", text(by == null ? "" : by.lastName()))
        .build();
  }

  private static JsonValue text(String text) {
    return EntityJson.textOrNull(text);
  }
}
