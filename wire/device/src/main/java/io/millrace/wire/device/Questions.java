package io.millrace.wire.device;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.model.EntityId;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Ids;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.wire.device.DeviceRequest.AskServer;

/// Makes of what a device asks the message that a rule chain answers.
public final class Questions {
  private final Clock clock;
  private final Ids ids;

  public Questions(Clock clock, Ids ids) {
    this.clock = clock;
    this.ids = ids;
  }

  /// A TO_SERVER_RPC_REQUEST with ThingsBoard's metadata.
  ///
  /// @param session names the connection that the answer goes to
  RuleMessage of(EntityId device, JsonObject metadata, String session, AskServer question) {
    return new RuleMessage(
        ids.next(),
        clock.millis(),
        "TO_SERVER_RPC_REQUEST",
        device,
        metadata.toBuilder()
            .put("requestId", new JsonString(Integer.toString(question.number())))
            .put("serviceId", "millrace")
            .put("sessionId", session)
            .build(),
        JsonObject.builder()
            .put("method", question.method())
            .put("params", question.params())
            .build());
  }
}
