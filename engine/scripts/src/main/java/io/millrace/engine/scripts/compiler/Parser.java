package io.millrace.engine.scripts.compiler;

import io.millrace.engine.scripts.compiler.Expression.Assign;
import io.millrace.engine.scripts.compiler.Expression.Binary;
import io.millrace.engine.scripts.compiler.Expression.Call;
import io.millrace.engine.scripts.compiler.Expression.Chain;
import io.millrace.engine.scripts.compiler.Expression.Conditional;
import io.millrace.engine.scripts.compiler.Expression.Index;
import io.millrace.engine.scripts.compiler.Expression.Logical;
import io.millrace.engine.scripts.compiler.Expression.Member;
import io.millrace.engine.scripts.compiler.Expression.Name;
import io.millrace.engine.scripts.compiler.Expression.Update;
import io.millrace.engine.scripts.compiler.Statement.Block;
import io.millrace.engine.scripts.compiler.Statement.Break;
import io.millrace.engine.scripts.compiler.Statement.Case;
import io.millrace.engine.scripts.compiler.Statement.Continue;
import io.millrace.engine.scripts.compiler.Statement.DoWhile;
import io.millrace.engine.scripts.compiler.Statement.If;
import io.millrace.engine.scripts.compiler.Statement.Return;
import io.millrace.engine.scripts.compiler.Statement.Switch;
import io.millrace.engine.scripts.compiler.Statement.Throw;
import io.millrace.engine.scripts.compiler.Statement.While;
import io.millrace.engine.scripts.compiler.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the two languages share: statements with braces, operators by precedence, chains of
/// members, indexes and calls.
abstract sealed class Parser permits JavaScriptExpressions, TbelExpressions {
  private static final int CHAIN_MAX = 400;
  private static final Set<String> ASSIGNMENTS =
      Set.of(
          "=", "+=", "-=", "*=", "/=", "%=", "**=", "<<=", ">>=", ">>>=", "&=", "|=", "^=", "&&=",
          "||=", "??=");

  private static final int ALTERNATIVES_MAX = 400;

  final Cursor cursor;
  private int alternatives;

  Parser(String source) {
    this.cursor = new Cursor(source);
  }

  /// Binary operators by how strongly they bind, 1 the weakest.
  abstract Map<String, Integer> operators();

  abstract Statement statement();

  abstract Expression unary();

  abstract Expression assignment();

  abstract void endStatement();

  /// The whole script.
  List<Statement> script() {
    var statements = new ArrayList<Statement>();
    while (cursor.token().kind() != Kind.END) {
      if (!cursor.takeIf(";")) {
        statements.add(statement());
      }
    }
    return statements;
  }

  final Block block() {
    int at = cursor.expect("{").at();
    var statements = new ArrayList<Statement>();
    while (!cursor.is("}")) {
      if (cursor.token().kind() == Kind.END) {
        throw cursor.unexpected("'}' expected");
      }
      if (!cursor.takeIf(";")) {
        statements.add(statement());
      }
    }
    cursor.expect("}");
    return new Block(statements, at);
  }

  /// A statement of its own, or nothing for a lone semicolon.
  final Statement body() {
    int at = cursor.at();
    if (cursor.takeIf(";")) {
      return new Block(List.of(), at);
    }
    cursor.enter();
    var body = statement();
    cursor.leave();
    return body;
  }

  final Statement ifStatement() {
    int at = cursor.take().at();
    var test = inParentheses();
    var yes = body();
    Optional<Statement> no = cursor.takeIf("else") ? Optional.of(otherwise()) : Optional.empty();
    return new If(test, yes, no, at);
  }

  /// A long list of `else if` is no deep nesting to whoever writes it.
  private Statement otherwise() {
    if (!cursor.is("if")) {
      return body();
    }
    if (++alternatives > ALTERNATIVES_MAX) {
      throw cursor.unexpected("At most " + ALTERNATIVES_MAX + " else if in a row are taken");
    }
    var choice = ifStatement();
    alternatives--;
    return choice;
  }

  final Statement whileStatement() {
    int at = cursor.take().at();
    var test = inParentheses();
    return new While(test, body(), at);
  }

  final Statement doStatement() {
    int at = cursor.take().at();
    var body = body();
    var test = endOfDo();
    cursor.takeIf(";");
    return new DoWhile(body, test, at);
  }

  /// The condition under which a `do` goes on.
  Expression endOfDo() {
    cursor.expect("while");
    return inParentheses();
  }

  final Statement returnStatement() {
    int at = cursor.take().at();
    boolean bare =
        cursor.is(";")
            || cursor.is("}")
            || cursor.token().kind() == Kind.END
            || cursor.token().afterNewline();
    Optional<Expression> value = bare ? Optional.empty() : Optional.of(expression());
    endStatement();
    return new Return(value, at);
  }

  final Statement throwStatement() {
    int at = cursor.take().at();
    var value = expression();
    endStatement();
    return new Throw(value, at);
  }

  final Statement jumpStatement() {
    var word = cursor.take();
    Optional<String> label =
        cursor.token().isName() && !cursor.token().afterNewline()
            ? Optional.of(cursor.take().text())
            : Optional.empty();
    endStatement();
    return word.is("break") ? new Break(label, word.at()) : new Continue(label, word.at());
  }

