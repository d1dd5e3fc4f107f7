package io.millrace.engine.scripts.compiler;

import io.millrace.engine.scripts.compiler.Expression.ListLiteral;
import io.millrace.engine.scripts.compiler.Expression.MapLiteral;
import io.millrace.engine.scripts.compiler.Expression.Name;
import io.millrace.engine.scripts.compiler.Statement.Binding;
import io.millrace.engine.scripts.compiler.Statement.Block;
import io.millrace.engine.scripts.compiler.Statement.Declarator;
import io.millrace.engine.scripts.compiler.Statement.Declare;
import io.millrace.engine.scripts.compiler.Statement.Evaluate;
import io.millrace.engine.scripts.compiler.Statement.For;
import io.millrace.engine.scripts.compiler.Statement.ForEach;
import io.millrace.engine.scripts.compiler.Statement.Labelled;
import io.millrace.engine.scripts.compiler.Statement.Try;
import io.millrace.engine.scripts.compiler.Statement.Variables;
import io.millrace.engine.scripts.compiler.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// JavaScript as the body of a function in sloppy mode, without what rule scripts do not use:
/// classes, generators, promises, accessors, `this`, `with`, `eval` and tagged templates.
///
/// Its statements; what they are made of is in [JavaScriptExpressions].
final class JavaScriptParser extends JavaScriptExpressions {
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
}
