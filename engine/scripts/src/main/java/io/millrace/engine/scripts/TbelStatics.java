package io.millrace.engine.scripts;

import io.millrace.base.json.JsonNull;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The types of Java that TBEL knows by name, and what numbers can do.
final class TbelStatics {
  /// `empty`: equal to null, to nothing inside, and to zero.
  static final Object EMPTY = new Type("empty");

  static final Set<String> TYPES =
      Set.of(
          "Math",
          "JSON",
          "Integer",
          "Long",
          "Double",
          "Float",
          "Byte",
          "Short",
          "Boolean",
          "String",
          "Character",
          "Arrays",
          "Date");
  static final Set<String> NAMES =
      Set.of(
          "parseInt",
          "parseLong",
          "parseDouble",
          "parseFloat",
          "parseBoolean",
          "parseByte",
          "valueOf",
          "toHexString",
          "toBinaryString",
          "toOctalString",
          "isNaN",
          "isInfinite",
          "isDigit",
          "isLetter",
          "intValue",
          "longValue",
          "doubleValue",
          "floatValue",
          "byteValue",
          "shortValue",
          "stringify",
          "parse",
          "now",
          "UTC",
          "toRadians",
          "toDegrees",
          "floorMod",
          "floorDiv",
          "rint",
          "toUnsignedInt",
          "compare",
          "sum",
          "reverseBytes",
          "copyOfRange",
          "copyOf",
          "asList",
          "bitCount");

  /// A type as a value, in front of a point.
  record Type(String name) {
    Object constant(String constant) {
      return switch (name + "." + constant) {
        case "Math.PI" -> Math.PI;
        case "Math.E" -> Math.E;
        case "Integer.MAX_VALUE" -> Integer.MAX_VALUE;
        case "Integer.MIN_VALUE" -> Integer.MIN_VALUE;
        case "Long.MAX_VALUE" -> Long.MAX_VALUE;
        case "Long.MIN_VALUE" -> Long.MIN_VALUE;
        case "Double.MAX_VALUE" -> Double.MAX_VALUE;
        case "Double.MIN_VALUE" -> Double.MIN_VALUE;
        case "Double.NaN" -> Double.NaN;
        case "Boolean.TRUE" -> true;
        case "Boolean.FALSE" -> false;
        default -> throw Errors.type(name + " has no member '" + constant + "'");
      };
    }
  }

  private TbelStatics() {}

  static @Nullable Object global(String name) {
    return name.equals("empty") ? EMPTY : TYPES.contains(name) ? new Type(name) : null;
  }

  static Object construct(String type, Object[] arguments, Run run) {
    return switch (type) {
      case "Date" -> TbelDates.construct(arguments, run);
      case "Set" -> TbelSets.of(arguments, run);
      case "List" ->
          arguments.length > 0 && arguments[0] instanceof ScriptArray list
              ? TbelLists.copy(list, run)
              : ScriptArray.make(false, run);
      case "Map" -> map(arguments, run);
      case "String" -> arguments.length == 0 ? "" : TbelText.of(arguments[0], run);
      case "Array" -> array(TbelText.of(arguments[0], run), arguments[1], run);
      default -> throw Errors.type("new " + type + " is not known");
    };
  }

  static ScriptObject map(Object[] arguments, Run run) {
    var made = ScriptObject.make(false, run);
    if (arguments.length > 0 && arguments[0] instanceof ScriptObject other) {
      for (int i = 0; i < other.size(); i++) {
        made.member(other.name(i), other.value(i), run);
      }
    }
    return made;
  }

  private static ScriptArray array(String type, Object size, Run run) {
    int count = TbelNumbers.integer(size);
    if (count < 0) {
      throw Errors.range("An array cannot have " + count + " places");
    }
    run.allocate(16L * count);
    var items = new Object[count];
    java.util.Arrays.fill(
        items,
        switch (type) {
          case "byte", "short", "int", "long" -> (Object) 0;
          case "float", "double" -> (Object) 0.0;
          case "boolean" -> (Object) false;
          default -> JsonNull.NULL;
        });
    return new ScriptArray(items, false, run);
  }

