package io.millrace.engine.scripts.compiler;

import io.millrace.engine.scripts.compiler.Expression.Binary;
import io.millrace.engine.scripts.compiler.Expression.Call;
import io.millrace.engine.scripts.compiler.Expression.Entry;
import io.millrace.engine.scripts.compiler.Expression.ListLiteral;
import io.millrace.engine.scripts.compiler.Expression.Literal;
import io.millrace.engine.scripts.compiler.Expression.MapLiteral;
import io.millrace.engine.scripts.compiler.Expression.Name;
import io.millrace.engine.scripts.compiler.Expression.New;
import io.millrace.engine.scripts.compiler.Expression.Special;
import io.millrace.engine.scripts.compiler.Expression.Unary;
import io.millrace.engine.scripts.compiler.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The expressions of TBEL.
abstract sealed class TbelExpressions extends Parser permits TbelParser {
  TbelExpressions(String source) {
    super(source);
  }

  @Override
  Map<String, Integer> operators() {
    return TbelWords.OPERATORS;
  }

  @Override
  Expression assignment() {
    cursor.enter();
    var value = assignmentTo(conditional());
    cursor.leave();
    return value;
  }

  @Override
  Expression join(Token operator, Expression left, Expression right) {
    return switch (operator.text()) {
      case "and" -> super.join(named("&&", operator), left, right);
      case "or" -> super.join(named("||", operator), left, right);
      case "===" -> super.join(named("==", operator), left, right);
      case "!==" -> super.join(named("!=", operator), left, right);
      case "is", "instanceof" -> new Binary("is", left, typeName(right), operator.at());
      case "soundslike", "strsim" -> throw SourceException.notTaken(operator.text(), operator.at());
      default -> super.join(operator, left, right);
    };
  }

  private static Token named(String text, Token token) {
    return new Token(token.kind(), text, token.at(), token.end(), token.afterNewline());
  }

  /// The right side of `instanceof`, as a string: there are no types as values.
  private static Expression typeName(Expression type) {
    return switch (type) {
      case Name name -> new Literal(name.name(), name.at());
      case Expression.Member member -> new Literal(member.name(), member.at());
      default -> throw SourceException.syntax("A type expected", "instanceof", type.at());
    };
  }

  @Override
  Expression unary() {
    var token = cursor.token();
    boolean isOperator =
        token.kind() == Kind.PUNCTUATOR ? "!-~+".contains(token.text()) : token.is("isdef");
    if (!isOperator) {
      return update();
    }
    cursor.take();
    cursor.enter();
    var operand = unary();
    cursor.leave();
    if (token.is("isdef") && !(operand instanceof Name)) {
      throw SourceException.syntax("A name expected behind isdef", "isdef", token.at());
    }
    return new Unary(token.text(), operand, token.at());
  }

  @Override
  Expression primary() {
    var token = cursor.token();
    return switch (token.kind()) {
      case NUMBER -> new Literal(Numbers.tbel(cursor.take()), token.at());
      case STRING -> new Literal(cursor.take().text(), token.at());
      case NAME -> word();
      case PUNCTUATOR -> bracket();
      case TEMPLATE -> throw SourceException.notTaken("`", token.at());
      case END -> throw cursor.unexpected("A value expected");
    };
  }

  private Expression bracket() {
    var token = cursor.token();
    return switch (token.text()) {
      case "(" -> isCast() ? cast() : parenthesized();
      case "[" -> listOrMap("]");
      case "{" -> listOrMap("}");
      default -> throw cursor.unexpected("A value expected");
    };
  }

  private Expression parenthesized() {
    int at = cursor.expect("(").at();
    var value = expression();
    if (cursor.is("in")) {
      throw SourceException.notTaken("(… in …)", at);
    }
    cursor.expect(")");
    return value;
  }

