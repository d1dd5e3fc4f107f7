package io.millrace.engine.fields;

import java.util.List;
import java.util.Map;

/// How one kind of field computes. Immutable, any thread; what it remembers is in the state of the
/// [Evaluation].
sealed interface Formula
    permits SimpleFormula,
        ScriptFormula,
        Geofencing,
        Propagation,
        RelatedAggregation,
        WindowAggregation,
        NotComputed {
  /// What it reads; a change of one of them computes it again.
  Map<String, Argument> arguments();

  Output output();

  /// Computes it for one entity.
  ///
  /// @return none when nothing is to be told now
  /// @throws NotReadyException when there is nothing to compute with
  /// @throws RuntimeException with a message for people when it failed
  List<Result> compute(Evaluation evaluation);
}
