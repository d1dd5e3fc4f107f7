package io.millrace.engine.security;

import io.millrace.engine.security.Expression.Operator;
import io.millrace.engine.security.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Parses one rule's expression.
final class ExpressionParser {
  private static final int DEPTH_MAX = 200;
  private static final int OPERATORS_MAX = 1_000;

  private final SourceText source;
  private final List<Token> tokens;
  private int at;
  private int depth;
  private int operators;

  private ExpressionParser(SourceText source) {
    this.source = source;
    this.tokens = Tokens.of(source);
  }

  /// @throws RulesException when it is no expression
  static Expression parse(SourceText source) {
    var parser = new ExpressionParser(source);
    var whole = parser.choice();
    var rest = parser.peek();
    if (rest.kind() != Kind.END) {
      throw source.wrong(rest.at(), "Unexpected " + shown(rest));
    }
    return whole;
  }

  private Expression choice() {
    if (++depth > DEPTH_MAX) {
      throw source.wrong(peek().at(), "Nested deeper than " + DEPTH_MAX + " levels");
    }
    var condition = binary(1);
    if (peek().is("?")) {
      int mark = take().at();
      var yes = choice();
      expect(":");
      condition = new Expression.Choice(mark, condition, yes, choice());
    }
    depth--;
    return condition;
  }

  private Expression binary(int weakest) {
    var left = unary();
    while (true) {
      var operator = operator(peek());
      if (operator == null || operator.strength < weakest) {
        return left;
      }
      int mark = take().at();
      if (++operators > OPERATORS_MAX) {
        throw source.wrong(mark, "One rule may have " + OPERATORS_MAX + " operators");
      }
      left = new Expression.Binary(mark, operator, left, binary(operator.strength + 1));
    }
  }

  private static @Nullable Operator operator(Token token) {
    if (token.kind() != Kind.SIGN) {
      return null;
    }
    return switch (token.text()) { // strict and loose equality are the same here
      case "===" -> Operator.EQUAL;
      case "!==" -> Operator.NOT_EQUAL;
      default -> named(token.text());
    };
  }

  private static @Nullable Operator named(String sign) {
    for (var operator : Operator.values()) {
      if (operator.sign.equals(sign)) {
        return operator;
      }
    }
    return null;
  }

  private Expression unary() {
    var token = peek();
    if (!token.is("!") && !token.is("-")) {
      return postfix();
    }
    if (++depth > DEPTH_MAX) {
      throw source.wrong(token.at(), "Nested deeper than " + DEPTH_MAX + " levels");
    }
    take();
    var operand = unary();
    depth--;
    return token.is("!")
        ? new Expression.Not(token.at(), operand)
        : new Expression.Minus(token.at(), operand);
  }

  private Expression postfix() {
    var value = primary();
    while (true) {
      var token = peek();
      if (token.is(".")) {
        take();
        value = member(value, name());
      } else if (token.is("[")) {
        value = element(value, take().at());
      } else if (token.is("(")) {
        throw source.wrong(token.at(), "Function call on target that is not a function.");
      } else {
        return value;
      }
    }
  }

  private Expression element(Expression object, int mark) {
    var key = choice();
    expect("]");
    if (key instanceof Expression.Constant(int at, RuleValue.Text(var name))) {
      return member(object, new Token(Kind.NAME, name, at));
    }
    if (peek().is("(")) {
      throw source.wrong(mark, "A method's name must be written out.");
    }
    return new Expression.Element(mark, object, key);
  }

  private Expression member(Expression object, Token name) {
    return peek().is("(")
        ? new Expression.Call(name.at(), object, name.text(), list("(", ")"))
        : new Expression.Member(name.at(), object, name.text());
  }

  private Token name() {
    var token = take();
    if (token.kind() != Kind.NAME) {
      throw source.wrong(token.at(), "Expected a name, found " + shown(token));
    }
    return token;
  }

  private List<Expression> list(String open, String close) {
    expect(open);
    var items = new ArrayList<Expression>();
    while (!peek().is(close)) {
      if (!items.isEmpty()) {
        expect(",");
      }
      items.add(choice());
    }
    take();
    return items;
  }

  private Expression primary() {
    var token = peek();
    return switch (token.kind()) {
      case NUMBER -> new Expression.Constant(take().at(), RuleValue.of(number(token)));
      case STRING -> new Expression.Constant(take().at(), RuleValue.of(token.text()));
      case PATTERN -> pattern(take());
      case NAME -> variable(take());
      case SIGN, END -> grouped(token);
    };
  }

  private static double number(Token token) {
    return Double.parseDouble(token.text());
  }

  private Expression pattern(Token token) {
    int flags = token.text().lastIndexOf('\n');
    return new Expression.PatternLiteral(
        token.at(),
        PatternParser.parse(
            token.text().substring(0, flags),
            token.text().substring(flags + 1),
            (at, problem) -> source.wrong(token.at() + 1 + at, problem)));
  }

  private static Expression variable(Token token) {
    return switch (token.text()) {
      case "true" -> new Expression.Constant(token.at(), RuleValue.of(true));
      case "false" -> new Expression.Constant(token.at(), RuleValue.of(false));
      case "null" -> new Expression.Constant(token.at(), RuleValue.Nothing.NULL);
      default -> new Expression.Variable(token.at(), token.text());
    };
  }

  private Expression grouped(Token token) {
    if (token.is("[")) {
      return new Expression.ListLiteral(token.at(), list("[", "]"));
    }
    if (!token.is("(")) {
      throw source.wrong(token.at(), "Unexpected " + shown(token));
    }
    take();
    var inner = choice();
    expect(")");
    return inner;
  }

  private void expect(String sign) {
    var token = take();
    if (!token.is(sign)) {
      throw source.wrong(token.at(), "Expected '" + sign + "', found " + shown(token));
    }
  }

  private Token peek() {
    return tokens.get(at);
  }

  private Token take() {
    var token = tokens.get(at);
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  private static String shown(Token token) {
    return token.kind() == Kind.END ? "the end" : "'" + token.text().strip() + "'";
  }
}
