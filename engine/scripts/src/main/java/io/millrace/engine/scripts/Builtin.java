package io.millrace.engine.scripts;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A built-in function as a value: a global one, or a method of a value.
final class Builtin implements Thing, Callable {
  private final Object receiver;
  private final String name;

  Builtin(Object receiver, String name) {
    this.receiver = receiver;
    this.name = name;
  }

  String name() {
    return name;
  }

  boolean isSame(Builtin other) {
    return other.name.equals(name)
        && (receiver.equals(other.receiver) || !(receiver instanceof Namespace));
  }

  @Override
  public Object call(Object[] arguments, Run run) {
    return Members.call(receiver, name, arguments, run);
  }

  /// A function that belongs to a name, as in `Math.max`, does not mind what it is called on.
  @Override
  public Object callOn(Object called, Object[] arguments, Run run) {
    boolean isStatic = receiver instanceof Namespace || receiver instanceof Builtin;
    return isStatic ? call(arguments, run) : Members.call(called, name, arguments, run);
  }

  /// Whether it has a function of that name, as in `Object.keys`.
  boolean has(String function) {
    return receiver == Namespace.GLOBAL
        && switch (name) {
          case "Object" -> ObjectFunctions.NAMES.contains(function);
          case "Array" -> Set.of("isArray", "from", "of").contains(function);
          case "Date" -> Set.of("now", "parse", "UTC").contains(function);
          case "String" -> function.equals("fromCharCode");
          case "Number" ->
              Set.of("isInteger", "isSafeInteger", "isNaN", "isFinite", "parseFloat", "parseInt")
                  .contains(function);
          default -> false;
        };
  }

  @Override
  public @Nullable Object member(String member) {
    return receiver == Namespace.GLOBAL ? Globals.member(name, member) : null;
  }

  @Override
  public void member(String member, Object value, Run run) {
    throw Errors.type(name + " cannot be changed");
  }

  @Override
  public @Nullable Object method(String method, Object[] arguments, Run run) {
    var made = receiver == Namespace.GLOBAL ? Globals.callOf(name, method, arguments, run) : null;
    return made == null ? Callable.method(this, method, arguments, run) : made;
  }

  @Override
  public String className() {
    return "Function";
  }
}
