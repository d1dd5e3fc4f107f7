package io.millrace.engine.scripts;

import io.millrace.base.json.JsonNull;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Methods of TBEL's sets: lists in the order of adding that have nothing twice.
final class TbelSets {
  static final Set<String> NAMES = Set.of("toList", "toArray", "clone");

  private TbelSets() {}

  /// A new one, of the items of a list when there is one.
  static ScriptArray of(Object[] arguments, Run run) {
    var made = ScriptArray.make(false, run).asSet();
    var first = TbelOps.argument(arguments, 0);
    if (first != JsonNull.NULL) {
      addAll(made, first, run);
    }
    return made;
  }

  static @Nullable Object call(ScriptArray set, String name, Object[] arguments, Run run) {
    var first = TbelOps.argument(arguments, 0);
    return switch (name) {
      case "add", "push" -> add(set, first, run);
      case "addAll" -> addAll(set, first, run);
      case "remove" -> remove(set, first, run);
      case "toList", "toArray" -> TbelLists.copy(set, run);
      case "clone" -> TbelLists.copy(set, run).asSet();
      case "toSorted", "toReversed" ->
          TbelLists.call(set, name, arguments, run) instanceof ScriptArray sorted
              ? sorted.asSet()
              : null;
      case "get", "set", "with", "unshift", "splice", "toSpliced", "fill", "concat" -> null;
      default -> TbelLists.call(set, name, arguments, run);
    };
  }

  private static boolean add(ScriptArray set, Object item, Run run) {
    if (TbelLists.indexOf(set, item, run) >= 0) {
      return false;
    }
    set.add(item, run);
    return true;
  }

  private static boolean addAll(ScriptArray set, Object items, Run run) {
    if (!(items instanceof ScriptArray list)) {
      throw Errors.type("A set is made of a list, not of " + TbelText.of(items));
    }
    boolean isChanged = false;
    for (int i = 0; i < list.size(); i++) {
      isChanged |= add(set, list.itemOr(i, JsonNull.NULL), run);
    }
    return isChanged;
  }

  private static boolean remove(ScriptArray set, Object item, Run run) {
    int at = TbelLists.indexOf(set, item, run);
    if (at >= 0) {
      set.splice(at, 1, new Object[0], run);
    }
    return at >= 0;
  }
}
