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
import io.millrace.engine.scripts.compiler.Function.Parameter;
import io.millrace.engine.scripts.compiler.Statement.Binding;
import io.millrace.engine.scripts.compiler.Statement.Block;
import io.millrace.engine.scripts.compiler.Statement.Declarator;
import io.millrace.engine.scripts.compiler.Statement.Declare;
import io.millrace.engine.scripts.compiler.Statement.Evaluate;
import io.millrace.engine.scripts.compiler.Statement.For;
import io.millrace.engine.scripts.compiler.Statement.ForEach;
import io.millrace.engine.scripts.compiler.Statement.If;
import io.millrace.engine.scripts.compiler.Statement.Return;
import io.millrace.engine.scripts.compiler.Statement.Variables;
import io.millrace.engine.scripts.compiler.Statement.While;
import io.millrace.engine.scripts.compiler.Token.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// TBEL, ThingsBoard's dialect of MVEL. The value of the last statement is the result.
final class TbelParser extends Parser {
  private static final Map<String, Integer> OPERATORS = operatorTable();
  private static final Set<String> TYPES =
      Set.of(
          "int",
          "long",
          "float",
          "double",
          "byte",
          "short",
          "char",
          "boolean",
          "String",
          "Integer",
          "Long",
          "Float",
          "Double",
          "Byte",
          "Short",
          "Boolean",
          "Object",
          "List",
          "Map",
          "Set",
          "Date",
          "ArrayList",
          "HashMap",
          "LinkedHashMap");
  private static final Set<String> NOT_TAKEN =
      Set.of(
          "import",
          "with",
          "proto",
          "assert",
          "import_static",
          "untyped",
          "until",
          "class",
          "synchronized",
          "try",
          "throw",
          "soundslike",
          "strsim",
          "convertable_to");
  private static final Set<String> RESERVED =
      Set.of(
          "if",
          "else",
          "for",
          "foreach",
          "while",
          "do",
          "return",
          "function",
          "def",
          "new",
          "switch",
          "case",
          "default",
          "var",
          "break",
          "continue");

  TbelParser(String source) {
    super(source);
  }

  private static Map<String, Integer> operatorTable() {
    var table = new HashMap<String, Integer>();
    var rows =
        List.of(
            "|| or",
            "&& and",
            "|",
            "^",
            "&",
            "== != === !== ~= contains is instanceof strsim soundslike",
            "< > <= >=",
            "<< >> >>>",
            "+ -",
            "* / %",
            "**");
    for (int i = 0; i < rows.size(); i++) {
      for (var operator : rows.get(i).split(" ")) {
        table.put(operator, i + 1);
      }
    }
    return Map.copyOf(table);
  }

  @Override
  Map<String, Integer> operators() {
    return OPERATORS;
  }

  @Override
  List<Statement> script() {
    return returningLast(super.script());
  }

  /// A last statement that is an expression gives its value back.
  private static List<Statement> returningLast(List<Statement> statements) {
    if (statements.isEmpty()) {
      return statements;
    }
    var all = new ArrayList<>(statements);
    all.set(all.size() - 1, returning(all.getLast()));
    return all;
  }

  private static Statement returning(Statement last) {
    return switch (last) {
      case Evaluate(var value, int at) -> new Return(Optional.of(value), at);
      case If(var test, var yes, var no, int at) ->
          new If(test, returning(yes), no.map(TbelParser::returning), at);
      case Block(var inner, int at) -> new Block(returningLast(inner), at);
      default -> last;
    };
  }

  @Override
  Statement statement() {
    cursor.enter();
    var statement = statementHere();
    cursor.leave();
    return statement;
  }

  private Statement statementHere() {
    var token = cursor.token();
    if (token.is("{") && token.kind() == Kind.PUNCTUATOR && !isMapHere()) {
      return block();
    }
    if (!token.isName()) {
      return evaluate();
    }
    return switch (token.text()) {
      case "var" -> variables();
      case "function", "def" -> declare();
      case "if" -> ifStatement();
      case "while" -> whileStatement();
      case "until" -> new While(until(), body(), token.at());
      case "do" -> doStatement();
      case "for", "foreach" -> forStatement();
      case "return" -> returnStatement();
      case "break", "continue" -> jumpStatement();
      case "switch" -> switchStatement();
      default -> isTyped() ? variables() : evaluate();
    };
  }