  private boolean isCast() {
    var type = cursor.following();
    if (!TbelWords.TYPES.contains(type.text())) {
      return false;
    }
    var lexer = cursor.lexer();
    lexer.moveTo(type.end());
    var close = lexer.next();
    lexer.moveTo(cursor.token().end());
    return close.is(")");
  }

  private Expression cast() {
    int at = cursor.take().at();
    var type = cursor.take().text();
    cursor.expect(")");
    return new Call(new Name("#cast", at), List.of(new Literal(type, at), unary()), false, at);
  }

  private Expression word() {
    var token = cursor.token();
    return switch (token.text()) {
      case "true", "false" -> new Literal(cursor.take().is("true"), token.at());
      case "null", "nil" -> {
        cursor.take();
        yield new Literal(Special.NULL, token.at());
      }
      case "new" -> construct();
      case "java" -> cursor.following().is(".") ? ofJava() : name();
      default -> name();
    };
  }

  /// `java.util.Arrays` is `Arrays`; what is not known by its last name is refused there.
  private Expression ofJava() {
    int at = cursor.take().at();
    cursor.expect(".");
    if (!cursor.takeIf("util") && !cursor.takeIf("lang")) {
      throw SourceException.notTaken("java." + cursor.token().text(), at);
    }
    cursor.expect(".");
    return cursor.name();
  }

  Name name() {
    var token = cursor.token();
    if (token.isName() && TbelWords.NOT_TAKEN.contains(token.text())) {
      throw SourceException.notTaken(token.text(), token.at());
    }
    if (TbelWords.RESERVED.contains(token.text())) {
      throw cursor.unexpected("A name expected");
    }
    return cursor.name();
  }

  /// `new Date()`, `new java.util.ArrayList()`, `new byte[4]`.
  private Expression construct() {
    int at = cursor.take().at();
    var type = new StringBuilder(cursor.name().name());
    while (cursor.takeIf(".")) {
      type.append('.').append(cursor.name().name());
    }
    var known = TbelTypes.constructible(type.toString());
    if (known.isEmpty()) {
      throw SourceException.notTaken("new " + type, at);
    }
    if (cursor.is("[")) {
      return array(type.toString(), at);
    }
    return new New(known.get(), cursor.is("(") ? arguments() : List.of(), at);
  }

  private Expression array(String type, int at) {
    cursor.expect("[");
    if (cursor.takeIf("]")) {
      return listOrMap("}");
    }
    var size = expression();
    cursor.expect("]");
    return new New("Array", List.of(new Literal(type, at), size), at);
  }

  /// Lists and maps may stand in either kind of bracket: `[1, 2]`, `{1, 2}`, `["a": 1]`, `{a: 1}`.
  private Expression listOrMap(String end) {
    int at = cursor.take().at();
    cursor.enter();
    boolean isEmptyMap = cursor.is(":") && end.equals("]") && cursor.take().at() > 0;
    var keys = new ArrayList<Expression>();
    var values = new ArrayList<Expression>();
    while (!cursor.is(end)) {
      var first = assignment();
      if (cursor.takeIf(":")) {
        keys.add(first);
        values.add(assignment());
      } else {
        values.add(first);
      }
      if (!cursor.is(end)) {
        cursor.expect(",");
      }
    }
    cursor.leave();
    cursor.expect(end);
    if (!keys.isEmpty() && keys.size() != values.size()) {
      throw SourceException.syntax("Every value of a map needs a key", ":", at);
    }
    boolean isMap = isEmptyMap || !keys.isEmpty() || (values.isEmpty() && end.equals("}"));
    return isMap ? map(keys, values, at) : new ListLiteral(values, at);
  }

  private static Expression map(List<Expression> keys, List<Expression> values, int at) {
    var entries = new ArrayList<Entry>();
    for (int i = 0; i < keys.size(); i++) {
      var key =
          keys.get(i) instanceof Name name ? new Literal(name.name(), name.at()) : keys.get(i);
      entries.add(new Entry(key, values.get(i)));
    }
    return new MapLiteral(entries, at);
  }
}
