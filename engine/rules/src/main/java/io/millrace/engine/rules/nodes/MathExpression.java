package io.millrace.engine.rules.nodes;

import java.util.List;

/// An arithmetic expression with variables: `+ - * / % ^`, parentheses, and functions of one
/// number. Immutable; compiled once.
final class MathExpression {
  private final Node root;

  private MathExpression(Node root) {
    this.root = root;
  }

  /// A part of an expression, given the variables' values.
  interface Node {
    double value(double[] variables);
  }

  /// @throws IllegalArgumentException saying where the text stops making sense
  static MathExpression of(String text, List<String> variables) {
    return new MathExpression(new MathParser(text, variables).parse());
  }

  /// @param variables in the order that they were named
  double value(double... variables) {
    return root.value(variables);
  }
}
