package io.millrace.engine.scripts;

import static io.millrace.engine.scripts.Undefined.UNDEFINED;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `Object.keys` and its kin.
final class ObjectFunctions {
  static final Set<String> NAMES =
      Set.of(
          "keys",
          "values",
          "entries",
          "assign",
          "freeze",
          "isFrozen",
          "fromEntries",
          "getOwnPropertyNames",
          "is",
          "hasOwn");

  private ObjectFunctions() {}

  static @Nullable Object call(String name, Object[] arguments, Run run) {
    var first = arguments.length > 0 ? arguments[0] : UNDEFINED;
    return switch (name) {
      case "keys" -> keys(first, run);
      case "values" -> values(first, run);
      case "entries" -> entries(first, run);
      case "assign" -> assign(first, arguments, run);
      case "freeze" -> freeze(first);
      case "isFrozen" -> isFrozen(first);
      case "fromEntries" -> fromEntries(first, run);
      case "getOwnPropertyNames" -> {
        var names = keys(first, run);
        if (first instanceof ScriptArray) {
          names.add("length", run);
        }
        yield names;
      }
      case "is" -> is(first, arguments.length > 1 ? arguments[1] : UNDEFINED);
      case "hasOwn" ->
          present(first) != null
              && arguments.length > 1
              && Members.keys(first, run).contains(Conversions.key(arguments[1], run));
      default -> null;
    };
  }

  private static Object present(Object value) {
    if (Conversions.isNothing(value)) {
      throw Errors.type("Cannot convert " + value + " to an object");
    }
    return value;
  }

  private static ScriptArray keys(Object object, Run run) {
    return new ScriptArray(Members.keys(present(object), run).toArray(), true, run);
  }

  private static ScriptArray values(Object object, Run run) {
    var keys = Members.keys(present(object), run);
    var values = new Object[keys.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Members.get(object, keys.get(i));
    }
    return new ScriptArray(values, true, run);
  }

  private static ScriptArray entries(Object object, Run run) {
    var keys = Members.keys(present(object), run);
    var entries = new Object[keys.size()];
    for (int i = 0; i < entries.length; i++) {
      var key = keys.get(i);
      entries[i] = new ScriptArray(new Object[] {key, Members.get(object, key)}, true, run);
    }
    return new ScriptArray(entries, true, run);
  }

  private static Object assign(Object target, Object[] arguments, Run run) {
    present(target);
    for (int i = 1; i < arguments.length; i++) {
      for (var key : Members.keys(arguments[i], run)) {
        run.step();
        JavaScriptOps.set(target, key, Members.get(arguments[i], key), run);
      }
    }
    return target;
  }

  private static Object freeze(Object value) {
    switch (value) {
      case ScriptObject map -> map.freeze();
      case ScriptArray array -> array.freeze();
      default -> {}
    }
    return value;
  }

  private static boolean isFrozen(Object value) {
    return switch (value) {
      case ScriptObject map -> map.isFrozen();
      case ScriptArray array -> array.isFrozen();
      default -> !(value instanceof Thing);
    };
  }

  private static Object fromEntries(Object entries, Run run) {
    var made = ScriptObject.make(true, run);
    var walk = JavaScriptOps.valuesOf(entries, run);
    while (walk.next()) {
      run.step();
      var key = JavaScriptOps.getAt(walk.value(), 0.0, run);
      made.member(Conversions.key(key, run), JavaScriptOps.getAt(walk.value(), 1.0, run), run);
    }
    return made;
  }

  /// `Object.is`: like `===`, but NaN is itself and 0 is not -0.
  private static boolean is(Object left, Object right) {
    return (left instanceof Double l && right instanceof Double r)
        ? l.equals(r)
        : Comparison.same(left, right);
  }
}
