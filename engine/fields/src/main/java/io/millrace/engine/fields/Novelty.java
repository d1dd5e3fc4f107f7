package io.millrace.engine.fields;

import io.millrace.base.model.Point;
import io.millrace.engine.rules.NodeServices;
import io.millrace.engine.rules.ValueChange;
import io.millrace.engine.rules.ValueContext;
import java.util.HashMap;
import java.util.Optional;

/// Which of the values that were saved are the newest of their keys now. ThingsBoard: an older
/// point never replaces the latest.
final class Novelty {
  private Novelty() {}

  /// Empty when there are no values at all.
  static Optional<ValueChange> of(ValueChange change, NodeServices services, ValueContext context) {
    return switch (change) {
      case ValueChange.Attributes attributes ->
          attributes.attributes().isEmpty() ? Optional.empty() : Optional.of(attributes);
      case ValueChange.Telemetry telemetry when telemetry.points().isEmpty() -> Optional.empty();
      case ValueChange.Telemetry telemetry when !telemetry.isSaved() -> Optional.of(telemetry);
      case ValueChange.Telemetry telemetry -> Optional.of(newest(telemetry, services, context));
    };
  }

  private static ValueChange newest(
      ValueChange.Telemetry change, NodeServices services, ValueContext context) {
    var keys = change.points().stream().map(Point::key).distinct().toList();
    var latest = new HashMap<String, Long>();
    services
        .timeseries()
        .latest(context.commit(), change.entity(), keys)
        .forEach(point -> latest.put(point.key(), point.ts()));
    var newest =
        change.points().stream()
            .filter(point -> point.ts() >= latest.getOrDefault(point.key(), Long.MIN_VALUE))
            .toList();
    return new ValueChange.Telemetry(change.entity(), newest, true);
  }
}
