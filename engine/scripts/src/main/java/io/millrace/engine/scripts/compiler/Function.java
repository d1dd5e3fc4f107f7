package io.millrace.engine.scripts.compiler;

import io.millrace.engine.scripts.compiler.Expression.Name;
import java.util.List;
import java.util.Optional;

/// A function as it is written. Not a record: it is told apart by identity.
final class Function {
  /// The last parameter may be `rest`, which takes all further arguments as a list.
  record Parameter(Name name, Optional<Expression> standard, boolean rest) {}

  private final String name;
  private final List<Parameter> parameters;
  private final List<Statement> body;
  private final int at;
  private final boolean hasReceiver;

  Function(String name, List<Parameter> parameters, List<Statement> body, int at) {
    this(name, parameters, body, at, false);
  }

  /// @param hasReceiver whether `this` means something of its own in it
  Function(
      String name, List<Parameter> parameters, List<Statement> body, int at, boolean hasReceiver) {
    this.name = name;
    this.parameters = List.copyOf(parameters);
    this.body = List.copyOf(body);
    this.at = at;
    this.hasReceiver = hasReceiver;
  }

  String name() {
    return name;
  }

  List<Parameter> parameters() {
    return parameters;
  }

  List<Statement> body() {
    return body;
  }

  int at() {
    return at;
  }

  boolean hasReceiver() {
    return hasReceiver;
  }
}
