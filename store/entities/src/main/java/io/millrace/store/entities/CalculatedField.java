package io.millrace.store.entities;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;

/// A value that is computed from others.
///
/// @param entity whose it is: a device, an asset, or a profile, and then of each that has it
/// @param type ThingsBoard's, as `SIMPLE`
/// @param details the rest of its JSON, as it came: `configuration`, `debugSettings` and so on
public record CalculatedField(
    EntityId id,
    long createdTime,
    EntityId tenantId,
    EntityId entity,
    String type,
    String name,
    JsonObject details,
    long version)
    implements Entity {
  /// ThingsBoard's `configuration`.
  public JsonObject configuration() {
    return details.get("configuration") instanceof JsonObject given ? given : JsonObject.EMPTY;
  }
}
