package io.millrace.store.messages;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import java.util.UUID;

/// A message as it entered the rule chains.
///
/// @param receivedAt when its batch was decided, milliseconds since 1970
/// @param ts its own time
public record LoggedMessage(
    EntityId tenant,
    UUID id,
    long receivedAt,
    long ts,
    String type,
    EntityId originator,
    JsonObject metadata,
    JsonValue body) {}
