package io.millrace.engine.scripts;

import static io.millrace.engine.scripts.Undefined.UNDEFINED;

import io.millrace.base.json.JsonNull;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// JavaScript's operators, called by generated code under these names.
final class JavaScriptOps {
  private static final int CHAR_BYTES = 2;
  private static final int STRING_MAX = 1 << 26;

  private JavaScriptOps() {}

  // Arguments and variables

  static Object argument(Object[] arguments, int i) {
    return i < arguments.length ? arguments[i] : UNDEFINED;
  }

  static Object rest(Object[] arguments, int from, Run run) {
    return new ScriptArray(
        Arrays.copyOfRange(arguments, Math.min(from, arguments.length), arguments.length),
        true,
        run);
  }

  static Object assigned(@Nullable Object value, String name) {
    if (value == null) {
      throw Errors.reference(name);
    }
    return value;
  }

  static Thrown refuseConstant(Object value, String name) {
    return Errors.type("Assignment of a " + typeOf(value) + " to constant variable " + name);
  }

  static Thrown thrown(Object value) {
    return new Thrown(value);
  }

  static Object caught(Thrown thrown, Run run) {
    run.step();
    return thrown.value();
  }

  // Conversions

  static boolean truth(Object value) {
    return value instanceof Boolean truth ? truth : Conversions.truth(value);
  }

  static boolean truth(double value) {
    return value != 0 && !Double.isNaN(value);
  }

  static double number(Object value) {
    return value instanceof Double number ? number : Conversions.number(value);
  }

  static Object text(Object value, Run run) {
    return Conversions.text(value, run);
  }

  static String typeOf(@Nullable Object value) {
    return value == null ? "undefined" : Conversions.typeOf(value);
  }

  static String typeOfGlobal(String name, Run run) {
    var value = Globals.find(name);
    return value == null ? "undefined" : Conversions.typeOf(value);
  }

  static boolean isNothing(Object value) {
    return Conversions.isNothing(value);
  }

  // Arithmetic

  static Object add(Object left, Object right, Run run) {
    if (left instanceof Double l && right instanceof Double r) {
      return l + r;
    }
    var first = Conversions.primitive(left, run);
    var second = Conversions.primitive(right, run);
    if (first instanceof String || second instanceof String) {
      return concat(Conversions.text(first, run), Conversions.text(second, run), run);
    }
    return number(first) + number(second);
  }

  static String concat(String left, String right, Run run) {
    int length = left.length() + right.length();
    if (length > STRING_MAX) {
      throw Errors.range("Invalid string length");
    }
    run.allocate(CHAR_BYTES * (long) length);
    return left + right;
  }

  static double power(double base, double exponent) {
    // ECMAScript Number::exponentiate: 1 to the power of an infinity is NaN
    return (Math.abs(base) == 1 && Double.isInfinite(exponent))
        ? Double.NaN
        : Math.pow(base, exponent);
  }

  static double bitNot(double value) {
    return ~Conversions.int32(value);
  }

  static double bitAnd(double left, double right) {
    return Conversions.int32(left) & Conversions.int32(right);
  }

  static double bitOr(double left, double right) {
    return Conversions.int32(left) | Conversions.int32(right);
  }

  static double bitXor(double left, double right) {
    return Conversions.int32(left) ^ Conversions.int32(right);
  }

  static double shiftLeft(double left, double right) {
    return Conversions.int32(left) << Conversions.int32(right);
  }

  static double shiftRight(double left, double right) {
    return Conversions.int32(left) >> Conversions.int32(right);
  }

  static double shiftRightUnsigned(double left, double right) {
    return (Conversions.int32(left) >>> Conversions.int32(right)) & 0xFFFF_FFFFL;
  }

  // Comparison

  static boolean less(double left, double right) {
    return left < right;
  }

  static boolean atMost(double left, double right) {
    return left <= right;
  }

  static boolean greater(double left, double right) {
    return left > right;
  }

  static boolean atLeast(double left, double right) {
    return left >= right;
  }

  static boolean equal(double left, double right) {
    return left == right;
  }

  static boolean unequal(double left, double right) {
    return left != right;
  }

  static boolean same(double left, double right) {
    return left == right;
  }

  static boolean different(double left, double right) {
    return left != right;
  }

  static boolean less(Object left, Object right) {
    return areTexts(left, right) ? order(left, right) < 0 : number(left) < number(right);
  }

  static boolean atMost(Object left, Object right) {
    return areTexts(left, right) ? order(left, right) <= 0 : number(left) <= number(right);
  }

  static boolean greater(Object left, Object right) {
    return areTexts(left, right) ? order(left, right) > 0 : number(left) > number(right);
  }

  static boolean atLeast(Object left, Object right) {
    return areTexts(left, right) ? order(left, right) >= 0 : number(left) >= number(right);
  }

  private static int order(Object left, Object right) {
    return plain(left).compareTo(plain(right));
  }

  /// Whether both become strings when they are compared.
  private static boolean areTexts(Object left, Object right) {
    return isText(left) && isText(right);
  }

  private static boolean isText(Object value) {
    return value instanceof String || (value instanceof Thing && !(value instanceof ScriptDate));
  }

  private static String plain(Object value) {
    return value instanceof String text ? text : Comparison.text(value);
  }

  static boolean same(Object left, Object right) {
    return Comparison.same(left, right);
  }

  static boolean different(Object left, Object right) {
    return !Comparison.same(left, right);
  }

  static boolean equal(Object left, Object right) {
    return Comparison.equal(left, right);
  }

