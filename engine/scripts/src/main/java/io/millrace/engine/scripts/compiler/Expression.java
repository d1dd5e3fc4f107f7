package io.millrace.engine.scripts.compiler;

import java.util.List;

/// What has a value. `at` is the offset that errors name.
sealed interface Expression {
  int at();

  /// A constant: String, Double, Integer, Long, Boolean, or one of [Special].
  record Literal(Object value, int at) implements Expression {}

  enum Special {
    NULL,
    UNDEFINED
  }

  /// Not a record: two uses of one name are two nodes, told apart by identity.
  final class Name implements Expression {
    private final String name;
    private final int at;

    Name(String name, int at) {
      this.name = name;
      this.at = at;
    }

    String name() {
      return name;
    }

    @Override
    public int at() {
      return at;
    }
  }

  /// `texts` has one element more than `values`.
  record Template(List<String> texts, List<Expression> values, int at) implements Expression {}

  record Member(Expression object, String name, boolean optional, int at) implements Expression {}

  record Index(Expression object, Expression key, boolean optional, int at) implements Expression {}

  record Call(Expression callee, List<Expression> arguments, boolean optional, int at)
      implements Expression {}

  /// `a?.b.c`: the whole chain is undefined when `a` is null or undefined.
  record Chain(Expression whole, int at) implements Expression {}

  record New(String type, List<Expression> arguments, int at) implements Expression {}

  record Unary(String operator, Expression operand, int at) implements Expression {}

  /// `++` and `--`; `by` is 1 or -1.
  record Update(int by, boolean prefix, Expression target, int at) implements Expression {}

  record Binary(String operator, Expression left, Expression right, int at) implements Expression {}

  /// `&&`, `||` and `??`.
  record Logical(String operator, Expression left, Expression right, int at)
      implements Expression {}

  record Conditional(Expression test, Expression yes, Expression no, int at)
      implements Expression {}

  /// `target op= value`; `operator` is empty for a plain assignment.
  record Assign(String operator, Expression target, Expression value, int at)
      implements Expression {}

  record ListLiteral(List<Expression> items, int at) implements Expression {}

  record MapLiteral(List<Entry> entries, int at) implements Expression {}

  /// `key` is any expression; a spread has [Spread] as its value and its key counts for nothing.
  record Entry(Expression key, Expression value) {}

  record Spread(Expression list, int at) implements Expression {}

  record Lambda(Function function, int at) implements Expression {}

  record Regex(String pattern, String flags, int at) implements Expression {}

  record Sequence(List<Expression> parts, int at) implements Expression {}
}
