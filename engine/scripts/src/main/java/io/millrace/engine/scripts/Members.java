package io.millrace.engine.scripts;

import static io.millrace.engine.scripts.Undefined.UNDEFINED;

import java.util.ArrayList;
import java.util.List;

/// Members of all kinds of values, for JavaScript.
final class Members {
  private Members() {}

  static Object get(Object object, String name) {
    if (object instanceof Thing thing) {
      var value = thing.member(name);
      return value != null ? value : missing(thing, name);
    }
    if (object instanceof String text) {
      return ofText(text, name);
    }
    if (Conversions.isNothing(object)) {
      throw noObject(object, name);
    }
    return isMethodOfPrimitive(object, name) ? new Builtin(object, name) : UNDEFINED;
  }

  static Thrown noObject(Object object, String name) {
    return Errors.type("Cannot read '" + name + "' of " + object);
  }

  private static Object ofText(String text, String name) {
    if (name.equals("length")) {
      return (double) text.length();
    }
    long index = Values.arrayIndex(name);
    if (index >= 0) {
      return index < text.length() ? String.valueOf(text.charAt((int) index)) : UNDEFINED;
    }
    return StringMethods.NAMES.contains(name) ? new Builtin(text, name) : UNDEFINED;
  }

  /// Not one of its members: a method of its kind as a value, or undefined.
  static Object missing(Thing thing, String name) {
    return isMethod(thing, name) ? new Builtin(thing, name) : UNDEFINED;
  }

  static boolean isMethod(Thing thing, String name) {
    return ObjectMethods.NAMES.contains(name)
        || switch (thing) {
          case ScriptArray _ -> ArrayMethods.NAMES.contains(name);
          case ScriptDate _ -> DateMethods.NAMES.contains(name);
          case ScriptRegex _ -> name.equals("test") || name.equals("exec");
          case ScriptMap map -> map.names().contains(name);
          case Namespace namespace -> namespace.has(name);
          case Builtin builtin -> builtin.has(name) || isOfFunctions(name);
          case ScriptFunction _ -> isOfFunctions(name);
          case BoundFunction _ -> isOfFunctions(name);
          default -> false;
        };
  }

  private static boolean isOfFunctions(String name) {
    return name.equals("call") || name.equals("apply") || name.equals("bind");
  }

  private static boolean isMethodOfPrimitive(Object value, String name) {
    return value instanceof Double
        ? NumberMethods.NAMES.contains(name)
        : name.equals("toString") || name.equals("valueOf");
  }

  static Object call(Object receiver, String name, Object[] arguments, Run run) {
    if (receiver instanceof Thing thing) {
      return call(thing, name, arguments, run);
    }
    var result =
        switch (receiver) {
          case String text -> StringMethods.call(text, name, arguments, run);
          case Double number -> NumberMethods.call(number, name, arguments);
          case Boolean truth ->
              name.equals("toString") ? truth.toString() : name.equals("valueOf") ? truth : null;
          default -> throw noObject(receiver, name);
        };
    if (result == null) {
      throw noFunction(name);
    }
    return result;
  }

  private static Object call(Thing thing, String name, Object[] arguments, Run run) {
    var member = thing.member(name);
    if (member instanceof Callable callable) {
      return callable instanceof ScriptFunction own
          ? own.callOn(thing, arguments, run)
          : callable.call(arguments, run);
    }
    var result = member == null ? thing.method(name, arguments, run) : null;
    if (result == null && member == null && !(thing instanceof ScriptObject)) {
      result = ObjectMethods.call(thing, name, arguments, run);
    }
    if (result == null) {
      throw noFunction(name);
    }
    return result;
  }

  private static Thrown noFunction(String name) {
    return Errors.type(name + " is not a function");
  }

  static boolean delete(Object object, String name, Run run) {
    return switch (object) {
      case ScriptObject map -> map.remove(name, run);
      case ScriptArray array -> {
        long index = Values.arrayIndex(name);
        if (index >= 0 && index < array.size()) {
          array.hole((int) index);
        }
        var named = array.named();
        yield named == null || named.remove(name, run);
      }
      case ScriptError error -> error.members().remove(name, run);
      default -> true;
    };
  }

  /// The names that a loop over an object meets.
  static List<String> keys(Object object, Run run) {
    return switch (object) {
      case ScriptObject map -> map.keys(run);
      case ScriptArray array -> keys(array, run);
      case ScriptError error -> error.members().keys(run);
      case String text -> indexes(text.length(), run);
      default -> List.of();
    };
  }

  private static List<String> keys(ScriptArray array, Run run) {
    var keys = new ArrayList<String>();
    run.allocate(16L * array.size());
    run.work(array.size());
    for (int i = 0; i < array.size(); i++) {
      if (array.rawItem(i) != null) {
        keys.add(Integer.toString(i));
      }
    }
    var named = array.named();
    if (named != null) {
      keys.addAll(named.keys(run));
    }
    return keys;
  }

  private static List<String> indexes(int count, Run run) {
    run.allocate(16L * count);
    run.work(count);
    var keys = new ArrayList<String>(count);
    for (int i = 0; i < count; i++) {
      keys.add(Integer.toString(i));
    }
    return keys;
  }
}
