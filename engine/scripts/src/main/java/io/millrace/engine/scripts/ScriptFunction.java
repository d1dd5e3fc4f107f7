package io.millrace.engine.scripts;

import org.jspecify.annotations.Nullable;

/// A function of the script as a value.
final class ScriptFunction implements Thing, Callable {
  private static final int SIZE_BYTES = 64;

  private final Code code;
  private final int number;
  private final Cell @Nullable [] cells;
  private final String name;
  private final int length;

  ScriptFunction(Code code, int number, Cell @Nullable [] cells, String name, int length, Run run) {
    run.allocate(SIZE_BYTES);
    this.code = code;
    this.number = number;
    this.cells = cells;
    this.name = name;
    this.length = length;
  }

  @Override
  public Object call(Object[] arguments, Run run) {
    return callOn(Undefined.UNDEFINED, arguments, run);
  }

  @Override
  public Object callOn(Object receiver, Object[] arguments, Run run) {
    run.receiver(receiver);
    return code.call(run, number, cells, arguments);
  }

  /// A function without cells is made anew wherever it is read, and still one and the same.
  boolean isSame(ScriptFunction other) {
    return this == other || (cells == null && other.cells == null && number == other.number);
  }

  @Override
  public @Nullable Object member(String member) {
    return switch (member) {
      case "name" -> name;
      case "length" -> (double) length;
      default -> null;
    };
  }

  @Override
  public void member(String member, Object value, Run run) {
    throw Errors.type("A function takes no members here");
  }

  @Override
  public @Nullable Object method(String method, Object[] arguments, Run run) {
    return Callable.method(this, method, arguments, run);
  }

  @Override
  public String className() {
    return "Function";
  }
}
