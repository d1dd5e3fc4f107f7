package io.millrace.engine.scripts;

import static io.millrace.engine.scripts.Undefined.UNDEFINED;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// JavaScript's global names. A global function is a [Builtin] of [Namespace#GLOBAL].
final class Globals {
  private static final Set<String> ERRORS =
      Set.of(
          "Error",
          "TypeError",
          "RangeError",
          "SyntaxError",
          "ReferenceError",
          "EvalError",
          "URIError");
  private static final Map<String, Object> VALUES = values();

  private Globals() {}

  private static Map<String, Object> values() {
    var values = new HashMap<String, Object>();
    values.put("Math", Namespace.MATH);
    values.put("JSON", Namespace.JSON);
    values.put("NaN", Double.NaN);
    values.put("Infinity", Double.POSITIVE_INFINITY);
    for (var name :
        Set.of(
            "parseInt",
            "parseFloat",
            "isNaN",
            "isFinite",
            "Number",
            "String",
            "Boolean",
            "Array",
            "Object",
            "Date",
            "RegExp",
            "Map",
            "Set",
            "encodeURIComponent",
            "decodeURIComponent",
            "encodeURI",
            "decodeURI")) {
      values.put(name, new Builtin(Namespace.GLOBAL, name));
    }
    ERRORS.forEach(name -> values.put(name, new Builtin(Namespace.GLOBAL, name)));
    return Map.copyOf(values);
  }

  static @Nullable Object find(String name) {
    return VALUES.get(name);
  }

  /// A member of a global function, as in `Number.MAX_SAFE_INTEGER`.
  static @Nullable Object member(String owner, String name) {
    if (owner.equals("Number")) {
      return switch (name) {
        case "MAX_SAFE_INTEGER" -> 9_007_199_254_740_991.0;
        case "MIN_SAFE_INTEGER" -> -9_007_199_254_740_991.0;
        case "MAX_VALUE" -> Double.MAX_VALUE;
        case "MIN_VALUE" -> Double.MIN_VALUE;
        case "EPSILON" -> Math.ulp(1.0);
        case "NaN" -> Double.NaN;
        case "POSITIVE_INFINITY" -> Double.POSITIVE_INFINITY;
        case "NEGATIVE_INFINITY" -> Double.NEGATIVE_INFINITY;
        default -> name.equals("name") ? owner : null;
      };
    }
    return name.equals("name") ? owner : null;
  }

  static @Nullable Object call(String name, Object[] arguments, Run run) {
    var first = arguments.length > 0 ? arguments[0] : UNDEFINED;
    return switch (name) {
      case "parseInt" -> parseInt(first, arguments, run);
      case "parseFloat" -> NumberText.parseFloat(Conversions.text(first, run));
      case "isNaN" -> Double.isNaN(Conversions.number(first));
      case "isFinite" -> Double.isFinite(Conversions.number(first));
      case "Number" -> arguments.length == 0 ? (Object) 0.0 : (Object) Conversions.number(first);
      case "String" -> arguments.length == 0 ? "" : Conversions.text(first, run);
      case "Boolean" -> Conversions.truth(first);
      case "Object" -> first instanceof Thing ? first : ScriptObject.make(true, run);
      case "Array" -> array(arguments, run);
      case "Date" -> ScriptDate.now(run).text();
      case "RegExp" -> ScriptRegex.of(first, arguments, run);
      case "encodeURIComponent" -> Uris.encode(Conversions.text(first, run), Uris.COMPONENT, run);
      case "encodeURI" -> Uris.encode(Conversions.text(first, run), Uris.WHOLE, run);
      case "decodeURIComponent" -> Uris.decode(Conversions.text(first, run), "", run);
      case "decodeURI" -> Uris.decode(Conversions.text(first, run), Uris.RESERVED, run);
      default -> ERRORS.contains(name) ? error(name, arguments, run) : null;
    };
  }

  private static double parseInt(Object first, Object[] arguments, Run run) {
    int radix = arguments.length > 1 ? Conversions.int32(Conversions.number(arguments[1])) : 0;
    return NumberText.parseInt(Conversions.text(first, run), radix);
  }

  private static ScriptError error(String name, Object[] arguments, Run run) {
    boolean isBare = arguments.length == 0 || arguments[0] == UNDEFINED;
    return new ScriptError(name, isBare ? "" : Conversions.text(arguments[0], run));
  }

  private static ScriptArray array(Object[] arguments, Run run) {
    if (arguments.length == 1 && arguments[0] instanceof Double length) {
      var array = ScriptArray.make(true, run);
      array.member("length", length, run);
      return array;
    }
    return new ScriptArray(arguments.clone(), true, run);
  }

  static Object construct(String type, Object[] arguments, Run run) {
    run.step();
    return switch (type) {
      case "Date" -> DateMethods.construct(arguments, run);
      case "Map" -> ScriptMap.of(true, arguments, run);
      case "Set" -> ScriptMap.of(false, arguments, run);
      default -> {
        var made = call(type, arguments, run);
        if (made == null) {
          throw Errors.type(type + " is not a constructor");
        }
        yield made;
      }
    };
  }

  /// A function of a global object, as in `Object.keys`.
  static @Nullable Object callOf(String owner, String name, Object[] arguments, Run run) {
    var first = arguments.length > 0 ? arguments[0] : UNDEFINED;
    return switch (owner) {
      case "Object" -> ObjectFunctions.call(name, arguments, run);
      case "Number" -> ofNumber(name, first, arguments, run);
      case "Array" ->
          switch (name) {
            case "isArray" -> first instanceof ScriptArray;
            case "from" -> ArrayFunctions.from(first, arguments, run);
            case "of" -> new ScriptArray(arguments.clone(), true, run);
            default -> null;
          };
      case "Date" -> DateMethods.callStatic(name, arguments, run);
      case "String" -> name.equals("fromCharCode") ? StringMethods.ofCodes(arguments, run) : null;
      default -> null;
    };
  }

  private static @Nullable Object ofNumber(String name, Object first, Object[] arguments, Run run) {
    return switch (name) {
      case "isInteger" ->
          first instanceof Double number
              && number == Math.rint(number)
              && !Double.isInfinite(number);
      case "isSafeInteger" ->
          first instanceof Double number
              && number == Math.rint(number)
              && Math.abs(number) <= 9_007_199_254_740_991.0;
      case "isNaN" -> first instanceof Double number && Double.isNaN(number);
      case "isFinite" -> first instanceof Double number && Double.isFinite(number);
      case "parseFloat", "parseInt" -> call(name, arguments, run);
      default -> null;
    };
  }

  static boolean isInstance(Object value, String type) {
    return switch (type) {
      case "Array" -> value instanceof ScriptArray;
      case "Date" -> value instanceof ScriptDate;
      case "RegExp" -> value instanceof ScriptRegex;
      case "Map" -> value instanceof ScriptMap map && map.className().equals("Map");
      case "Set" -> value instanceof ScriptMap map && map.className().equals("Set");
      case "Error" -> value instanceof ScriptError;
      case "Object" -> value instanceof Thing;
      default ->
          ERRORS.contains(type) && value instanceof ScriptError error && error.type().equals(type);
    };
  }
}
