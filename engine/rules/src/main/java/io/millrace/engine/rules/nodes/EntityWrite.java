package io.millrace.engine.rules.nodes;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.engine.rules.OutsideCall;

/// A change of entities that a node asks for. It writes the SQL database, so it is a call like
/// those to the outside: kept in the outbox, made on another thread, once.
public final class EntityWrite {
  /// Delivered by `engine/pipeline`.
  public static final String KIND = "entities";

  private EntityWrite() {}

  /// What is to be done.
  public enum Change {
    SAVE_RELATION,
    DELETE_RELATION,
    ASSIGN,
    UNASSIGN
  }

  /// A change of `entity`; what else it needs stands in `further`.
  public static OutsideCall call(
      Change change, EntityId tenant, EntityId entity, JsonObject further) {
    return new OutsideCall(
        KIND,
        further.toBuilder()
            .put("change", change.name())
            .put("tenant", tenant.id().toString())
            .put("entityType", entity.type().name())
            .put("entity", entity.id().toString())
            .build());
  }
}
