package io.millrace.engine.pipeline;

import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.rules.RuleMessage;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A message as it lies in the outbox and among the timers; drawn in `docs/formats/outbox.md`.
final class StoredMessage {
  private StoredMessage() {}

  static JsonObject json(RuleMessage message) {
    return JsonObject.builder()
        .put("id", message.id().toString())
        .put("ts", message.ts())
        .put("type", message.type())
        .put("originatorType", message.originator().type().name())
        .put("originator", message.originator().id().toString())
        .put("metadata", message.metadata())
        .put("body", message.body())
        .build();
  }

  static RuleMessage read(JsonObject json) {
    var body = json.get("body");
    return new RuleMessage(
        UUID.fromString(json.text("id", "")),
        number(json, "ts"),
        json.text("type", ""),
        EntityId.of(
            EntityType.valueOf(json.text("originatorType", "")), json.text("originator", "")),
        object(json.get("metadata")),
        body == null ? JsonNull.NULL : body);
  }

  static long number(JsonObject json, String name) {
    return json.get(name) instanceof JsonLong(var number) ? number : 0;
  }

  static JsonObject object(@Nullable JsonValue value) {
    return value instanceof JsonObject object ? object : JsonObject.EMPTY;
  }
}
