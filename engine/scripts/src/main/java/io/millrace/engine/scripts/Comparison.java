package io.millrace.engine.scripts;

import io.millrace.base.json.JsonNull;

/// JavaScript's two kinds of equality.
final class Comparison {
  private Comparison() {}

  /// `===`
  static boolean same(Object left, Object right) {
    return switch (left) {
      case Double l -> right instanceof Double r && l.doubleValue() == r.doubleValue();
      case String l -> l.equals(right);
      case Boolean l -> l.equals(right);
      case ScriptFunction l -> right instanceof ScriptFunction r && l.isSame(r);
      case Builtin l -> right instanceof Builtin r && l.isSame(r);
      default -> left.equals(right); // the other kinds are equal to themselves only
    };
  }

  /// `==` (ECMAScript IsLooselyEqual)
  static boolean equal(Object left, Object right) {
    if (isNothing(left) || isNothing(right)) {
      return isNothing(left) && isNothing(right);
    }
    if (left.getClass() == right.getClass() || (left instanceof Thing && right instanceof Thing)) {
      return same(left, right);
    }
    if (left instanceof Boolean truth) {
      return equal(truth ? 1.0 : 0.0, right);
    }
    if (right instanceof Boolean) {
      return equal(right, left);
    }
    if (left instanceof Thing) {
      return equal(text(left), right);
    }
    if (right instanceof Thing) {
      return equal(left, text(right));
    }
    return Conversions.number(left) == Conversions.number(right);
  }

  private static boolean isNothing(Object value) {
    return value == JsonNull.NULL || value == Undefined.UNDEFINED;
  }

  /// The text of a value where no run is at hand: arrays are cut off after some items.
  static String text(Object value) {
    if (value instanceof ScriptArray array) {
      return text(array, 0);
    }
    return switch (value) {
      case ScriptError error -> error.summary();
      case Double number -> NumberText.of(number);
      case ScriptDate date -> date.text();
      case ScriptRegex regex -> regex.text();
      case Callable _ -> "function () { [code] }";
      case Thing thing -> "[object " + thing.className() + "]";
      default -> value.toString();
    };
  }

  private static String text(ScriptArray array, int depth) {
    var out = new StringBuilder();
    for (int i = 0; i < array.size() && i < 1_000 && depth < 8; i++) {
      out.append(i > 0 ? "," : "");
      var item = array.itemOr(i, Undefined.UNDEFINED);
      if (item instanceof ScriptArray inner) {
        out.append(text(inner, depth + 1));
      } else if (!isNothing(item)) {
        out.append(text(item));
      }
    }
    return out.toString();
  }
}
