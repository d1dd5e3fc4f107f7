package io.millrace.engine.scripts;

import io.millrace.base.json.JsonNull;
import org.jspecify.annotations.Nullable;

/// Members and methods of TBEL's values.
final class TbelMembers {
  private TbelMembers() {}

  static Object get(Object object, String name, Run run) {
    run.step();
    var value = orNull(object, name, run);
    if (value == null) {
      throw noObject(object, name);
    }
    return value;
  }

  private static @Nullable Object orNull(Object object, String name, Run run) {
    return switch (object) {
      case ScriptArray list when name.equals("length") || name.equals("size") -> list.size();
      case String text when name.equals("length") -> text.length();
      case TbelEntry entry -> entry.member(name);
      case TbelStatics.Type type -> type.constant(name);
      case ScriptDate date -> TbelDates.call(date, "get" + capitalized(name), new Object[0], run);
      default -> null;
    };
  }

  private static String capitalized(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  static Thrown noObject(Object object, String name) {
    return Errors.type(
        object == JsonNull.NULL
            ? "Null has no member '" + name + "'"
            : TbelText.of(object) + " has no member '" + name + "'");
  }

  /// A place in a list or a text.
  static int index(int size, Object key) {
    var number = TbelNumbers.orNull(key);
    if (number == null || number.intValue() < 0 || number.intValue() >= size) {
      throw Errors.range("Index " + TbelText.of(key) + " is outside of the length " + size);
    }
    return number.intValue();
  }

  static Object call(Object receiver, String name, Object[] arguments, Run run) {
    var result =
        switch (receiver) {
          case String text -> TbelStrings.call(text, name, arguments, run);
          case ScriptArray set when set.isSet() -> TbelSets.call(set, name, arguments, run);
          case ScriptArray list -> TbelLists.call(list, name, arguments, run);
          case ScriptObject map when TbelRolling.is(map) ->
              TbelRolling.call(map, name, arguments, run);
          case ScriptObject map -> TbelMaps.call(map, name, arguments, run);
          case Number number -> TbelStatics.ofNumber(number, name, arguments);
          case TbelEntry entry -> entry.method(name, arguments, run);
          case ScriptDate date -> TbelDates.call(date, name, arguments, run);
          case TbelStatics.Type type -> TbelStatics.call(type, name, arguments, run);
          case Boolean truth when name.equals("equals") ->
              truth.equals(TbelOps.argument(arguments, 0));
          case Boolean truth when name.equals("toString") -> truth.toString();
          case JsonNull _ -> throw noObject(receiver, name + "()");
          default -> null;
        };
    if (result == null) {
      throw Errors.type(
          TbelText.of(receiver)
              + " has no method "
              + name
              + " with "
              + arguments.length
              + " arguments");
    }
    return result;
  }
}