  static boolean unequal(Object left, Object right) {
    return !Comparison.equal(left, right);
  }

  static boolean isCase(Object value, Object test) {
    return Comparison.same(value, test);
  }

  static boolean isIn(Object key, Object object, Run run) {
    if (!(object instanceof Thing thing)) {
      throw Errors.type("'in' needs an object on its right");
    }
    var name = Conversions.key(key, run);
    return thing instanceof ScriptObject map
        ? map.has(name) || ObjectMethods.NAMES.contains(name)
        : thing.member(name) != null || Members.isMethod(thing, name);
  }

  static boolean isInstance(Object value, Object type, Run run) {
    if (!(type instanceof Builtin builtin)) {
      throw Errors.type("'instanceof' needs a type on its right");
    }
    run.step();
    return Globals.isInstance(value, builtin.name());
  }

  // Members

  static Object get(Object object, String name, Run run) {
    if (object instanceof ScriptObject map) {
      var value = map.member(name);
      return value != null ? value : Members.missing(map, name);
    }
    return Members.get(object, name);
  }

  static Object getAt(Object object, Object key, Run run) {
    if (key instanceof Double number) {
      int index = (int) (double) number;
      if (index == number && index >= 0) {
        if (object instanceof ScriptArray array) {
          return array.itemOr(index, UNDEFINED);
        }
        if (object instanceof String text) {
          return index < text.length() ? String.valueOf(text.charAt(index)) : UNDEFINED;
        }
      }
    }
    if (Conversions.isNothing(object)) {
      throw Members.noObject(object, Conversions.key(key, run));
    }
    return get(object, Conversions.key(key, run), run);
  }

  static void set(Object object, String name, Object value, Run run) {
    if (object instanceof Thing thing) {
      thing.member(name, value, run);
    } else if (Conversions.isNothing(object)) {
      throw Errors.type("Cannot set '" + name + "' of " + object);
    }
  }

  static void setAt(Object object, Object key, Object value, Run run) {
    if (object instanceof ScriptArray array && key instanceof Double number) {
      int index = (int) (double) number;
      if (index == number && index >= 0 && index <= array.size()) {
        array.set(index, value, run);
        return;
      }
    }
    set(object, Conversions.key(key, run), value, run);
  }

  static boolean delete(Object object, Object key, Run run) {
    if (Conversions.isNothing(object)) {
      throw Errors.type("Cannot delete from " + object);
    }
    return Members.delete(object, Conversions.key(key, run), run);
  }

  // Calls

  static Object call(Object function, Object[] arguments, Run run) {
    if (function instanceof Callable callable) {
      return callable.call(arguments, run);
    }
    throw Errors.type(Comparison.text(function) + " is not a function");
  }

  static Object callMethod(Object receiver, Object key, Object[] arguments, Run run) {
    return Members.call(receiver, Conversions.key(key, run), arguments, run);
  }

  static Object callGlobal(String name, Object[] arguments, Run run) {
    return call(global(name, run), arguments, run);
  }

  static Object global(String name, Run run) {
    var value = Globals.find(name);
    if (value == null) {
      run.step();
      throw Errors.reference(name);
    }
    return value;
  }

  static Object construct(String type, Object[] arguments, Run run) {
    return Globals.construct(type, arguments, run);
  }

  // Literals

  static Object list(Object[] items, Run run) {
    return new ScriptArray(items, true, run);
  }

  static Object addItem(Object list, Object item, Run run) {
    ((ScriptArray) list).add(item, run);
    return list;
  }

  static Object addAll(Object list, Object more, Run run) {
    var walk = valuesOf(more, run);
    while (walk.next()) {
      run.step();
      ((ScriptArray) list).add(walk.value(), run);
    }
    return list;
  }

  static Object[] arguments(Object list) {
    var array = (ScriptArray) list;
    var arguments = new Object[array.size()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = array.itemOr(i, UNDEFINED);
    }
    return arguments;
  }

  static Object map(Object names, Object[] values, Run run) {
    return new ScriptObject((String[]) names, values, true, run);
  }

  static Object put(Object map, Object key, Object value, Run run) {
    ((ScriptObject) map).member(Conversions.key(key, run), value, run);
    return map;
  }

  static Object putAll(Object map, Object other, Run run) {
    ObjectMethods.assign((ScriptObject) map, other, run);
    return map;
  }

  static Object regex(Object literal, Run run) {
    return new ScriptRegex((RegexProgram) literal, run);
  }

  // Loops and patterns

  static Walk valuesOf(Object source, Run run) {
    return switch (source) {
      case ScriptArray array -> new Walk(array::size, i -> array.itemOr(i, UNDEFINED));
      case String text -> {
        var points = StringMethods.points(text, run);
        yield new Walk(points::size, i -> points.itemOr(i, UNDEFINED));
      }
      case ScriptMap map -> map.walk(run);
      default -> throw Errors.type(Comparison.text(source) + " is not iterable");
    };
  }

  static Walk keysOf(Object source, Run run) {
    var keys = Conversions.isNothing(source) ? List.<String>of() : Members.keys(source, run);
    return new Walk(keys::size, keys::get);
  }

  static Object items(Object source, Run run) {
    return source instanceof ScriptArray
        ? source
        : addAll(ScriptArray.make(true, run), source, run);
  }

  static Object present(Object source, Run run) {
    run.step();
    if (Conversions.isNothing(source)) {
      throw Errors.type("Cannot take " + source + " apart");
    }
    return source;
  }

  static boolean isNull(Object value) {
    return value == JsonNull.NULL;
  }
}
