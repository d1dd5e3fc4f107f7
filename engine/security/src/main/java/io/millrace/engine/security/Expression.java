package io.millrace.engine.security;

import java.util.List;

/// A checked or unchecked expression; `at` is where its distinctive token stands.
sealed interface Expression {
  int at();

  record Constant(int at, RuleValue value) implements Expression {}

  record Variable(int at, String name) implements Expression {}

  record PatternLiteral(int at, LinearPattern pattern) implements Expression {}

  record ListLiteral(int at, List<Expression> items) implements Expression {}

  record Not(int at, Expression operand) implements Expression {}

  record Minus(int at, Expression operand) implements Expression {}

  record Binary(int at, Operator operator, Expression left, Expression right)
      implements Expression {}

  record Choice(int at, Expression condition, Expression yes, Expression no)
      implements Expression {}

  /// `object.name`, or `object['name']` with a literal.
  record Member(int at, Expression object, String name) implements Expression {}

  /// `object[key]`.
  record Element(int at, Expression object, Expression key) implements Expression {}

  record Call(int at, Expression object, String method, List<Expression> arguments)
      implements Expression {}

  enum Operator {
    OR("||", 1),
    AND("&&", 2),
    EQUAL("==", 3),
    NOT_EQUAL("!=", 3),
    LESS("<", 4),
    LESS_EQUAL("<=", 4),
    GREATER(">", 4),
    GREATER_EQUAL(">=", 4),
    PLUS("+", 5),
    MINUS("-", 5),
    TIMES("*", 6),
    DIVIDE("/", 6),
    REMAINDER("%", 6);

    final String sign;
    final int strength;

    Operator(String sign, int strength) {
      this.sign = sign;
      this.strength = strength;
    }
  }
}
