package io.millrace.engine.scripts;

import static io.millrace.engine.scripts.TbelOps.argument;

import io.millrace.base.json.JsonNull;
import java.util.Set;

/// ThingsBoard's own functions for TBEL; those about bytes and numbers are in [TbelCodecs].
final class TbelFunctions {
  static final Set<String> NAMES =
      Set.of(
          "#cast",
          "parseInt",
          "parseLong",
          "parseFloat",
          "parseDouble",
          "toFixed",
          "toInt",
          "isNaN",
          "raiseError",
          "isMap",
          "isList",
          "isArray",
          "isSet",
          "toSet",
          "newSet",
          "isInsidePolygon",
          "isInsideCircle",
          "encodeURI",
          "decodeURI",
          "padStart",
          "padEnd",
          "toFlatMap",
          "decodeToJson");

  private TbelFunctions() {}

  static boolean isKnown(String name) {
    return NAMES.contains(name) || TbelCodecs.NAMES.contains(name);
  }

  static Object call(String name, Object[] arguments, Run run) {
    if (!isKnown(name)) {
      throw Errors.type("'" + name + "' is not a function");
    }
    var first = argument(arguments, 0);
    return switch (name) {
      case "#cast" -> TbelNumbers.cast((String) first, arguments[1], run);
      case "parseInt", "parseLong" -> parseWhole(first, arguments, run);
      case "parseFloat" -> parseFloat(first, run);
      case "parseDouble" -> parseDouble(first, run);
      case "toFixed" -> toFixed(first, argument(arguments, 1));
      case "toInt" -> toInt(TbelNumbers.number(first).doubleValue());
      case "isNaN" -> Double.isNaN(TbelNumbers.number(first).doubleValue());
      case "raiseError" -> throw new Thrown(new ScriptError("Error", TbelText.of(first, run)));
      case "isMap" -> first instanceof ScriptObject;
      case "isList", "isArray" -> first instanceof ScriptArray list && !list.isSet();
      case "isSet" -> first instanceof ScriptArray list && list.isSet();
      case "toSet", "newSet" -> TbelSets.of(arguments, run);
      case "isInsidePolygon" -> TbelGeo.isInsidePolygon(arguments, run);
      case "isInsideCircle" -> TbelGeo.isInsideCircle(arguments, run);
      case "encodeURI" -> Uris.encode(TbelText.of(first, run), Uris.WHOLE, run);
      case "decodeURI" -> Uris.decode(TbelText.of(first, run), Uris.RESERVED, run);
      case "padStart", "padEnd" -> pad(name, first, arguments, run);
      case "toFlatMap" -> TbelFlatMap.of(arguments, run);
      case "decodeToJson" ->
          JsonFunctions.parse(
              first instanceof String text ? text : TbelCodecs.text(first, run), false, run);
      default -> TbelCodecs.call(name, arguments, run);
    };
  }

  private static Object pad(String name, Object text, Object[] arguments, Run run) {
    var rest =
        new Object[] {
          TbelNumbers.number(argument(arguments, 1)).doubleValue(), TbelText.of(arguments[2], run)
        };
    var padded = StringMethods.call(TbelText.of(text, run), name, rest, run);
    return padded == null ? JsonNull.NULL : padded;
  }

  /// Null when the text is no number; the text may begin with 0x, and a radix may be given.
  private static Object parseWhole(Object value, Object[] arguments, Run run) {
    var text = TbelText.of(value, run).trim();
    int radix = arguments.length > 1 ? TbelNumbers.integer(arguments[1]) : 0;
    return TbelCodecs.parse(text, radix);
  }

  private static Object parseFloat(Object value, Run run) {
    var number = TbelNumbers.orNull(TbelText.of(value, run));
    return number == null ? JsonNull.NULL : (Object) TbelStatics.ofFloat(number.floatValue());
  }

  private static Object parseDouble(Object value, Run run) {
    var number = TbelNumbers.orNull(TbelText.of(value, run));
    return number == null ? JsonNull.NULL : (Object) number.doubleValue();
  }

  /// Half up, on the number as it is written: toFixed(0.345, 2) is 0.35.
  private static Object toFixed(Object value, Object digits) {
    double number = TbelNumbers.number(value).doubleValue();
    if (!Double.isFinite(number)) {
      return number;
    }
    return new java.math.BigDecimal(Double.toString(number))
        .setScale(TbelNumbers.integer(digits), java.math.RoundingMode.HALF_UP)
        .doubleValue();
  }

  private static Object toInt(double number) {
    return new java.math.BigDecimal(Double.toString(number))
        .setScale(0, java.math.RoundingMode.HALF_UP)
        .intValue();
  }
}