  /// What people see of a 32-bit float: 1.1, not 1.100000023841858.
  static double ofFloat(float value) {
    return Double.parseDouble(Float.toString(value));
  }

  static @Nullable Object call(Type type, String name, Object[] arguments, Run run) {
    var first = TbelOps.argument(arguments, 0);
    return switch (type.name()) {
      case "Math" -> TbelMath.call(name, arguments, run);
      case "JSON" ->
          switch (name) {
            case "stringify" -> text(first, run);
            case "parse" -> JsonFunctions.parse(TbelText.of(first, run), false, run);
            default -> null;
          };
      case "String" ->
          switch (name) {
            case "valueOf" -> TbelText.of(first, run);
            case "join" -> TbelStrings.join(arguments, run);
            default -> null;
          };
      case "Character" ->
          switch (name) {
            case "isDigit" -> Character.isDigit(TbelText.of(first, run).codePointAt(0));
            case "isLetter" -> Character.isLetter(TbelText.of(first, run).codePointAt(0));
            default -> null;
          };
      case "Arrays" -> TbelLists.ofArrays(name, arguments, run);
      case "Boolean" -> Boolean.parseBoolean(TbelText.of(first, run));
      case "Date" -> TbelDates.callStatic(name, arguments, run);
      default -> ofNumberType(type.name(), name, arguments, run);
    };
  }

  private static Object text(Object value, Run run) {
    var text = Results.of(value, false, run).toString();
    return StringMethods.made(text, run);
  }

  private static @Nullable Object ofNumberType(
      String type, String name, Object[] arguments, Run run) {
    var first = TbelOps.argument(arguments, 0);
    return switch (name) {
      case "parseInt", "parseLong", "parseByte", "valueOf", "parseDouble", "parseFloat" ->
          arguments.length == 2
              ? parse(TbelText.of(first, run), TbelNumbers.integer(arguments[1]))
              : TbelNumbers.cast(type, first, run);
      case "toString" -> TbelText.of(first, run);
      case "toHexString" -> radixText(TbelNumbers.number(first), 16);
      case "toBinaryString" -> radixText(TbelNumbers.number(first), 2);
      case "toOctalString" -> radixText(TbelNumbers.number(first), 8);
      case "isNaN" -> Double.isNaN(TbelNumbers.number(first).doubleValue());
      case "isInfinite" -> Double.isInfinite(TbelNumbers.number(first).doubleValue());
      case "toUnsignedInt" -> Byte.toUnsignedInt(TbelNumbers.number(first).byteValue());
      case "compare" -> TbelComparison.order(first, TbelOps.argument(arguments, 1));
      case "sum" -> TbelOps.add(first, TbelOps.argument(arguments, 1), run);
      case "bitCount" -> Long.bitCount(TbelNumbers.number(first).longValue());
      case "reverseBytes" ->
          first instanceof Long number
              ? (Object) Long.reverseBytes(number)
              : (Object) Integer.reverseBytes(TbelNumbers.integer(first));
      default -> null;
    };
  }

  private static Object parse(String text, int radix) {
    try {
      return Values.whole(Long.parseLong(text, radix));
    } catch (NumberFormatException e) {
      throw Errors.type("Not a number: " + text);
    }
  }

  private static String radixText(Number number, int radix) {
    return number instanceof Long value
        ? Long.toUnsignedString(value, radix)
        : Integer.toUnsignedString(number.intValue(), radix);
  }

  static @Nullable Object ofNumber(Number number, String name, Object[] arguments) {
    var first = TbelOps.argument(arguments, 0);
    return switch (name) {
      case "intValue" -> number.intValue();
      case "longValue" -> number.longValue();
      case "doubleValue" -> number.doubleValue();
      case "floatValue" -> ofFloat(number.floatValue());
      case "byteValue" -> (int) number.byteValue();
      case "shortValue" -> (int) number.shortValue();
      case "toString" -> number.toString();
      case "hashCode" -> number.hashCode();
      case "equals" -> number.equals(first);
      case "compareTo" -> TbelComparison.order(number, first);
      case "isNaN" -> Double.isNaN(number.doubleValue());
      case "isInfinite" -> Double.isInfinite(number.doubleValue());
      default -> null;
    };
  }
}
