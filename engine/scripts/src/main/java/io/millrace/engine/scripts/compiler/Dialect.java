package io.millrace.engine.scripts.compiler;

import java.lang.constant.ClassDesc;
import java.util.List;

/// What the code generator must know of a language.
public enum Dialect {
  JAVA_SCRIPT("JavaScriptOps", true),
  TBEL("TbelOps", false);

  private final String operations;
  private final boolean doubles;

  Dialect(String operations, boolean doubles) {
    this.operations = operations;
    this.doubles = doubles;
  }

  /// The class whose static methods are the operators.
  ClassDesc operations() {
    return Linkage.named(operations);
  }

  /// All numbers are doubles, so that arithmetic needs no calls.
  boolean hasOnlyDoubles() {
    return doubles;
  }

  List<Statement> parse(String source) {
    return switch (this) {
      case JAVA_SCRIPT -> new JavaScriptParser(source).script();
      case TBEL -> new TbelParser(source).script();
    };
  }
}
