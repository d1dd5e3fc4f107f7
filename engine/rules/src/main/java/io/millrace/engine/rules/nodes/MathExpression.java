package io.millrace.engine.rules.nodes;

import java.util.List;

/// An arithmetic expression with variables: `+ - * / % ^`, parentheses, and functions of one
/// number. Immutable; compiled once.
public final class MathExpression {
  private final Node root;

  private MathExpression(Node root) {
    this.root = root;
  }

  /// A part of an expression, given the variables' values.
  interface Node {
    double value(double[] variables);
  }

  /// The expression that a text is.
  ///
  /// @throws IllegalArgumentException saying where the text stops making sense
  public static MathExpression of(String text, List<String> variables) {
    return new MathExpression(new MathParser(text, variables).parse());
  }

  /// Its value.
  ///
  /// @param variables in the order that they were named
  public double value(double... variables) {
    return root.value(variables);
  }
}
