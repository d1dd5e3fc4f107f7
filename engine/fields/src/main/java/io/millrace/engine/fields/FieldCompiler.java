package io.millrace.engine.fields;

import io.millrace.engine.scripts.Scripts;
import io.millrace.store.entities.CalculatedField;

/// Makes stored fields ready to compute. Any thread.
final class FieldCompiler {
  private final Config config;
  private final Scripts scripts;

  FieldCompiler(Config config, Scripts scripts) {
    this.config = config;
    this.scripts = scripts;
  }

  /// @throws IllegalArgumentException when it cannot be computed, with the reason for people
  Formula compile(CalculatedField row) {
    var configuration = row.configuration();
    return switch (row.type()) {
      case "SIMPLE" -> SimpleFormula.read(configuration, config);
      case "SCRIPT" -> ScriptFormula.read(configuration, config, scripts);
      case "GEOFENCING" -> Geofencing.read(configuration);
      case "PROPAGATION" -> Propagation.read(configuration, config, scripts);
      case "RELATED_ENTITIES_AGGREGATION" ->
          RelatedAggregation.read(configuration, config, scripts);
      case "ENTITY_AGGREGATION" -> WindowAggregation.read(configuration, config);
      case "ALARM" ->
          new NotComputed(
              "Alarm rules as calculated fields are kept, not run; make them alarm rules of the"
                  + " device profile.");
      default ->
          throw new IllegalArgumentException(
              "\"%s\" is no type of calculated field.".formatted(row.type()));
    };
  }

  /// The same, with what cannot be computed saying so when it is to be.
  Field field(CalculatedField row) {
    var debug = new DebugRing(config.debugEventsMax());
    try {
      return new Field(row, compile(row), debug);
    } catch (IllegalArgumentException e) {
      return new Field(row, new NotComputed(String.valueOf(e.getMessage())), debug);
    }
  }
}
