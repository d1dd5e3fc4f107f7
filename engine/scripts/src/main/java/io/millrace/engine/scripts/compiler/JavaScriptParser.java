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
import io.millrace.engine.scripts.compiler.Statement.Block;
import io.millrace.engine.scripts.compiler.Statement.Declarator;
import io.millrace.engine.scripts.compiler.Statement.Declare;
import io.millrace.engine.scripts.compiler.Statement.Evaluate;
import io.millrace.engine.scripts.compiler.Statement.For;
import io.millrace.engine.scripts.compiler.Statement.ForEach;
import io.millrace.engine.scripts.compiler.Statement.Labelled;
import io.millrace.engine.scripts.compiler.Statement.Return;
import io.millrace.engine.scripts.compiler.Statement.Try;
import io.millrace.engine.scripts.compiler.Statement.Variables;
import io.millrace.engine.scripts.compiler.Token.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// JavaScript as the body of a function in sloppy mode, without what rule scripts do not use:
/// classes, generators, promises, accessors, `this`, `with`, `eval` and tagged templates.
final class JavaScriptParser extends Parser {
  private static final Map<String, Integer> OPERATORS = operatorTable();
  private static final Set<String> NOT_TAKEN =
      Set.of(
          "class",
          "async",
          "await",
          "yield",
          "with",
          "import",
          "export",
          "debugger",
          "enum",
          "super",
          "this",
          "eval",
          "arguments");
  private static final Set<String> CONSTRUCTIBLE =
      Set.of(
          "Date",
          "Array",
          "Object",
          "Map",
          "Set",
          "RegExp",
          "Error",
          "TypeError",
          "RangeError",
          "SyntaxError",
          "ReferenceError",
          "EvalError",
          "URIError");
  private static final Set<String> RESERVED =
      Set.of(
          "break",
          "case",
          "catch",
          "const",
          "continue",
          "default",
          "delete",
          "do",
          "else",
          "finally",
          "for",
          "function",
          "if",
          "in",
          "instanceof",
          "new",
          "return",
          "switch",
          "throw",
          "try",
          "typeof",
          "var",
          "void",
          "while",
          "true",
          "false",
          "null");

  private final Patterns patterns = new Patterns();

  /// Shorthands with a default, `{a = 1}`, that no pattern has used yet.
  private final Set<Expression> unusedDefaults = new HashSet<>();

  private boolean inIsOperator = true;

  JavaScriptParser(String source) {
    super(source);
  }

  @Override
  List<Statement> script() {
    var statements = super.script();
    unusedDefaults.stream()
        .findFirst()
        .ifPresent(
            each -> {
              throw SourceException.syntax("'=' has no place in an object", "=", each.at());
            });
    return statements;
  }

