package io.millrace.engine.pipeline;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonObject;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.CallFrame;
import io.millrace.engine.rules.OutsideCall;
import io.millrace.engine.rules.RuleMessage;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A call to the outside as it lies in the outbox; the bytes are in `docs/formats/outbox.md`.
///
/// @param id also the idempotency key, the same for every try
/// @param createdTs milliseconds since 1970
/// @param answer what came of it, when that is known already and only the chain must go on
record OutboxEntry(
    UUID id,
    long createdTs,
    CallFrame frame,
    RuleMessage message,
    OutsideCall call,
    @Nullable Answer answer) {

  OutboxEntry answered(Answer theAnswer) {
    return new OutboxEntry(id, createdTs, frame, message, call, theAnswer);
  }

  OutboxEntry created(long ts) {
    return new OutboxEntry(id, ts, frame, message, call, null);
  }

  JsonObject toJson() {
    var json =
        JsonObject.builder()
            .put("id", id.toString())
            .put("created", createdTs)
            .put("frame", frame.toJson())
            .put("message", StoredMessage.json(message))
            .put("kind", call.kind())
            .put("request", call.request());
    if (answer != null) {
      json.put("delivered", answer.delivered()).put("result", answer.result());
    }
    return json.build();
  }

  static OutboxEntry read(byte[] bytes) {
    return read(StoredMessage.object(Json.parse(bytes)));
  }

  static OutboxEntry read(JsonObject json) {
    return new OutboxEntry(
        UUID.fromString(json.text("id", "")),
        StoredMessage.number(json, "created"),
        CallFrame.read(StoredMessage.object(json.get("frame"))),
        StoredMessage.read(StoredMessage.object(json.get("message"))),
        new OutsideCall(json.text("kind", ""), StoredMessage.object(json.get("request"))),
        json.get("delivered") instanceof JsonBoolean delivered
            ? new Answer(delivered.value(), StoredMessage.object(json.get("result")))
            : null);
  }
}
