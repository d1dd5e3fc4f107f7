package io.millrace.engine.alarms;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// ThingsBoard's JSON of an alarm, also the form in which it is stored.
final class AlarmJson {
  private AlarmJson() {}

  static JsonObject of(Alarm alarm) {
    return JsonObject.builder()
        .add("id", id(new EntityId(EntityType.ALARM, alarm.id())))
        .add("createdTime", new JsonLong(alarm.createdTime()))
        .add("tenantId", id(alarm.tenantId()))
        .add("customerId", id(alarm.customerId()))
        .add("type", new JsonString(alarm.type()))
        .add("originator", id(alarm.originator()))
        .add("severity", new JsonString(alarm.severity().name()))
        .add("acknowledged", JsonBoolean.of(alarm.acknowledged()))
        .add("cleared", JsonBoolean.of(alarm.cleared()))
        .add("assigneeId", id(alarm.assigneeId()))
        .add("startTs", new JsonLong(alarm.startTs()))
        .add("endTs", new JsonLong(alarm.endTs()))
        .add("ackTs", new JsonLong(alarm.ackTs()))
        .add("clearTs", new JsonLong(alarm.clearTs()))
        .add("assignTs", new JsonLong(alarm.assignTs()))
        .add("details", alarm.details())
        .add("propagate", JsonBoolean.of(alarm.propagation().toRelated()))
        .add("propagateToOwner", JsonBoolean.of(alarm.propagation().toOwner()))
        .add("propagateToTenant", JsonBoolean.of(alarm.propagation().toTenant()))
        .add("propagateRelationTypes", texts(alarm.propagation().relationTypes()))
        .add("name", new JsonString(alarm.type()))
        .add("status", new JsonString(alarm.status().name()))
        .build();
  }

  static Alarm read(JsonObject json) {
    return new Alarm(
        UUID.fromString(id(json, "id").id().toString()),
        number(json, "createdTime"),
        id(json, "tenantId"),
        optionalId(json, "customerId"),
        id(json, "originator"),
        json.text("type", ""),
        AlarmSeverity.valueOf(json.text("severity", "")),
        flag(json, "acknowledged"),
        flag(json, "cleared"),
        optionalId(json, "assigneeId"),
        number(json, "startTs"),
        number(json, "endTs"),
        number(json, "ackTs"),
        number(json, "clearTs"),
        number(json, "assignTs"),
        member(json, "details"),
        new Propagation(
            flag(json, "propagate"),
            flag(json, "propagateToOwner"),
            flag(json, "propagateToTenant"),
            texts(member(json, "propagateRelationTypes"))));
  }

  private static JsonValue id(@Nullable EntityId id) {
    return id == null
        ? JsonNull.NULL
        : JsonObject.builder()
            .put("entityType", id.type().name())
            .put("id", id.id().toString())
            .build();
  }

  private static EntityId id(JsonObject json, String name) {
    var id = optionalId(json, name);
    if (id == null) {
      throw new IllegalStateException("A stored alarm has no " + name + ": " + json);
    }
    return id;
  }

  private static @Nullable EntityId optionalId(JsonObject json, String name) {
    return json.get(name) instanceof JsonObject id
        ? EntityId.of(EntityType.valueOf(id.text("entityType", "")), id.text("id", ""))
        : null;
  }

  private static long number(JsonObject json, String name) {
    return json.get(name) instanceof JsonLong(long value) ? value : 0;
  }

  private static boolean flag(JsonObject json, String name) {
    return json.get(name) == JsonBoolean.TRUE;
  }

  private static JsonValue member(JsonObject json, String name) {
    var value = json.get(name);
    return value == null ? JsonNull.NULL : value;
  }

  private static JsonArray texts(List<String> texts) {
    return new JsonArray(texts.stream().<JsonValue>map(JsonString::new).toList());
  }

  private static List<String> texts(JsonValue value) {
    var texts = new ArrayList<String>();
    if (value instanceof JsonArray array) {
      array.values().forEach(text -> texts.add(text.asText()));
    }
    return texts;
  }
}
