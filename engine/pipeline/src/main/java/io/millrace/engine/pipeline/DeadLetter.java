package io.millrace.engine.pipeline;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.engine.rules.OutsideCall;
import java.util.UUID;

/// A call that was given up.
///
/// @param nodeId the rule node that made it
/// @param createdTs when it was made, milliseconds since 1970
/// @param givenUpTs when it was given up
/// @param reason what happened last, for a person
public record DeadLetter(
    UUID id,
    EntityId tenantId,
    EntityId originator,
    UUID chainId,
    UUID nodeId,
    OutsideCall call,
    long createdTs,
    long givenUpTs,
    int attempts,
    String reason) {
  /// For REST.
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("id", id.toString())
        .put("originatorType", originator.type().name())
        .put("originator", originator.id().toString())
        .put("ruleChainId", chainId.toString())
        .put("ruleNodeId", nodeId.toString())
        .put("kind", call.kind())
        .put("request", call.request())
        .put("createdTime", createdTs)
        .put("givenUpTime", givenUpTs)
        .put("attempts", attempts)
        .put("reason", reason)
        .build();
  }
}
