package io.millrace.engine.scripts;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Methods that every object has.
final class ObjectMethods {
  static final Set<String> NAMES =
      Set.of(
          "hasOwnProperty",
          "toString",
          "valueOf",
          "propertyIsEnumerable",
          "isPrototypeOf",
          "toLocaleString");

  private ObjectMethods() {}

  static @Nullable Object call(Thing thing, String name, Object[] arguments, Run run) {
    return switch (name) {
      case "hasOwnProperty", "propertyIsEnumerable" ->
          arguments.length > 0
              && (thing instanceof ScriptObject map
                  ? map.has(Conversions.key(arguments[0], run))
                  : thing.member(Conversions.key(arguments[0], run)) != null);
      case "toString", "toLocaleString" -> Conversions.text(thing, run);
      case "valueOf" -> thing;
      case "isPrototypeOf" -> false;
      default -> null;
    };
  }

  /// Copies the members of `other`, as `Object.assign` and `{...other}` do.
  static void assign(ScriptObject target, Object other, Run run) {
    for (var key : Members.keys(other, run)) {
      run.step();
      target.member(key, Members.get(other, key), run);
    }
  }
}
