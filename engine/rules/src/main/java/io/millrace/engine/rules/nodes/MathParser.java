package io.millrace.engine.rules.nodes;

import java.util.List;

/// Reads a [MathExpression]'s text: sums of products of signed powers.
final class MathParser {
  private static final int DEPTH_MAX = 50;
  private final String text;
  private final List<String> variables;
  private int at;
  private int depth;

  MathParser(String text, List<String> variables) {
    this.text = text;
    this.variables = variables;
  }

  MathExpression.Node parse() {
    var node = sum();
    if (peek() != 0) {
      throw wrong("unexpected " + peek());
    }
    return node;
  }

  private MathExpression.Node sum() {
    if (++depth > DEPTH_MAX) {
      throw wrong("it is nested too deep");
    }
    var left = product();
    while (true) {
      var a = left;
      if (take('+')) {
        var b = product();
        left = values -> a.value(values) + b.value(values);
      } else if (take('-')) {
        var b = product();
        left = values -> a.value(values) - b.value(values);
      } else {
        depth--;
        return a;
      }
    }
  }

  private MathExpression.Node product() {
    var left = signed();
    while (true) {
      var a = left;
      if (take('*')) {
        var b = signed();
        left = values -> a.value(values) * b.value(values);
      } else if (take('/')) {
        var b = signed();
        left = values -> a.value(values) / b.value(values);
      } else if (take('%')) {
        var b = signed();
        left = values -> a.value(values) % b.value(values);
      } else {
        return a;
      }
    }
  }

  private MathExpression.Node signed() {
    if (++depth > DEPTH_MAX) {
      throw wrong("it is nested too deep");
    }
    MathExpression.Node node;
    if (take('-')) {
      var a = signed();
      node = values -> -a.value(values);
    } else {
      take('+');
      node = power();
    }
    depth--;
    return node;
  }

  private MathExpression.Node power() {
    var base = atom();
    if (!take('^')) {
      return base;
    }
    var exponent = signed(); // to the right: 2^3^2 is 2^9
    return values -> Math.pow(base.value(values), exponent.value(values));
  }

  private MathExpression.Node atom() {
    if (take('(')) {
      var inner = sum();
      expect(')');
      return inner;
    }
    char c = peek();
    if (Character.isDigit(c) || c == '.') {
      return number();
    }
    if (Character.isLetter(c) || c == '_') {
      return named();
    }
    throw wrong(c == 0 ? "it ends too early" : "unexpected " + c);
  }

  private MathExpression.Node number() {
    int from = at;
    while (at < text.length() && isPartOfNumber(from)) {
      at++;
    }
    var digits = text.substring(from, at);
    try {
      double value = Double.parseDouble(digits);
      return _ -> value;
    } catch (NumberFormatException e) {
      throw wrong(digits + " is not a number");
    }
  }

  private boolean isPartOfNumber(int from) {
    char c = text.charAt(at);
    boolean isExponent = (c == 'e' || c == 'E') && at > from;
    boolean isSign = (c == '+' || c == '-') && at > from && "eE".indexOf(text.charAt(at - 1)) >= 0;
    return Character.isDigit(c) || c == '.' || isExponent || isSign;
  }

  private MathExpression.Node named() {
    int from = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    var name = text.substring(from, at);
    int variable = variables.indexOf(name);
    if (variable >= 0) {
      return values -> values[variable];
    }
    if (name.equals("pi") || name.equals("e")) {
      double constant = name.equals("e") ? Math.E : Math.PI;
      return _ -> constant;
    }
    return called(name);
  }

  private MathExpression.Node called(String name) {
    var function = MathFunctions.of(name);
    if (function == null || !take('(')) {
      throw wrong("\"" + name + "\" is neither an argument nor a function");
    }
    var argument = sum();
    expect(')');
    return values -> function.applyAsDouble(argument.value(values));
  }

  private void expect(char c) {
    if (!take(c)) {
      throw wrong("a " + c + " is missing");
    }
  }

  private boolean take(char c) {
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  /// The next character that is not a space; 0 at the end.
  private char peek() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : 0;
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(
        "The expression \"%s\" is wrong at character %d: %s.".formatted(text, at + 1, what));
  }
}
