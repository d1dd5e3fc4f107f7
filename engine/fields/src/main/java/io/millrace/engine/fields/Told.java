package io.millrace.engine.fields;

import io.millrace.base.model.Attribute;
import io.millrace.base.model.Point;
import io.millrace.engine.rules.ValueChange;
import java.util.Comparator;
import java.util.Optional;

/// Values that were told and are in no store.
final class Told {
  private Told() {}

  /// The newest of them that the argument is, if any.
  static Optional<Value> newest(Argument argument, ValueChange change) {
    if (!argument.isOf(change)) {
      return Optional.empty();
    }
    return switch (change) {
      case ValueChange.Telemetry telemetry ->
          telemetry.points().stream()
              .filter(point -> point.key().equals(argument.key()))
              .max(Comparator.comparingLong(Point::ts))
              .map(point -> new Value.Single(point.ts(), point.value(), false));
      case ValueChange.Attributes attributes ->
          attributes.attributes().stream()
              .filter(each -> each.key().equals(argument.key()))
              .max(Comparator.comparingLong(Attribute::lastUpdateTs))
              .map(each -> new Value.Single(each.lastUpdateTs(), each.value(), false));
    };
  }
}
