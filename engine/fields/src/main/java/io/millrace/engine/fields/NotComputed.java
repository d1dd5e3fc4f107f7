package io.millrace.engine.fields;

import io.millrace.base.model.AttributeScope;
import java.util.List;
import java.util.Map;

/// A stored field that cannot be computed, as one of a kind that is not built here.
record NotComputed(String reason) implements Formula {
  @Override
  public Map<String, Argument> arguments() {
    return Map.of();
  }

  @Override
  public Output output() {
    return new Output(true, "", AttributeScope.SERVER_SCOPE, -1, false, false, false, false);
  }

  @Override
  public List<Result> compute(Evaluation evaluation) {
    throw new IllegalStateException(reason);
  }
}
