package io.millrace.engine.fields;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;

/// One computation of a field, for people to look at.
///
/// @param causeId id of the message that brought it about
/// @param arguments what it was computed with, JSON by name
/// @param result empty when there is none
/// @param error why it failed; empty when it did not
public record FieldEvent(
    long ts,
    EntityId entity,
    String causeId,
    String causeType,
    JsonObject arguments,
    String result,
    String error) {}
