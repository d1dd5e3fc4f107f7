package io.millrace.engine.scripts.compiler;

import io.millrace.engine.scripts.compiler.Expression.Assign;
import io.millrace.engine.scripts.compiler.Expression.Entry;
import io.millrace.engine.scripts.compiler.Expression.Lambda;
import io.millrace.engine.scripts.compiler.Expression.ListLiteral;
import io.millrace.engine.scripts.compiler.Expression.Literal;
import io.millrace.engine.scripts.compiler.Expression.MapLiteral;
import io.millrace.engine.scripts.compiler.Expression.Name;
import io.millrace.engine.scripts.compiler.Expression.New;
import io.millrace.engine.scripts.compiler.Expression.Regex;
import io.millrace.engine.scripts.compiler.Expression.Sequence;
import io.millrace.engine.scripts.compiler.Expression.Special;
import io.millrace.engine.scripts.compiler.Expression.Spread;
import io.millrace.engine.scripts.compiler.Expression.Template;
import io.millrace.engine.scripts.compiler.Expression.Unary;
import io.millrace.engine.scripts.compiler.Function.Parameter;
import io.millrace.engine.scripts.compiler.Statement.Binding;
import io.millrace.engine.scripts.compiler.Statement.Declarator;
import io.millrace.engine.scripts.compiler.Statement.Return;
import io.millrace.engine.scripts.compiler.Statement.Variables;
import io.millrace.engine.scripts.compiler.Token.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The expressions of JavaScript, functions among them.
abstract sealed class JavaScriptExpressions extends Parser permits JavaScriptParser {
  final Patterns patterns = new Patterns();

  /// Shorthands with a default, `{a = 1}`, that no pattern has used yet.
  final Set<Expression> unusedDefaults = new HashSet<>();

  /// Whether `in` is an operator here: not in the head of a `for`.
  boolean inIsOperator = true;

  JavaScriptExpressions(String source) {
    super(source);
  }

  @Override
  Map<String, Integer> operators() {
    return inIsOperator ? JavaScriptWords.OPERATORS : JavaScriptWords.OPERATORS_WITHOUT_IN;
  }

  /// A name, or a pattern read as the literal that it looks like.
  Expression target() {
    if (cursor.is("{") || cursor.is("[")) {
      var pattern = primary();
      forgetDefaults(pattern);
      return pattern;
    }
    return name();
  }

  void forgetDefaults(Expression pattern) {
    patterns.defaults(pattern).forEach(unusedDefaults::remove);
  }

  @Override
  Expression expression() {
    var first = assignment();
    if (!cursor.is(",")) {
      return first;
    }
    var parts = new ArrayList<Expression>(List.of(first));
    while (cursor.takeIf(",")) {
      parts.add(assignment());
    }
    return new Sequence(parts, first.at());
  }

  @Override
  Expression assignment() {
    cursor.enter();
    var value = isArrow() ? arrow() : assignmentOrPattern();
    cursor.leave();
    return value;
  }

  private Expression assignmentOrPattern() {
    var left = conditional();
    if (cursor.is("=") && (left instanceof ListLiteral || left instanceof MapLiteral)) {
      forgetDefaults(left);
      cursor.take();
      return patterns.assign(left, assignment());
    }
    return assignmentTo(left);
  }

  private boolean isArrow() {
    if (cursor.is("(")) {
      return cursor.bracketIsFollowedBy("=>");
    }
    return cursor.token().isName() && cursor.following().is("=>");
  }

  private Expression arrow() {
    int at = cursor.at();
    var parts = new ArrayList<Declarator>();
    var parameters =
        cursor.is("(")
            ? parameters(parts)
            : List.of(new Parameter(name(), Optional.empty(), false));
    cursor.expect("=>");
    boolean outer = inIsOperator;
    inIsOperator = true;
    List<Statement> body =
        cursor.is("{")
            ? block().statements()
            : List.of(new Return(Optional.of(assignment()), cursor.at()));
    inIsOperator = outer;
    return new Lambda(new Function("", parameters, withParts(parts, body, at), at), at);
  }

