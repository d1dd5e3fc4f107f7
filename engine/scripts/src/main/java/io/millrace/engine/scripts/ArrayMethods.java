package io.millrace.engine.scripts;

import static io.millrace.engine.scripts.Undefined.UNDEFINED;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Methods of JavaScript's arrays that do not call back; the others are in [ArrayLoops].
final class ArrayMethods {
  static final Set<String> NAMES =
      Set.of(
          "push",
          "pop",
          "shift",
          "unshift",
          "slice",
          "splice",
          "concat",
          "join",
          "reverse",
          "indexOf",
          "lastIndexOf",
          "includes",
          "fill",
          "at",
          "flat",
          "keys",
          "entries",
          "values",
          "sort",
          "map",
          "filter",
          "forEach",
          "reduce",
          "reduceRight",
          "some",
          "every",
          "find",
          "findIndex",
          "findLast",
          "findLastIndex",
          "flatMap",
          "toString");

  private static final int JOIN_DEPTH_MAX = 100;

  private ArrayMethods() {}

  static @Nullable Object call(ScriptArray array, String name, Object[] arguments, Run run) {
    var first = arguments.length > 0 ? arguments[0] : UNDEFINED;
    run.step();
    return switch (name) {
      case "push" -> push(array, arguments, run);
      case "pop" -> pop(array, array.size() - 1, run);
      case "shift" -> pop(array, 0, run);
      case "unshift" -> {
        array.splice(0, 0, arguments, run);
        yield (double) array.size();
      }
      case "slice" -> slice(array, arguments, run);
      case "splice" -> splice(array, arguments, run);
      case "concat" -> concat(array, arguments, run);
      case "join" -> join(array, first == UNDEFINED ? "," : Conversions.text(first, run), run);
      case "toString" -> join(array, ",", run);
      case "reverse" -> reverse(array, run);
      case "indexOf" -> (double) indexOf(array, first, from(array, arguments), run);
      case "lastIndexOf" -> (double) lastIndexOf(array, first, run);
      case "includes" -> includes(array, first, from(array, arguments), run);
      case "fill" -> fill(array, arguments, run);
      case "at" -> at(array, first);
      case "flat" -> flat(array, Conversions.integer(first, 1), run);
      case "keys", "entries", "values" -> views(array, name, run);
      case "sort" -> ArraySort.sort(array, first, run);
      default -> ArrayLoops.call(array, name, arguments, run);
    };
  }

  private static Object push(ScriptArray array, Object[] values, Run run) {
    if (array.isFrozen()) {
      throw Errors.type("The array is frozen");
    }
    for (var value : values) {
      array.add(value, run);
    }
    return (double) array.size();
  }

  private static Object pop(ScriptArray array, int at, Run run) {
    if (array.size() == 0) {
      return UNDEFINED;
    }
    var taken = array.itemOr(at, UNDEFINED);
    array.splice(at, 1, new Object[0], run);
    return taken;
  }

  /// A place counted from the end when negative, within the array.
  static int place(Object value, int missing, int size) {
    int place = Conversions.integer(value, missing);
    return place < 0 ? Math.max(0, size + place) : Math.min(place, size);
  }

  private static Object argument(Object[] arguments, int i) {
    return i < arguments.length ? arguments[i] : UNDEFINED;
  }

  private static int from(ScriptArray array, Object[] arguments) {
    return place(argument(arguments, 1), 0, array.size());
  }

  private static ScriptArray slice(ScriptArray array, Object[] arguments, Run run) {
    int from = place(argument(arguments, 0), 0, array.size());
    int until = place(argument(arguments, 1), array.size(), array.size());
    return new ScriptArray(array.copy(from, until, UNDEFINED, run), true, run);
  }

  private static ScriptArray splice(ScriptArray array, Object[] arguments, Run run) {
    int from = place(argument(arguments, 0), 0, array.size());
    int most = array.size() - from;
    int count =
        arguments.length == 0
            ? 0
            : arguments.length == 1
                ? most
                : Math.clamp(Conversions.integer(arguments[1], 0), 0, most);
    var removed = array.copy(from, from + count, UNDEFINED, run);
    var added = new Object[Math.max(0, arguments.length - 2)];
    System.arraycopy(arguments, arguments.length - added.length, added, 0, added.length);
    array.splice(from, count, added, run);
    return new ScriptArray(removed, true, run);
  }

