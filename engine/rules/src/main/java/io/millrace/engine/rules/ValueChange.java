package io.millrace.engine.rules;

import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.Point;
import java.util.List;

/// Values of an entity that a message brought.
public sealed interface ValueChange {
  EntityId entity();

  /// Whether they are in the stores too, as this batch's commit shows them; otherwise they are only
  /// told.
  boolean isSaved();

  record Telemetry(EntityId entity, List<Point> points, boolean isSaved) implements ValueChange {
    public Telemetry {
      points = List.copyOf(points);
    }
  }

  record Attributes(
      EntityId entity, AttributeScope scope, List<Attribute> attributes, boolean isSaved)
      implements ValueChange {
    public Attributes {
      attributes = List.copyOf(attributes);
    }
  }
}
