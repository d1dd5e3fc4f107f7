package io.millrace.engine.fields;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Whose value an argument is.
sealed interface Source {
  /// Entities that a field may refer to; ThingsBoard's.
  Set<EntityType> REFERABLE =
      Set.of(EntityType.DEVICE, EntityType.ASSET, EntityType.CUSTOMER, EntityType.TENANT);

  /// The entity that has the field.
  record Own() implements Source {}

  /// An entity that the field names.
  record Given(EntityId entity) implements Source {}

  /// The customer that it is assigned to, or else its tenant.
  record Owner() implements Source {}

  /// What is at the end of a way of relations.
  record Related(List<Level> levels) implements Source {
    public Related {
      levels = List.copyOf(levels);
    }
  }

  /// One step of a way.
  ///
  /// @param isFrom whether the relation begins at the nearer end
  record Level(boolean isFrom, String type) {
    static Level of(JsonObject json) {
      var direction = json.text("direction", "");
      if (!direction.equals("FROM") && !direction.equals("TO")) {
        throw new IllegalArgumentException(
            "Direction must be specified! It is \"%s\", not FROM or TO.".formatted(direction));
      }
      var type = json.text("relationType", "").strip();
      if (type.isEmpty()) {
        throw new IllegalArgumentException("Relation type must be specified!");
      }
      return new Level(direction.equals("FROM"), type);
    }
  }

  /// Reads `refEntityId` and `refDynamicSourceConfiguration`.
  ///
  /// @throws IllegalArgumentException when they name nothing that can be read
  static Source of(JsonObject json) {
    if (json.get("refDynamicSourceConfiguration") instanceof JsonObject dynamic) {
      var type = dynamic.text("type", "");
      return switch (type) {
        case "CURRENT_OWNER" -> new Owner();
        case "RELATION_PATH_QUERY" -> new Related(levels(dynamic));
        default ->
            throw new IllegalArgumentException(
                "refDynamicSourceConfiguration.type=\"%s\" is not CURRENT_OWNER or RELATION_PATH_QUERY."
                    .formatted(type));
      };
    }
    return switch (json.get("refEntityId")) {
      case JsonObject id -> new Given(referable(id));
      case JsonNull _ -> new Own();
      case null -> new Own();
      default -> throw new IllegalArgumentException("refEntityId is not an object.");
    };
  }

  private static EntityId referable(JsonObject id) {
    try {
      var entity = EntityId.of(EntityType.valueOf(id.text("entityType", "")), id.text("id", ""));
      if (REFERABLE.contains(entity.type())) {
        return entity;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "refEntityId %s is no device, asset, customer or tenant.".formatted(id));
  }

  private static List<Level> levels(JsonObject dynamic) {
    var levels = new ArrayList<Level>();
    if (dynamic.get("levels") instanceof JsonArray list) {
      for (var each : list.values()) {
        levels.add(Level.of(each instanceof JsonObject level ? level : JsonObject.EMPTY));
      }
    }
    if (levels.isEmpty()) {
      throw new IllegalArgumentException("At least one relation level must be specified!");
    }
    return levels;
  }
}
