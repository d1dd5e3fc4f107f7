package io.millrace.engine.scripts.compiler;

import io.millrace.engine.scripts.compiler.Expression.Binary;
import io.millrace.engine.scripts.compiler.Expression.Literal;
import io.millrace.engine.scripts.compiler.Expression.Unary;
import io.millrace.engine.scripts.compiler.Expression.Update;

/// What can be said of an expression's value before it runs.
final class Kinds {
  enum Kind {
    NUMBER,
    BOOLEAN,
    ANY
  }

  private final Dialect dialect;

  Kinds(Dialect dialect) {
    this.dialect = dialect;
  }

  Kind of(Expression expression) {
    return switch (expression) {
      case Literal(Double _, _) when dialect.hasOnlyDoubles() -> Kind.NUMBER;
      case Literal(Boolean _, _) -> Kind.BOOLEAN;
      case Unary(var operator, _, _) -> unary(operator);
      case Update _ when dialect.hasOnlyDoubles() -> Kind.NUMBER;
      case Binary binary -> binary(binary);
      default -> Kind.ANY;
    };
  }

  private Kind unary(String operator) {
    return switch (operator) {
      case "!", "delete" -> Kind.BOOLEAN;
      case "-", "+", "~" -> dialect.hasOnlyDoubles() ? Kind.NUMBER : Kind.ANY;
      default -> Kind.ANY;
    };
  }

  private Kind binary(Binary binary) {
    if (Operators.isComparison(binary.operator()) || Operators.isTest(binary.operator())) {
      return Kind.BOOLEAN;
    }
    if (!dialect.hasOnlyDoubles()) {
      return Kind.ANY;
    }
    if (binary.operator().equals("+")) {
      return (of(binary.left()) == Kind.NUMBER && of(binary.right()) == Kind.NUMBER)
          ? Kind.NUMBER
          : Kind.ANY;
    }
    return Kind.NUMBER;
  }

  /// A comparison that compares numbers whatever its sides turn out to be.
  boolean isNumeric(Binary comparison) {
    boolean left = of(comparison.left()) == Kind.NUMBER;
    boolean right = of(comparison.right()) == Kind.NUMBER;
    return switch (comparison.operator()) {
      case "<", "<=", ">", ">=" -> left || right;
      case "==", "!=", "===", "!==" -> left && right;
      default -> false;
    };
  }
}