  Function function(String name, int at) {
    var parts = new ArrayList<Declarator>();
    var parameters = parameters(parts);
    boolean outer = inIsOperator;
    inIsOperator = true;
    var body = block().statements();
    inIsOperator = outer;
    return new Function(name, parameters, withParts(parts, body, at), at, true);
  }

  private static List<Statement> withParts(List<Declarator> parts, List<Statement> body, int at) {
    if (parts.isEmpty()) {
      return body;
    }
    var all = new ArrayList<Statement>();
    all.add(new Variables(Binding.VAR, parts, at));
    all.addAll(body);
    return all;
  }

  private List<Parameter> parameters(List<Declarator> parts) {
    cursor.expect("(");
    var parameters = new ArrayList<Parameter>();
    while (!cursor.is(")")) {
      parameters.add(parameter(parts));
      if (!cursor.is(")")) {
        cursor.expect(",");
      }
    }
    cursor.expect(")");
    return parameters;
  }

  private Parameter parameter(List<Declarator> parts) {
    boolean rest = cursor.takeIf("...");
    var target = target();
    Optional<Expression> standard =
        cursor.takeIf("=") ? Optional.of(assignment()) : Optional.empty();
    if (target instanceof Name name) {
      return new Parameter(name, standard, rest);
    }
    var whole = patterns.fresh(target.at());
    patterns.declare(target, new Name(whole.name(), target.at()), 0, parts);
    return new Parameter(whole, standard, rest);
  }

  @Override
  Expression unary() {
    var token = cursor.token();
    boolean isOperator =
        token.kind() == Kind.PUNCTUATOR
            ? "!-+~".contains(token.text())
            : token.isName() && (token.is("typeof") || token.is("void") || token.is("delete"));
    if (!isOperator) {
      return update();
    }
    cursor.take();
    cursor.enter();
    var operand = unary();
    cursor.leave();
    if (cursor.is("**")) {
      throw SourceException.syntax("Put the left side of ** in parentheses", "**", cursor.at());
    }
    return new Unary(token.text(), operand, token.at());
  }

  @Override
  Expression primary() {
    var token = cursor.token();
    return switch (token.kind()) {
      case NUMBER -> new Literal(Numbers.javaScript(cursor.take()), token.at());
      case STRING -> new Literal(cursor.take().text(), token.at());
      case TEMPLATE -> template();
      case NAME -> word();
      case PUNCTUATOR -> bracket();
      case END -> throw cursor.unexpected("A value expected");
    };
  }

  private Expression bracket() {
    var token = cursor.token();
    return switch (token.text()) {
      case "(" -> inBrackets();
      case "[" -> list();
      case "{" -> map();
      case "/", "/=" -> regex();
      default -> throw cursor.unexpected("A value expected");
    };
  }

  private Expression inBrackets() {
    boolean outer = inIsOperator;
    inIsOperator = true;
    var value = inParentheses();
    inIsOperator = outer;
    return value;
  }

  private Expression word() {
    var token = cursor.token();
    return switch (token.text()) {
      case "true", "false" -> new Literal(cursor.take().is("true"), token.at());
      case "null" -> {
        cursor.take();
        yield new Literal(Special.NULL, token.at());
      }
      case "function" -> {
        cursor.take();
        yield functionExpression(token.at());
      }
      case "new" -> construct();
      case "this" -> {
        cursor.take();
        yield new Name(Names.THIS, token.at());
      }
      default -> name();
    };
  }

  private Expression functionExpression(int at) {
    if (cursor.is("*")) {
      throw SourceException.notTaken("function*", at);
    }
    var name = cursor.token().isName() ? name().name() : "";
    return new Lambda(function(name, at), at);
  }

  private Expression construct() {
    int at = cursor.take().at();
    if (cursor.is(".")) {
      throw SourceException.notTaken("new.target", at);
    }
    var type = name();
    if (cursor.is(".") || cursor.is("[")) {
      throw SourceException.notTaken("new " + type.name() + ".", at);
    }
    if (!JavaScriptWords.CONSTRUCTIBLE.contains(type.name())) {
      throw SourceException.notTaken("new " + type.name(), at);
    }
    return new New(type.name(), cursor.is("(") ? arguments() : List.of(), at);
  }