  private static ScriptArray concat(ScriptArray array, Object[] arguments, Run run) {
    var made = new ScriptArray(array.copy(0, array.size(), UNDEFINED, run), true, run);
    for (var more : arguments) {
      if (more instanceof ScriptArray other) {
        made.splice(made.size(), 0, other.copy(0, other.size(), UNDEFINED, run), run);
      } else {
        made.add(more, run);
      }
    }
    return made;
  }

  static String join(ScriptArray array, String separator, Run run) {
    var out = new StringBuilder();
    if (run.depth() > JOIN_DEPTH_MAX) {
      return ""; // an array inside itself counts as empty, as in JavaScript
    }
    int depth = run.depth();
    run.enter();
    for (int i = 0; i < array.size(); i++) {
      run.step();
      var item = array.itemOr(i, UNDEFINED);
      var text = Conversions.isNothing(item) ? "" : Conversions.text(item, run);
      run.allocate(2L * (text.length() + separator.length()));
      out.append(i > 0 ? separator : "").append(text);
    }
    run.depth(depth);
    return out.toString();
  }

  private static ScriptArray reverse(ScriptArray array, Run run) {
    var items = array.copy(0, array.size(), UNDEFINED, run);
    for (int i = 0; i < items.length; i++) {
      array.set(i, items[items.length - 1 - i], run);
    }
    return array;
  }

  private static int indexOf(ScriptArray array, Object wanted, int from, Run run) {
    for (int i = from; i < array.size(); i++) {
      run.step();
      var item = array.item(i);
      if (item != null && Comparison.same(item, wanted)) {
        return i;
      }
    }
    return -1;
  }

  private static int lastIndexOf(ScriptArray array, Object wanted, Run run) {
    for (int i = array.size() - 1; i >= 0; i--) {
      run.step();
      var item = array.item(i);
      if (item != null && Comparison.same(item, wanted)) {
        return i;
      }
    }
    return -1;
  }

  /// Unlike indexOf, finds NaN and holes.
  private static boolean includes(ScriptArray array, Object wanted, int from, Run run) {
    for (int i = from; i < array.size(); i++) {
      run.step();
      var item = array.itemOr(i, UNDEFINED);
      if (Comparison.same(item, wanted)
          || (item instanceof Double number && Double.isNaN(number) && item.equals(wanted))) {
        return true;
      }
    }
    return false;
  }

  private static ScriptArray fill(ScriptArray array, Object[] arguments, Run run) {
    int from = place(argument(arguments, 1), 0, array.size());
    int until = place(argument(arguments, 2), array.size(), array.size());
    for (int i = from; i < until; i++) {
      run.step();
      array.set(i, argument(arguments, 0), run);
    }
    return array;
  }

  private static Object at(ScriptArray array, Object place) {
    int index = Conversions.integer(place, 0);
    return array.itemOr(index < 0 ? array.size() + index : index, UNDEFINED);
  }

  private static ScriptArray flat(ScriptArray array, int depth, Run run) {
    var made = ScriptArray.make(true, run);
    flatten(array, depth, made, run);
    return made;
  }

  static void flatten(ScriptArray array, int depth, ScriptArray into, Run run) {
    run.enter();
    for (int i = 0; i < array.size(); i++) {
      run.step();
      var item = array.item(i);
      if (depth > 0 && item instanceof ScriptArray inner) {
        flatten(inner, depth - 1, into, run);
      } else if (item != null) {
        into.add(item, run);
      }
    }
    run.leave();
  }

  /// As an array instead of an iterator: a loop sees no difference.
  private static ScriptArray views(ScriptArray array, String kind, Run run) {
    var made = ScriptArray.make(true, run);
    for (int i = 0; i < array.size(); i++) {
      run.step();
      var value = array.itemOr(i, UNDEFINED);
      made.add(
          switch (kind) {
            case "keys" -> (Object) (double) i;
            case "values" -> value;
            default -> new ScriptArray(new Object[] {(double) i, value}, true, run);
          },
          run);
    }
    return made;
  }
}
