package io.millrace.engine.scripts.compiler;

import org.jspecify.annotations.Nullable;

/// One variable of one function, and what the code generator must know of it.
final class Variable {
  enum Kind {
    PARAMETER,
    VAR,
    LET,
    CONST,
    FUNCTION,
    /// The name of a function expression, inside itself.
    SELF,
    /// What a function is called on.
    RECEIVER,
    /// Assigned without a declaration anywhere.
    IMPLICIT
  }

  private final String name;
  private final Kind kind;
  private final FunctionScope owner;
  private final int visibleFrom;
  private @Nullable FunctionScope function;
  private boolean captured;
  private boolean reassigned;
  private boolean checked;

  Variable(String name, Kind kind, FunctionScope owner, int visibleFrom) {
    this.name = name;
    this.kind = kind;
    this.owner = owner;
    this.visibleFrom = visibleFrom;
    this.checked = kind == Kind.IMPLICIT;
  }

  String name() {
    return name;
  }

  Kind kind() {
    return kind;
  }

  FunctionScope owner() {
    return owner;
  }

  /// For a declared function that is never replaced.
  @Nullable FunctionScope function() {
    return reassigned ? null : function;
  }

  void function(FunctionScope declared) {
    reassigned |= function != null;
    function = declared;
  }

  /// Lives in a cell, because an inner function uses it.
  boolean isCaptured() {
    return captured;
  }

  void capture() {
    captured = true;
  }

  void reassign() {
    reassigned = true;
  }

  /// May be read before it has a value; then reading it is an error.
  boolean isChecked() {
    return checked;
  }

  void check() {
    checked = true;
  }

  /// Offset behind its declaration, for `let` and `const`.
  int visibleFrom() {
    return visibleFrom;
  }

  boolean isBlockScoped() {
    return kind == Kind.LET || kind == Kind.CONST;
  }
}
