package io.millrace.engine.scripts;

import io.millrace.base.json.JsonNull;
import org.jspecify.annotations.Nullable;

/// TBEL's operators, called by generated code under these names.
final class TbelOps {
  private TbelOps() {}

  // Arguments and variables

  static Object argument(Object[] arguments, int i) {
    return i < arguments.length ? arguments[i] : JsonNull.NULL;
  }

  static Object rest(Object[] arguments, int from, Run run) {
    run.step();
    throw new IllegalStateException("TBEL has no rest parameter, from " + from + arguments.length);
  }

  static Object assigned(@Nullable Object value, String name) {
    if (value == null) {
      throw unknown(name);
    }
    return value;
  }

  private static Thrown unknown(String name) {
    return Errors.reference(name);
  }

  // Conversions

  static boolean truth(Object value) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    throw Errors.type(
        "true or false is needed here, not " + TbelText.of(value) + "; compare it with something");
  }

  static boolean isNothing(Object value) {
    return value == JsonNull.NULL;
  }

  // Arithmetic

  static Object add(Object left, Object right, Run run) {
    if (left instanceof Number l && right instanceof Number r) {
      return TbelNumbers.add(l, r);
    }
    if (left instanceof ScriptArray list) {
      return TbelLists.joined(list, right, run);
    }
    return JavaScriptOps.concat(TbelText.of(left, run), TbelText.of(right, run), run);
  }

  static Object subtract(Object left, Object right, Run run) {
    return arithmetic('-', left, right, run);
  }

  static Object multiply(Object left, Object right, Run run) {
    return arithmetic('*', left, right, run);
  }

  static Object divide(Object left, Object right, Run run) {
    return arithmetic('/', left, right, run);
  }

  static Object remainder(Object left, Object right, Run run) {
    return arithmetic('%', left, right, run);
  }

  static Object power(Object left, Object right, Run run) {
    return arithmetic('p', left, right, run);
  }

  /// MVEL: what cannot be calculated, because it is null or no number, is null.
  private static Object arithmetic(char operator, Object left, Object right, Run run) {
    var l = TbelNumbers.orNull(left);
    var r = TbelNumbers.orNull(right);
    if (l == null || r == null) {
      run.step();
      return JsonNull.NULL;
    }
    return TbelNumbers.calculate(operator, l, r);
  }

  static Object negate(Object value, Run run) {
    return arithmetic('-', 0, value, run);
  }

  static Object plus(Object value, Run run) {
    return arithmetic('+', 0, value, run);
  }

  static Object bitNot(Object value, Run run) {
    return bits('~', value, 0, run);
  }

  static Object bitAnd(Object left, Object right, Run run) {
    return bits('&', left, right, run);
  }

  static Object bitOr(Object left, Object right, Run run) {
    return bits('|', left, right, run);
  }

  static Object bitXor(Object left, Object right, Run run) {
    return bits('^', left, right, run);
  }

  static Object shiftLeft(Object left, Object right, Run run) {
    return bits('<', left, right, run);
  }

  static Object shiftRight(Object left, Object right, Run run) {
    return bits('>', left, right, run);
  }

  static Object shiftRightUnsigned(Object left, Object right, Run run) {
    return bits('u', left, right, run);
  }

  private static Object bits(char operator, Object left, Object right, Run run) {
    var l = TbelNumbers.orNull(left);
    var r = TbelNumbers.orNull(right);
    if (l == null || r == null || l instanceof Double || r instanceof Double) {
      run.step();
      throw Errors.type(
          "Whole numbers are needed here, not " + TbelText.of(left) + " and " + TbelText.of(right));
    }
    return TbelNumbers.bits(operator, l, r);
  }

  // Comparison

  static boolean less(Object left, Object right) {
    return TbelComparison.isOrdered(left, right) && TbelComparison.order(left, right) < 0;
  }

  static boolean atMost(Object left, Object right) {
    return TbelComparison.isOrdered(left, right) && TbelComparison.order(left, right) <= 0;
  }

  static boolean greater(Object left, Object right) {
    return TbelComparison.isOrdered(left, right) && TbelComparison.order(left, right) > 0;
  }

  static boolean atLeast(Object left, Object right) {
    return TbelComparison.isOrdered(left, right) && TbelComparison.order(left, right) >= 0;
  }

  static boolean equal(Object left, Object right) {
    return TbelComparison.equal(left, right);
  }

  static boolean unequal(Object left, Object right) {
    return !TbelComparison.equal(left, right);
  }

  static boolean isCase(Object value, Object test) {
    return TbelComparison.equal(value, test);
  }

  static boolean contains(Object whole, Object part, Run run) {
    return switch (whole) {
      case String text -> text.contains(TbelText.of(part, run));
      case ScriptArray list -> TbelLists.indexOf(list, part, run) >= 0;
      case ScriptObject map -> map.has(TbelText.of(part, run));
      default -> false;
    };
  }

  static boolean matches(Object text, Object pattern, Run run) {
    return TbelStrings.matches(TbelText.of(text, run), TbelText.of(pattern, run), run);
  }

  static boolean isInstance(Object value, Object type, Run run) {
    run.step();
    return TbelComparison.isInstance(value, (String) type);
  }

  // Members

  static Object get(Object object, String name, Run run) {
    if (object instanceof ScriptObject map) {
      var value = map.member(name);
      return value != null ? value : JsonNull.NULL;
    }
    return TbelMembers.get(object, name, run);
  }

  static Object getAt(Object object, Object key, Run run) {
    return switch (object) {
      case ScriptArray list -> list.itemOr(TbelMembers.index(list.size(), key), JsonNull.NULL);
      case String text -> {
        int at = TbelMembers.index(text.length(), key);
        yield text.substring(at, at + 1);
      }
      default -> get(object, TbelText.of(key, run), run);
    };
  }

  static void set(Object object, String name, Object value, Run run) {
    if (!(object instanceof Thing thing) || object instanceof ScriptArray) {
      throw TbelMembers.noObject(object, name);
    }
    thing.member(name, value, run);
  }

  static void setAt(Object object, Object key, Object value, Run run) {
    if (object instanceof ScriptArray list) {
      list.set(TbelMembers.index(list.size(), key), value, run);
    } else {
      set(object, TbelText.of(key, run), value, run);
    }
  }

  // Calls

  static Object call(Object function, Object[] arguments, Run run) {
    if (function instanceof Callable callable) {
      return callable.call(arguments, run);
    }
    throw Errors.type(TbelText.of(function) + " is not a function");
  }

  static Object callMethod(Object receiver, Object name, Object[] arguments, Run run) {
    run.step();
    return TbelMembers.call(receiver, TbelText.of(name, run), arguments, run);
  }

  static Object callGlobal(String name, Object[] arguments, Run run) {
    run.step();
    return TbelFunctions.call(name, arguments, run);
  }

  static Object global(String name, Run run) {
    run.step();
    var value = TbelStatics.global(name);
    if (value == null) {
      throw unknown(name);
    }
    return value;
  }

  static String typeOfGlobal(String name, Run run) {
    run.step();
    return TbelStatics.global(name) == null ? "undefined" : "object";
  }

  static Object construct(String type, Object[] arguments, Run run) {
    run.step();
    return TbelStatics.construct(type, arguments, run);
  }

  // Literals

  static Object list(Object[] items, Run run) {
    return new ScriptArray(items, false, run);
  }

  static Object map(Object names, Object[] values, Run run) {
    return new ScriptObject((String[]) names, values, false, run);
  }

  static Object put(Object map, Object key, Object value, Run run) {
    ((ScriptObject) map).member(TbelText.of(key, run), value, run);
    return map;
  }

  // Loops

  static Walk valuesOf(Object source, Run run) {
    return switch (source) {
      case ScriptArray list -> new Walk(list::size, i -> list.itemOr(i, JsonNull.NULL));
      case ScriptObject map when TbelRolling.is(map) -> valuesOf(TbelRolling.values(map), run);
      case ScriptObject map -> {
        var entries = TbelMaps.entries(map, run);
        yield new Walk(entries::size, i -> entries.itemOr(i, JsonNull.NULL));
      }
      case String text -> new Walk(text::length, i -> text.substring(i, i + 1));
      default -> throw Errors.type("foreach needs a list or a map, not " + TbelText.of(source));
    };
  }
}
