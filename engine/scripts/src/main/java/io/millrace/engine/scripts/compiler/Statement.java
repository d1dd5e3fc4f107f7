package io.millrace.engine.scripts.compiler;

import io.millrace.engine.scripts.compiler.Expression.Name;
import java.util.List;
import java.util.Optional;

/// What is done. `at` is the offset that errors name.
sealed interface Statement {
  int at();

  enum Binding {
    VAR,
    LET,
    CONST
  }

  record Variables(Binding binding, List<Declarator> declarators, int at) implements Statement {}

  /// `end` is the offset behind it.
  record Declarator(Name name, Optional<Expression> value, int end) {}

  record Evaluate(Expression expression, int at) implements Statement {}

  record If(Expression test, Statement yes, Optional<Statement> no, int at) implements Statement {}

  record While(Expression test, Statement body, int at) implements Statement {}

  record DoWhile(Statement body, Expression test, int at) implements Statement {}

  record For(
      Optional<Statement> first,
      Optional<Expression> test,
      Optional<Expression> update,
      Statement body,
      int at)
      implements Statement {}

  /// `for (target of|in source)`; `binding` is absent when `target` was declared elsewhere. `then`
  /// takes the target apart when it is a pattern.
  record ForEach(
      boolean keys,
      Optional<Binding> binding,
      Expression target,
      Expression source,
      Statement body,
      int at)
      implements Statement {}

  record Return(Optional<Expression> value, int at) implements Statement {}

  record Break(Optional<String> label, int at) implements Statement {}

  record Continue(Optional<String> label, int at) implements Statement {}

  record Throw(Expression value, int at) implements Statement {}

  record Try(
      Block body, Optional<Name> caught, Optional<Block> handler, Optional<Block> last, int at)
      implements Statement {}

  record Switch(Expression value, List<Case> cases, int at) implements Statement {}

  /// Without a test: `default`.
  record Case(Optional<Expression> test, List<Statement> body) {}

  record Block(List<Statement> statements, int at) implements Statement {}

  record Declare(Name name, Function function, int at) implements Statement {}

  record Labelled(String label, Statement body, int at) implements Statement {}
}