  private Expression until() {
    int at = cursor.take().at();
    return new Unary("!", inParentheses(), at);
  }

  @Override
  Expression endOfDo() {
    return cursor.is("until") ? until() : super.endOfDo();
  }

  /// A statement that begins with a brace is a map when a key and a colon follow.
  private boolean isMapHere() {
    var key = cursor.following();
    if (key.kind() != Kind.NAME && key.kind() != Kind.STRING) {
      return false;
    }
    cursor.lexer().moveTo(key.end());
    var colon = cursor.lexer().next();
    cursor.lexer().moveTo(cursor.token().end());
    return colon.is(":");
  }

  /// `int x`, `String[] names`: a type and a name.
  private boolean isTyped() {
    if (!TYPES.contains(cursor.token().text())) {
      return false;
    }
    var next = cursor.following();
    if (next.is("[")) {
      cursor.lexer().moveTo(next.end());
      var close = cursor.lexer().next();
      cursor.lexer().moveTo(cursor.token().end());
      return close.is("]");
    }
    return next.isName() && !OPERATORS.containsKey(next.text());
  }

  @Override
  void endStatement() {
    if (cursor.takeIf(";")) {
      return;
    }
    var token = cursor.token();
    if (!token.is("}") && token.kind() != Kind.END && !token.afterNewline()) {
      throw cursor.unexpected("';' expected");
    }
  }

  private Statement evaluate() {
    int at = cursor.at();
    var value = expression();
    endStatement();
    return new Evaluate(value, at);
  }

  private Statement variables() {
    var statement = declarations();
    endStatement();
    return statement;
  }

  private Variables declarations() {
    int at = cursor.take().at();
    if (cursor.takeIf("[")) {
      cursor.expect("]");
    }
    var declarators = new ArrayList<Declarator>();
    do {
      var name = name();
      var value = cursor.takeIf("=") ? assignment() : new Literal(Special.NULL, name.at());
      declarators.add(new Declarator(name, Optional.of(value), cursor.previousEnd()));
    } while (cursor.takeIf(","));
    return new Variables(Binding.VAR, declarators, at);
  }

  private Statement declare() {
    int at = cursor.take().at();
    var name = name();
    var parameters = new ArrayList<Parameter>();
    cursor.expect("(");
    while (!cursor.is(")")) {
      if (isTyped()) {
        cursor.take();
      }
      parameters.add(new Parameter(name(), Optional.empty(), false));
      if (!cursor.is(")")) {
        cursor.expect(",");
      }
    }
    cursor.expect(")");
    var body = returningLast(block().statements());
    return new Declare(name, new Function(name.name(), parameters, body, at), at);
  }

  private Statement forStatement() {
    int at = cursor.take().at();
    cursor.expect("(");
    if (cursor.takeIf(";")) {
      return forRest(Optional.empty(), at);
    }
    boolean isDeclared = cursor.is("var") || isTyped();
    if (isForEach(isDeclared)) {
      if (isDeclared) {
        cursor.take();
      }
      var name = name();
      cursor.expect(":");
      var source = expression();
      cursor.expect(")");
      return new ForEach(false, Optional.of(Binding.VAR), name, source, body(), at);
    }
    int firstAt = cursor.at();
    var first = isDeclared ? declarations() : new Evaluate(expression(), firstAt);
    cursor.expect(";");
    return forRest(Optional.of(first), at);
  }

  private boolean isForEach(boolean isDeclared) {
    var lexer = cursor.lexer();
    var name = isDeclared ? cursor.following() : cursor.token();
    lexer.moveTo(name.end());
    var colon = lexer.next();
    lexer.moveTo(cursor.token().end());
    return name.isName() && colon.is(":");
  }

  private Statement forRest(Optional<Statement> first, int at) {
    Optional<Expression> test = cursor.is(";") ? Optional.empty() : Optional.of(expression());
    cursor.expect(";");
    Optional<Expression> update = cursor.is(")") ? Optional.empty() : Optional.of(expression());
    cursor.expect(")");
    return new For(first, test, update, body(), at);
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
    if (!TYPES.contains(type.text())) {
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
      default -> name();
    };
  }

  private Name name() {
    var token = cursor.token();
    if (token.isName() && NOT_TAKEN.contains(token.text())) {
      throw SourceException.notTaken(token.text(), token.at());
    }
    if (RESERVED.contains(token.text())) {
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
