package io.millrace.store.entities;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;

/// One entity's relation to another, as in: building A *Contains* room 1.
///
/// @param type any word; ThingsBoard's own are `Contains` and `Manages`
/// @param version counts the saves; 0 before the first
public record Relation(
    EntityId from,
    EntityId to,
    String type,
    RelationGroup group,
    JsonObject additionalInfo,
    long version) {
  /// A common relation that is not stored yet.
  public static Relation of(EntityId from, String type, EntityId to) {
    return new Relation(from, to, type, RelationGroup.COMMON, JsonObject.EMPTY, 0);
  }
}
