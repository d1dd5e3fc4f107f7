package io.millrace.engine.scripts;

import io.millrace.base.json.JsonNull;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Methods of TBEL's lists.
final class TbelLists {
  static final Set<String> NAMES =
      Set.of(
          "add",
          "addAll",
          "push",
          "unshift",
          "pop",
          "shift",
          "get",
          "set",
          "remove",
          "size",
          "length",
          "isEmpty",
          "clear",
          "contains",
          "containsAll",
          "indexOf",
          "lastIndexOf",
          "join",
          "slice",
          "subList",
          "splice",
          "reverse",
          "toReversed",
          "sort",
          "toSorted",
          "toSpliced",
          "concat",
          "fill",
          "with",
          "toArray",
          "toString",
          "includes",
          "hashCode",
          "validateClazzInArrayIsOnlyNumber");

  private TbelLists() {}

  static @Nullable Object call(ScriptArray list, String name, Object[] arguments, Run run) {
    var first = TbelOps.argument(arguments, 0);
    return switch (name) {
      case "size", "length" -> list.size();
      case "memorySize" -> 8L * list.size();
      case "isEmpty" -> list.size() == 0;
      case "toString" -> TbelText.of(list, run);
      case "toArray", "clone" -> copy(list, run);
      case "get" -> list.itemOr(TbelMembers.index(list.size(), first), JsonNull.NULL);
      case "contains", "includes" -> indexOf(list, first, run) >= 0;
      case "containsAll" -> containsAll(list, first, run);
      case "indexOf" -> indexOf(list, first, run);
      case "lastIndexOf" -> lastIndexOf(list, first, run);
      case "join" -> join(list, arguments.length == 0 ? "," : TbelText.of(first, run), run);
      case "slice", "subList" -> slice(list, arguments, run);
      case "concat" -> joined(list, first, run);
      case "validateClazzInArrayIsOnlyNumber" -> hasOnlyNumbers(list, run);
      case "toReversed" -> reverse(copy(list, run), run);
      case "toSorted" -> sort(copy(list, run), arguments, run);
      default -> change(list, name, arguments, run);
    };
  }

  private static @Nullable Object change(
      ScriptArray list, String name, Object[] arguments, Run run) {
    var first = TbelOps.argument(arguments, 0);
    return switch (name) {
      case "add" -> add(list, arguments, run);
      case "push" -> {
        list.splice(list.size(), 0, arguments, run);
        yield list.size();
      }
      case "unshift" -> {
        list.splice(0, 0, arguments, run);
        yield JsonNull.NULL;
      }
      case "addAll" -> {
        list.splice(list.size(), 0, items(first, run), run);
        yield true;
      }
      case "pop" -> take(list, list.size() - 1, run);
      case "shift" -> take(list, 0, run);
      case "remove" -> remove(list, first, run);
      case "set", "with" -> {
        list.set(TbelMembers.index(list.size(), first), TbelOps.argument(arguments, 1), run);
        yield list;
      }
      case "clear" -> {
        list.splice(0, list.size(), new Object[0], run);
        yield JsonNull.NULL;
      }
      case "splice" -> splice(list, arguments, run);
      case "reverse" -> {
        reverse(list, run);
        yield JsonNull.NULL;
      }
      case "sort" -> {
        sort(list, arguments, run);
        yield JsonNull.NULL;
      }
      case "fill" -> fill(list, arguments, run);
      default -> null;
    };
  }

  /// What `java.util.Arrays` does.
  static @Nullable Object ofArrays(String name, Object[] arguments, Run run) {
    if (name.equals("asList")) {
      return arguments.length == 1 && arguments[0] instanceof ScriptArray list
          ? copy(list, run)
          : new ScriptArray(arguments.clone(), false, run);
    }
    if (!(TbelOps.argument(arguments, 0) instanceof ScriptArray list)) {
      throw Errors.type("Arrays." + name + " needs a list or an array");
    }
    return switch (name) {
      case "copyOf" -> range(list, 0, TbelNumbers.integer(TbelOps.argument(arguments, 1)), run);
      case "copyOfRange" ->
          range(
              list,
              TbelNumbers.integer(TbelOps.argument(arguments, 1)),
              TbelNumbers.integer(TbelOps.argument(arguments, 2)),
              run);
      case "toString" -> TbelText.of(list, run);
      default -> null;
    };
  }

  /// Java: what lies behind the end is zero.
  private static ScriptArray range(ScriptArray list, int from, int until, Run run) {
    if (from < 0 || from > list.size() || from > until) {
      throw Errors.range(from + " to " + until + " is not in a list of " + list.size());
    }
    run.allocate(16L * (until - from));
    run.work(until - from);
    return new ScriptArray(list.copy(from, until, 0, run), false, run);
  }

  static ScriptArray copy(ScriptArray list, Run run) {
    return new ScriptArray(list.copy(0, list.size(), JsonNull.NULL, run), false, run);
  }

  private static Object[] items(Object value, Run run) {
    return value instanceof ScriptArray list
        ? list.copy(0, list.size(), JsonNull.NULL, run)
        : new Object[] {value};
  }

  static ScriptArray joined(ScriptArray list, Object more, Run run) {
    var joined = copy(list, run);
    joined.splice(joined.size(), 0, items(more, run), run);
    return joined;
  }

