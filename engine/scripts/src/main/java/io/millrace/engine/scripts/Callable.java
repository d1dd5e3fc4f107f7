package io.millrace.engine.scripts;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What a script can call.
interface Callable {
  Object call(Object[] arguments, Run run);

  /// Calls it as a method of that value.
  default Object callOn(Object receiver, Object[] arguments, Run run) {
    return call(arguments, run);
  }

  /// JavaScript's methods of functions; null for any other.
  static @Nullable Object method(Callable function, String name, Object[] arguments, Run run) {
    var receiver = arguments.length > 0 ? arguments[0] : Undefined.UNDEFINED;
    return switch (name) {
      case "call" -> function.callOn(receiver, rest(arguments, run), run);
      case "bind" -> new BoundFunction(function, receiver, rest(arguments, run), run);
      case "apply" -> function.callOn(receiver, listed(arguments, run), run);
      default -> null;
    };
  }

  private static Object[] rest(Object[] arguments, Run run) {
    run.work(arguments.length);
    return Arrays.copyOfRange(arguments, Math.min(1, arguments.length), arguments.length);
  }

  private static Object[] listed(Object[] arguments, Run run) {
    if (arguments.length < 2 || Conversions.isNothing(arguments[1])) {
      return new Object[0];
    }
    if (arguments[1] instanceof ScriptArray list) {
      run.allocate(16L * list.size());
      run.work(list.size());
      return list.copy(0, list.size(), Undefined.UNDEFINED, run);
    }
    throw Errors.type("apply needs a list of arguments");
  }
}
