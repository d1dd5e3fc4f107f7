package io.millrace.engine.scripts;

import static io.millrace.engine.scripts.Undefined.UNDEFINED;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Methods of JavaScript's arrays that call a function for each item.
final class ArrayLoops {
  private static final Set<String> WITH_HOLES =
      Set.of("find", "findIndex", "findLast", "findLastIndex");
  private static final Set<String> NAMES =
      Set.of(
          "map",
          "filter",
          "forEach",
          "some",
          "every",
          "flatMap",
          "find",
          "findIndex",
          "findLast",
          "findLastIndex",
          "reduce",
          "reduceRight");

  private ArrayLoops() {}

  static @Nullable Object call(ScriptArray array, String name, Object[] arguments, Run run) {
    if (!NAMES.contains(name)) {
      return null;
    }
    if (arguments.length == 0 || !(arguments[0] instanceof Callable each)) {
      throw Errors.type(name + " needs a function");
    }
    return switch (name) {
      case "reduce" -> reduce(array, each, arguments, 1, run);
      case "reduceRight" -> reduce(array, each, arguments, -1, run);
      case "findLast", "findLastIndex" -> findLast(array, each, name, run);
      case "map" -> map(array, each, run);
      default -> loop(array, name, each, run);
    };
  }

  private static Object ask(ScriptArray array, Callable each, Object item, int i, Run run) {
    run.step();
    return each.call(new Object[] {item, (double) i, array}, run);
  }

  private static Object map(ScriptArray array, Callable each, Run run) {
    var made = ScriptArray.make(true, run);
    int size = array.size();
    made.resize(size, run);
    for (int i = 0; i < size; i++) {
      var item = array.item(i);
      if (item != null) {
        made.set(i, ask(array, each, item, i, run), run);
      }
    }
    return made;
  }

  private static Object loop(ScriptArray array, String name, Callable each, Run run) {
    var made = ScriptArray.make(true, run);
    int size = array.size();
    boolean withHoles = WITH_HOLES.contains(name);
    for (int i = 0; i < size; i++) {
      var item = withHoles ? array.itemOr(i, UNDEFINED) : array.item(i);
      if (item == null) {
        continue;
      }
      var answer = ask(array, each, item, i, run);
      switch (name) {
        case "filter" -> {
          if (Conversions.truth(answer)) {
            made.add(item, run);
          }
        }
        case "flatMap" -> {
          if (answer instanceof ScriptArray inner) {
            ArrayMethods.flatten(inner, 0, made, run);
          } else {
            made.add(answer, run);
          }
        }
        case "some" -> {
          if (Conversions.truth(answer)) {
            return true;
          }
        }
        case "every" -> {
          if (!Conversions.truth(answer)) {
            return false;
          }
        }
        case "find" -> {
          if (Conversions.truth(answer)) {
            return item;
          }
        }
        case "findIndex" -> {
          if (Conversions.truth(answer)) {
            return (double) i;
          }
        }
        default -> {} // forEach
      }
    }
    return switch (name) {
      case "filter", "flatMap" -> made;
      case "some" -> false;
      case "every" -> true;
      case "findIndex" -> -1.0;
      default -> UNDEFINED;
    };
  }

  private static Object findLast(ScriptArray array, Callable each, String name, Run run) {
    boolean wantsIndex = name.equals("findLastIndex");
    for (int i = array.size() - 1; i >= 0; i--) {
      var item = array.itemOr(i, UNDEFINED);
      if (Conversions.truth(ask(array, each, item, i, run))) {
        return wantsIndex ? (Object) (double) i : item;
      }
    }
    return wantsIndex ? -1.0 : UNDEFINED;
  }

  private static Object reduce(
      ScriptArray array, Callable each, Object[] arguments, int direction, Run run) {
    int size = array.size();
    int i = direction > 0 ? 0 : size - 1;
    var sum = arguments.length > 1 ? arguments[1] : null;
    for (; i >= 0 && i < size; i += direction) {
      run.step();
      var item = array.item(i);
      if (item == null) {
        continue;
      }
      sum = sum == null ? item : each.call(new Object[] {sum, item, (double) i, array}, run);
    }
    if (sum == null) {
      throw Errors.type("Reduce of empty array with no initial value");
    }
    return sum;
  }
}
