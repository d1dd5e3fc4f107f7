package io.millrace.engine.scripts;

import org.jspecify.annotations.Nullable;

/// A function whose receiver and first arguments are settled: what `bind` makes.
final class BoundFunction implements Thing, Callable {
  private static final int SIZE_BYTES = 48;
  private final Callable function;
  private final Object receiver;
  private final Object[] first;

  BoundFunction(Callable function, Object receiver, Object[] first, Run run) {
    run.allocate(SIZE_BYTES + 16L * first.length);
    this.function = function;
    this.receiver = receiver;
    this.first = first;
  }

  @Override
  public Object call(Object[] arguments, Run run) {
    run.enter(); // a chain of them is as deep as calls are
    run.allocate(16L * (first.length + arguments.length));
    var all = new Object[first.length + arguments.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(arguments, 0, all, first.length, arguments.length);
    var result = function.callOn(receiver, all, run);
    run.leave();
    return result;
  }

  @Override
  public @Nullable Object member(String name) {
    return null;
  }

  @Override
  public void member(String name, Object value, Run run) {
    throw Errors.type("A function takes no members here");
  }

  @Override
  public @Nullable Object method(String name, Object[] arguments, Run run) {
    return Callable.method(this, name, arguments, run);
  }

  @Override
  public String className() {
    return "Function";
  }
}
