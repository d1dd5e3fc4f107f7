package io.millrace.engine.scripts;

import io.millrace.base.json.JsonNull;

/// How TBEL compares: texts that spell numbers are numbers, and null is smaller than nothing.
final class TbelComparison {
  private static final int DEPTH_MAX = 100;

  private TbelComparison() {}

  /// MVEL: null is neither less nor greater than anything.
  static boolean isOrdered(Object left, Object right) {
    return left != JsonNull.NULL && right != JsonNull.NULL;
  }

  static int order(Object left, Object right) {
    if (left instanceof String l && right instanceof String r) {
      return l.compareTo(r);
    }
    if (left instanceof Boolean l && right instanceof Boolean r) {
      return Boolean.compare(l, r);
    }
    if (left instanceof ScriptDate l && right instanceof ScriptDate r) {
      return Double.compare(l.millis(), r.millis());
    }
    var l = TbelNumbers.orNull(left);
    var r = TbelNumbers.orNull(right);
    if (l == null || r == null) {
      throw Errors.type("Cannot compare " + TbelText.of(left) + " with " + TbelText.of(right));
    }
    return order(l, r);
  }

  private static int order(Number left, Number right) {
    return left instanceof Double || right instanceof Double
        ? compare(left.doubleValue(), right.doubleValue())
        : Long.compare(left.longValue(), right.longValue());
  }

  /// 0 and -0 are the same.
  private static int compare(double left, double right) {
    return left < right ? -1 : left == right ? 0 : 1;
  }

  static boolean equal(Object left, Object right) {
    return equal(left, right, 0);
  }

  private static boolean equal(Object left, Object right, int depth) {
    if (left.equals(TbelStatics.EMPTY) || right.equals(TbelStatics.EMPTY)) {
      return isEmpty(left) && isEmpty(right);
    }
    if (left instanceof Number l && right instanceof Number r) {
      return order(l, r) == 0;
    }
    if (left.getClass() == right.getClass()) {
      return sameKind(left, right, depth);
    }
    if (left instanceof Boolean truth) {
      return equalsTruth(truth, right);
    }
    if (right instanceof Boolean truth) {
      return equalsTruth(truth, left);
    }
    var l = TbelNumbers.orNull(left);
    var r = TbelNumbers.orNull(right);
    return l != null && r != null && order(l, r) == 0;
  }

  private static boolean equalsTruth(boolean truth, Object other) {
    return switch (other) {
      case String text -> text.equals(Boolean.toString(truth));
      case Number number -> number.doubleValue() == (truth ? 1 : 0);
      default -> false;
    };
  }

  private static boolean isEmpty(Object value) {
    return switch (value) {
      case JsonNull _ -> true;
      case String text -> text.isEmpty();
      case ScriptArray list -> list.size() == 0;
      case ScriptObject map -> map.size() == 0;
      case Number number -> number.doubleValue() == 0;
      default -> value.equals(TbelStatics.EMPTY);
    };
  }

  private static boolean sameKind(Object left, Object right, int depth) {
    if (depth > DEPTH_MAX) {
      throw Errors.range("The values are nested too deep to be compared");
    }
    return switch (left) {
      case ScriptArray list -> sameLists(list, (ScriptArray) right, depth);
      case ScriptObject map -> sameMaps(map, (ScriptObject) right, depth);
      case ScriptDate date -> date.millis() == ((ScriptDate) right).millis();
      default -> left.equals(right);
    };
  }

  private static boolean sameLists(ScriptArray left, ScriptArray right, int depth) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!equal(left.itemOr(i, JsonNull.NULL), right.itemOr(i, JsonNull.NULL), depth + 1)) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameMaps(ScriptObject left, ScriptObject right, int depth) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      var other = right.member(left.name(i));
      if (other == null || !equal(left.value(i), other, depth + 1)) {
        return false;
      }
    }
    return true;
  }

  static boolean isInstance(Object value, String type) {
    return switch (type) {
      case "Object" -> value != JsonNull.NULL;
      case "String", "CharSequence" -> value instanceof String;
      case "Boolean" -> value instanceof Boolean;
      case "Integer", "Byte", "Short" -> value instanceof Integer;
      case "Long" -> value instanceof Long;
      case "Double", "Float" -> value instanceof Double;
      case "Number" -> value instanceof Number;
      case "Map", "HashMap", "LinkedHashMap" -> value instanceof ScriptObject;
      case "List", "ArrayList", "Collection" -> value instanceof ScriptArray;
      case "Date" -> value instanceof ScriptDate;
      default -> throw Errors.type("The type " + type + " is not known");
    };
  }
}