  private static Object add(ScriptArray list, Object[] arguments, Run run) {
    if (arguments.length == 2) {
      int at = TbelNumbers.integer(arguments[0]);
      if (at < 0 || at > list.size()) {
        throw Errors.range("Index " + at + " is outside of the length " + list.size());
      }
      list.splice(at, 0, new Object[] {arguments[1]}, run);
    } else {
      list.add(TbelOps.argument(arguments, 0), run);
    }
    return true;
  }

  private static Object take(ScriptArray list, int at, Run run) {
    if (list.size() == 0) {
      return JsonNull.NULL;
    }
    var taken = list.itemOr(at, JsonNull.NULL);
    list.splice(at, 1, new Object[0], run);
    return taken;
  }

  /// By place when it is a whole number, otherwise by value.
  private static Object remove(ScriptArray list, Object what, Run run) {
    if (what instanceof Integer) {
      return take(list, TbelMembers.index(list.size(), what), run);
    }
    int at = indexOf(list, what, run);
    if (at >= 0) {
      take(list, at, run);
    }
    return at >= 0;
  }

  static int indexOf(ScriptArray list, Object wanted, Run run) {
    for (int i = 0; i < list.size(); i++) {
      run.step();
      if (TbelComparison.equal(list.itemOr(i, JsonNull.NULL), wanted)) {
        return i;
      }
    }
    return -1;
  }

  private static int lastIndexOf(ScriptArray list, Object wanted, Run run) {
    for (int i = list.size() - 1; i >= 0; i--) {
      run.step();
      if (TbelComparison.equal(list.itemOr(i, JsonNull.NULL), wanted)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean containsAll(ScriptArray list, Object wanted, Run run) {
    for (var each : items(wanted, run)) {
      if (indexOf(list, each, run) < 0) {
        return false;
      }
    }
    return true;
  }

  static String join(ScriptArray list, String separator, Run run) {
    var out = new StringBuilder();
    for (int i = 0; i < list.size(); i++) {
      run.step();
      var text = TbelText.of(list.itemOr(i, JsonNull.NULL), run);
      run.allocate(2L * (text.length() + separator.length()));
      out.append(i > 0 ? separator : "").append(text);
    }
    return out.toString();
  }

  private static ScriptArray slice(ScriptArray list, Object[] arguments, Run run) {
    int from = place(TbelOps.argument(arguments, 0), 0, list.size());
    int until = place(TbelOps.argument(arguments, 1), list.size(), list.size());
    return new ScriptArray(list.copy(from, until, JsonNull.NULL, run), false, run);
  }

  private static int place(Object value, int missing, int size) {
    int place = value == JsonNull.NULL ? missing : TbelNumbers.integer(value);
    return place < 0 ? Math.max(0, size + place) : Math.min(place, size);
  }

  private static ScriptArray splice(ScriptArray list, Object[] arguments, Run run) {
    int from = place(TbelOps.argument(arguments, 0), 0, list.size());
    int most = list.size() - from;
    int count =
        arguments.length < 2 ? most : Math.clamp(TbelNumbers.integer(arguments[1]), 0, most);
    var removed = list.copy(from, from + count, JsonNull.NULL, run);
    var added = new Object[Math.max(0, arguments.length - 2)];
    System.arraycopy(arguments, arguments.length - added.length, added, 0, added.length);
    list.splice(from, count, added, run);
    return new ScriptArray(removed, false, run);
  }

  private static ScriptArray reverse(ScriptArray list, Run run) {
    var items = list.copy(0, list.size(), JsonNull.NULL, run);
    for (int i = 0; i < items.length; i++) {
      list.set(i, items[items.length - 1 - i], run);
    }
    return list;
  }

  /// Numbers by value when all are numbers, otherwise by their texts; `sort(false)` descending.
  private static ScriptArray sort(ScriptArray list, Object[] arguments, Run run) {
    boolean descending = TbelOps.argument(arguments, 0).equals(false);
    var items = list.copy(0, list.size(), JsonNull.NULL, run);
    boolean byValue = hasOnlyNumbers(list, run);
    ArraySort.sort(
        items,
        items.length,
        (left, right) -> {
          run.step();
          int order =
              byValue
                  ? TbelComparison.order(left, right)
                  : TbelText.of(left, run).compareTo(TbelText.of(right, run));
          return descending ? -order : order;
        },
        run);
    for (int i = 0; i < items.length; i++) {
      list.set(i, items[i], run);
    }
    return list;
  }

  private static boolean hasOnlyNumbers(ScriptArray list, Run run) {
    for (int i = 0; i < list.size(); i++) {
      run.step();
      if (!(list.itemOr(i, JsonNull.NULL) instanceof Number)) {
        return false;
      }
    }
    return true;
  }

  private static ScriptArray fill(ScriptArray list, Object[] arguments, Run run) {
    int from = place(TbelOps.argument(arguments, 1), 0, list.size());
    int until = place(TbelOps.argument(arguments, 2), list.size(), list.size());
    for (int i = from; i < until; i++) {
      list.set(i, TbelOps.argument(arguments, 0), run);
    }
    return list;
  }
}
