package io.millrace.engine.scripts.compiler;

import io.millrace.engine.scripts.compiler.Expression.Literal;
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
import java.util.List;
import java.util.Optional;

/// TBEL, ThingsBoard's dialect of MVEL. The value of the last statement is the result.
///
/// Its statements; what they are made of is in [TbelExpressions].
final class TbelParser extends TbelExpressions {
  TbelParser(String source) {
    super(source);
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
    if (!TbelWords.TYPES.contains(cursor.token().text())) {
      return false;
    }
    var next = cursor.following();
    if (next.is("[")) {
      cursor.lexer().moveTo(next.end());
      var close = cursor.lexer().next();
      cursor.lexer().moveTo(cursor.token().end());
      return close.is("]");
    }
    return next.isName() && !TbelWords.OPERATORS.containsKey(next.text());
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
}
