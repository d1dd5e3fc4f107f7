package io.millrace.engine.rules;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import java.util.UUID;

/// What travels along a rule chain: ThingsBoard's TbMsg. Immutable.
///
/// @param ts when it came in, milliseconds since 1970; the time of its values unless the metadata
///     member `ts` says otherwise
/// @param type one of [MessageType]'s names, or any other that a script gave it
/// @param metadata members are strings
/// @param body usually an object
public record RuleMessage(
    UUID id, long ts, String type, EntityId originator, JsonObject metadata, JsonValue body) {

  public RuleMessage withId(UUID newId) {
    return new RuleMessage(newId, ts, type, originator, metadata, body);
  }

  public RuleMessage withTs(long newTs) {
    return new RuleMessage(id, newTs, type, originator, metadata, body);
  }

  public RuleMessage withType(String newType) {
    return new RuleMessage(id, ts, newType, originator, metadata, body);
  }

  public RuleMessage withOriginator(EntityId newOriginator) {
    return new RuleMessage(id, ts, type, newOriginator, metadata, body);
  }

  public RuleMessage withMetadata(JsonObject newMetadata) {
    return new RuleMessage(id, ts, type, originator, newMetadata, body);
  }

  /// A copy with that one member of the metadata set.
  public RuleMessage withMetadata(String name, String value) {
    return withMetadata(metadata.toBuilder().put(name, value).build());
  }

  public RuleMessage withBody(JsonValue newBody) {
    return new RuleMessage(id, ts, type, originator, metadata, newBody);
  }
}