  Name name() {
    var token = cursor.token();
    if (token.isName() && JavaScriptWords.NOT_TAKEN.contains(token.text())) {
      throw SourceException.notTaken(token.text(), token.at());
    }
    if (JavaScriptWords.RESERVED.contains(token.text())) {
      throw cursor.unexpected("A name expected");
    }
    return cursor.name();
  }

  private Expression template() {
    int at = cursor.at();
    var texts = new ArrayList<String>();
    var values = new ArrayList<Expression>();
    texts.add(cursor.token().text());
    boolean outer = inIsOperator;
    inIsOperator = true;
    while (!cursor.templateEnds()) {
      values.add(expression());
      if (!cursor.is("}")) {
        throw cursor.unexpected("'}' expected");
      }
      texts.add(cursor.templateRest().text());
    }
    inIsOperator = outer;
    return new Template(texts, values, at);
  }

  private Expression regex() {
    var token = cursor.regex();
    int end = token.text().lastIndexOf('/');
    return new Regex(token.text().substring(1, end), token.text().substring(end + 1), token.at());
  }

  @Override
  Expression argument() {
    int at = cursor.at();
    return cursor.takeIf("...") ? new Spread(assignment(), at) : assignment();
  }

  private Expression list() {
    int at = cursor.expect("[").at();
    boolean outer = inIsOperator;
    inIsOperator = true;
    var items = new ArrayList<Expression>();
    while (!cursor.is("]")) {
      if (cursor.is(",")) {
        throw SourceException.notTaken("[,]", cursor.at());
      }
      items.add(argument());
      if (!cursor.is("]")) {
        cursor.expect(",");
      }
    }
    inIsOperator = outer;
    cursor.expect("]");
    return new ListLiteral(items, at);
  }

  private Expression map() {
    int at = cursor.expect("{").at();
    boolean outer = inIsOperator;
    inIsOperator = true;
    var entries = new ArrayList<Entry>();
    while (!cursor.is("}")) {
      entries.add(entry());
      if (!cursor.is("}")) {
        cursor.expect(",");
      }
    }
    inIsOperator = outer;
    cursor.expect("}");
    return new MapLiteral(entries, at);
  }

  private Entry entry() {
    var token = cursor.token();
    if (cursor.takeIf("...")) {
      var spread = new Spread(assignment(), token.at());
      return new Entry(spread, spread);
    }
    if (cursor.takeIf("[")) {
      var key = assignment();
      cursor.expect("]");
      return new Entry(key, valueOrMethod(token));
    }
    if (token.is("get") || token.is("set") || token.is("async") || token.is("*")) {
      var after = cursor.following();
      if (!after.is(":") && !after.is(",") && !after.is("}") && !after.is("(")) {
        throw SourceException.notTaken(token.text(), token.at());
      }
    }
    var key = key();
    if (token.isName() && (cursor.is(",") || cursor.is("}"))) {
      requirePlain(token);
      return new Entry(key, new Name(token.text(), token.at()));
    }
    if (token.isName() && cursor.is("=")) {
      return new Entry(key, shorthandWithDefault(token));
    }
    return new Entry(key, valueOrMethod(token));
  }

  private Expression shorthandWithDefault(Token token) {
    requirePlain(token);
    int at = cursor.take().at();
    var shorthand = new Assign("", new Name(token.text(), token.at()), assignment(), at);
    unusedDefaults.add(shorthand);
    return shorthand;
  }

  private static void requirePlain(Token token) {
    if (JavaScriptWords.NOT_TAKEN.contains(token.text())) {
      throw SourceException.notTaken(token.text(), token.at());
    }
    if (JavaScriptWords.RESERVED.contains(token.text())) {
      throw SourceException.syntax("'" + token.text() + "' is reserved", token.text(), token.at());
    }
  }

  private Expression valueOrMethod(Token key) {
    if (cursor.is("(")) {
      return new Lambda(function("", key.at()), key.at());
    }
    cursor.expect(":");
    return assignment();
  }

  private Expression key() {
    var token = cursor.take();
    return switch (token.kind()) {
      case NAME, STRING -> new Literal(token.text(), token.at());
      case NUMBER -> new Literal(Numbers.javaScript(token), token.at());
      case TEMPLATE, PUNCTUATOR, END ->
          throw SourceException.syntax("A key expected", token.text(), token.at());
    };
  }
}