  private static Map<String, Integer> operatorTable() {
    var table = new HashMap<String, Integer>();
    var rows =
        List.of(
            "?? ||",
            "&&",
            "|",
            "^",
            "&",
            "== != === !==",
            "< > <= >= in instanceof",
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

  private static final Map<String, Integer> WITHOUT_IN = withoutIn();

  private static Map<String, Integer> withoutIn() {
    var table = new HashMap<>(OPERATORS);
    table.remove("in");
    return Map.copyOf(table);
  }

  @Override
  Map<String, Integer> operators() {
    return inIsOperator ? OPERATORS : WITHOUT_IN;
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
    if (token.is("{") && token.kind() == Kind.PUNCTUATOR) {
      return block();
    }
    if (!token.isName()) {
      return evaluate();
    }
    return switch (token.text()) {
      case "var", "const" -> variables();
      case "let" ->
          cursor.following().isName() || cursor.following().is("[") || cursor.following().is("{")
              ? variables()
              : evaluate();
      case "function" -> declare();
      case "if" -> ifStatement();
      case "while" -> whileStatement();
      case "do" -> doStatement();
      case "for" -> forStatement();
      case "return" -> returnStatement();
      case "break", "continue" -> jumpStatement();
      case "throw" -> throwStatement();
      case "try" -> tryStatement();
      case "switch" -> switchStatement();
      default -> cursor.following().is(":") ? labelled() : evaluate();
    };
  }

  private Statement labelled() {
    var label = name();
    cursor.expect(":");
    return new Labelled(label.name(), statement(), label.at());
  }

  private Statement evaluate() {
    int at = cursor.at();
    var value = expression();
    endStatement();
    return new Evaluate(value, at);
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

  private Statement declare() {
    int at = cursor.take().at();
    var name = functionName();
    return new Declare(name, function(name.name(), at), at);
  }

  private Name functionName() {
    if (cursor.is("*")) {
      throw SourceException.notTaken("function*", cursor.at());
    }
    return name();
  }

  private Statement variables() {
    var statement = declarations();
    endStatement();
    return statement;
  }

  private Variables declarations() {
    var word = cursor.take();
    var binding = binding(word);
    var declarators = new ArrayList<Declarator>();
    do {
      declarator(binding, declarators);
    } while (cursor.takeIf(","));
    return new Variables(binding, declarators, word.at());
  }

  private static Binding binding(Token word) {
    return switch (word.text()) {
      case "var" -> Binding.VAR;
      case "let" -> Binding.LET;
      default -> Binding.CONST;
    };
  }

  private void declarator(Binding binding, List<Declarator> into) {
    var target = target();
    if (!cursor.takeIf("=")) {
      if (!(target instanceof Name name) || binding == Binding.CONST) {
        throw cursor.unexpected("'=' expected");
      }
      into.add(new Declarator(name, Optional.empty(), cursor.previousEnd()));
      return;
    }
    var value = assignment();
    if (target instanceof Name name) {
      into.add(new Declarator(name, Optional.of(value), cursor.previousEnd()));
    } else {
      patterns.declare(target, value, cursor.previousEnd(), into);
    }
  }

  /// A name, or a pattern read as the literal that it looks like.
  private Expression target() {
    if (cursor.is("{") || cursor.is("[")) {
      var pattern = primary();
      forgetDefaults(pattern);
      return pattern;
    }
    return name();
  }

  private void forgetDefaults(Expression pattern) {
    patterns.defaults(pattern).forEach(unusedDefaults::remove);
  }

  private Statement forStatement() {
    int at = cursor.take().at();
    cursor.expect("(");
    if (cursor.is("var") || cursor.is("let") || cursor.is("const")) {
      return forDeclared(at);
    }
    if (cursor.takeIf(";")) {
      return forRest(Optional.empty(), at);
    }
    int firstAt = cursor.at();
    inIsOperator = false;
    var first = expression();
    inIsOperator = true;
    if (cursor.is("of") || cursor.is("in")) {
      requireTarget(first, cursor.token());
      return forEach(Optional.empty(), first, at);
    }
    cursor.expect(";");
    return forRest(Optional.of(new Evaluate(first, firstAt)), at);
  }

  private Statement forDeclared(int at) {
    var word = cursor.token();
    var lookahead = cursor.following();
    if (lookahead.is("[") || lookahead.is("{") || isForEach(lookahead)) {
      var start = cursor.take();
      var target = target();
      if (cursor.is("of") || cursor.is("in")) {
        return forEach(Optional.of(binding(start)), target, at);
      }
      throw SourceException.notTaken("pattern in for", start.at());
    }
    inIsOperator = false;
    var first = declarations();
    inIsOperator = true;
    if (cursor.is("in") || cursor.is("of")) {
      throw SourceException.notTaken("for with an initial value", word.at());
    }
    cursor.expect(";");
    return forRest(Optional.of(first), at);
  }

  private boolean isForEach(Token name) {
    cursor.lexer().moveTo(name.end());
    var after = cursor.lexer().next();
    cursor.lexer().moveTo(cursor.token().end());
    return name.isName() && (after.is("of") || after.is("in"));
  }

  private Statement forEach(Optional<Binding> binding, Expression target, int at) {
    boolean keys = cursor.take().is("in");
    var source = keys ? expression() : assignment();
    cursor.expect(")");
    if (target instanceof ListLiteral || target instanceof MapLiteral) {
      var whole = patterns.fresh(target.at());
      var parts = new ArrayList<Declarator>();
      patterns.declare(target, new Name(whole.name(), target.at()), 0, parts);
      var inner = new Variables(binding.orElseThrow(), parts, target.at());
      var body = new Block(List.of(inner, body()), at);
      return new ForEach(keys, binding, whole, source, body, at);
    }
    return new ForEach(keys, binding, target, source, body(), at);
  }

  private Statement forRest(Optional<Statement> first, int at) {
    Optional<Expression> test = cursor.is(";") ? Optional.empty() : Optional.of(expression());
    cursor.expect(";");
    Optional<Expression> update = cursor.is(")") ? Optional.empty() : Optional.of(expression());
    cursor.expect(")");
    return new For(first, test, update, body(), at);
  }

  private Statement tryStatement() {
    int at = cursor.take().at();
    var body = block();
    Optional<Name> caught = Optional.empty();
    Optional<Block> handler = Optional.empty();
    if (cursor.takeIf("catch")) {
      if (cursor.takeIf("(")) {
        if (!cursor.token().isName()) {
          throw SourceException.notTaken("pattern in catch", cursor.at());
        }
        caught = Optional.of(name());
        cursor.expect(")");
      }
      handler = Optional.of(block());
    }
    Optional<Block> last = cursor.takeIf("finally") ? Optional.of(block()) : Optional.empty();
    if (handler.isEmpty() && last.isEmpty()) {
      throw cursor.unexpected("'catch' or 'finally' expected");
    }
    return new Try(body, caught, handler, last, at);
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

  private Function function(String name, int at) {
    var parts = new ArrayList<Declarator>();
    var parameters = parameters(parts);
    boolean outer = inIsOperator;
    inIsOperator = true;
    var body = block().statements();
    inIsOperator = outer;
    return new Function(name, parameters, withParts(parts, body, at), at);
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
    if (!CONSTRUCTIBLE.contains(type.name())) {
      throw SourceException.notTaken("new " + type.name(), at);
    }
    return new New(type.name(), cursor.is("(") ? arguments() : List.of(), at);
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
    if (NOT_TAKEN.contains(token.text())) {
      throw SourceException.notTaken(token.text(), token.at());
    }
    if (RESERVED.contains(token.text())) {
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