  final Statement switchStatement() {
    int at = cursor.take().at();
    var value = inParentheses();
    cursor.expect("{");
    var cases = new ArrayList<Case>();
    while (!cursor.takeIf("}")) {
      Optional<Expression> test = Optional.empty();
      if (cursor.takeIf("case")) {
        test = Optional.of(expression());
      } else {
        cursor.expect("default");
      }
      cursor.expect(":");
      cases.add(new Case(test, caseBody()));
    }
    if (cases.stream().filter(each -> each.test().isEmpty()).count() > 1) {
      throw SourceException.syntax("A switch has one default at most", "default", at);
    }
    return new Switch(value, cases, at);
  }

  private List<Statement> caseBody() {
    var statements = new ArrayList<Statement>();
    while (!cursor.is("case") && !cursor.is("default") && !cursor.is("}")) {
      if (!cursor.takeIf(";")) {
        statements.add(statement());
      }
    }
    return statements;
  }

  final Expression inParentheses() {
    cursor.expect("(");
    var value = expression();
    cursor.expect(")");
    return value;
  }

  Expression expression() {
    return assignment();
  }

  /// What follows a parsed left side: an assignment, or nothing.
  final Expression assignmentTo(Expression left) {
    var token = cursor.token();
    if (token.kind() != Kind.PUNCTUATOR || !ASSIGNMENTS.contains(token.text())) {
      return left;
    }
    cursor.take();
    var operator = token.text().substring(0, token.text().length() - 1);
    requireTarget(left, token);
    return new Assign(operator, left, assignment(), token.at());
  }

  final void requireTarget(Expression left, Token token) {
    if (!(left instanceof Name || left instanceof Member || left instanceof Index)) {
      throw SourceException.syntax(
          "What stands before '" + token.text() + "' cannot be assigned to",
          token.text(),
          token.at());
    }
  }

  final Expression conditional() {
    var test = binary(1);
    if (!cursor.is("?")) {
      return test;
    }
    int at = cursor.take().at();
    cursor.enter();
    var yes = assignment();
    cursor.expect(":");
    var no = assignment();
    cursor.leave();
    return new Conditional(test, yes, no, at);
  }

  private Expression binary(int weakest) {
    var left = unary();
    for (int links = 0; ; links++) {
      var token = cursor.token();
      int strength = strength(token);
      if (strength < weakest) {
        return left;
      }
      if (links > CHAIN_MAX) {
        throw SourceException.syntax("The expression is too long", token.text(), token.at());
      }
      cursor.take();
      var right = binary(isRightBound(token) ? strength : strength + 1);
      left = join(token, left, right);
    }
  }

  private int strength(Token token) {
    return token.kind() == Kind.PUNCTUATOR || token.isName()
        ? operators().getOrDefault(token.text(), 0)
        : 0;
  }

  private static boolean isRightBound(Token token) {
    return token.text().equals("**");
  }

  Expression join(Token operator, Expression left, Expression right) {
    return switch (operator.text()) {
      case "&&", "||", "??" -> new Logical(operator.text(), left, right, operator.at());
      default -> new Binary(operator.text(), left, right, operator.at());
    };
  }

  final Expression update() {
    var sign = cursor.token();
    if (sign.is("++") || sign.is("--")) {
      cursor.take();
      var target = unary();
      requireTarget(target, sign);
      return new Update(sign.is("++") ? 1 : -1, true, target, sign.at());
    }
    var target = chain(primary());
    var after = cursor.token();
    if ((after.is("++") || after.is("--")) && !after.afterNewline()) {
      cursor.take();
      requireTarget(target, after);
      return new Update(after.is("++") ? 1 : -1, false, target, after.at());
    }
    return target;
  }

  abstract Expression primary();

  /// Members, indexes and calls behind `start`.
  final Expression chain(Expression start) {
    var value = start;
    boolean optional = false;
    boolean mayBeNothing = false;
    for (int links = 0; ; links++) {
      var token = cursor.token();
      if (links > CHAIN_MAX) {
        throw SourceException.syntax("The expression is too long", token.text(), token.at());
      }
      if (token.is(".")) {
        cursor.take();
        value = new Member(value, memberName(), mayBeNothing, token.at());
        mayBeNothing = false;
      } else if (token.is("?.")) {
        cursor.take();
        optional = true;
        value = optionalLink(value, token.at());
      } else if (token.is(".?")) { // TBEL: a member that may be null; then what follows is null too
        cursor.take();
        value = new Member(value, memberName(), mayBeNothing, token.at());
        optional = true;
        mayBeNothing = true;
      } else if (token.is("[")) {
        value = index(value, mayBeNothing);
        mayBeNothing = false;
      } else if (token.is("(")) {
        value = new Call(value, arguments(), false, token.at());
      } else {
        return optional ? new Chain(value, start.at()) : value;
      }
    }
  }

  private Expression optionalLink(Expression value, int at) {
    if (cursor.is("[")) {
      return index(value, true);
    }
    if (cursor.is("(")) {
      return new Call(value, arguments(), true, at);
    }
    return new Member(value, memberName(), true, at);
  }

  private Expression index(Expression value, boolean optional) {
    int at = cursor.expect("[").at();
    cursor.enter();
    var key = expression();
    cursor.leave();
    cursor.expect("]");
    return new Index(value, key, optional, at);
  }

  String memberName() {
    return cursor.name().name();
  }

  final List<Expression> arguments() {
    cursor.expect("(");
    cursor.enter();
    var arguments = new ArrayList<Expression>();
    while (!cursor.is(")")) {
      arguments.add(argument());
      if (!cursor.is(")")) {
        cursor.expect(",");
      }
    }
    cursor.leave();
    cursor.expect(")");
    return arguments;
  }

  Expression argument() {
    return assignment();
  }
}
