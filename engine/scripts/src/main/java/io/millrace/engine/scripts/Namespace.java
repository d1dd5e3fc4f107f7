package io.millrace.engine.scripts;

import org.jspecify.annotations.Nullable;

/// The objects that hold functions: `Math`, `JSON`, and the one around all.
enum Namespace implements Thing {
  GLOBAL("Object"),
  MATH("Math"),
  JSON("JSON");

  private final String className;

  Namespace(String className) {
    this.className = className;
  }

  /// Whether it has a function of that name.
  boolean has(String function) {
    return switch (this) {
      case GLOBAL -> Globals.find(function) != null;
      case MATH -> MathFunctions.NAMES.contains(function);
      case JSON -> function.equals("parse") || function.equals("stringify");
    };
  }

  @Override
  public @Nullable Object member(String member) {
    return this == MATH ? MathFunctions.constant(member) : null;
  }

  @Override
  public void member(String member, Object value, Run run) {
    throw Errors.type(className + " cannot be changed");
  }

  @Override
  public @Nullable Object method(String method, Object[] arguments, Run run) {
    return switch (this) {
      case GLOBAL -> Globals.call(method, arguments, run);
      case MATH -> MathFunctions.call(method, arguments, run);
      case JSON -> JsonFunctions.call(method, arguments, run);
    };
  }

  @Override
  public String className() {
    return className;
  }
}
