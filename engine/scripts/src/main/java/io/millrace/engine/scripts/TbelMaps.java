package io.millrace.engine.scripts;

import io.millrace.base.json.JsonNull;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Methods of TBEL's maps.
final class TbelMaps {
  static final Set<String> NAMES =
      Set.of(
          "put",
          "get",
          "remove",
          "containsKey",
          "containsValue",
          "size",
          "isEmpty",
          "clear",
          "keySet",
          "keys",
          "values",
          "entrySet",
          "putAll",
          "putIfAbsent",
          "getOrDefault",
          "replace",
          "sortByKey",
          "sortByValue",
          "toString",
          "getKey",
          "getValue",
          "setValue",
          "clone");

  private TbelMaps() {}

  static @Nullable Object call(ScriptObject map, String name, Object[] arguments, Run run) {
    var key = arguments.length > 0 ? TbelText.of(arguments[0], run) : "";
    return switch (name) {
      case "get" -> orNull(map.member(key));
      case "getOrDefault" -> map.has(key) ? orNull(map.member(key)) : arguments[1];
      case "containsKey" -> map.has(key);
      case "containsValue" -> TbelLists.indexOf(values(map, run), arguments[0], run) >= 0;
      case "size" -> map.size();
      case "memorySize" -> 12L * map.size();
      case "isEmpty" -> map.size() == 0;
      case "keySet", "keys" -> keys(map, run);
      case "values" -> values(map, run);
      case "entrySet" -> entries(map, run);
      case "clone" -> TbelStatics.map(new Object[] {map}, run);
      case "toString" -> TbelText.of(map, run);
      default -> change(map, name, key, arguments, run);
    };
  }

  private static Object orNull(@Nullable Object value) {
    return value == null ? JsonNull.NULL : value;
  }

  private static @Nullable Object change(
      ScriptObject map, String name, String key, Object[] arguments, Run run) {
    var before = orNull(map.member(key));
    switch (name) {
      case "put" -> map.member(key, TbelOps.argument(arguments, 1), run);
      case "putIfAbsent" -> {
        if (before == JsonNull.NULL) {
          map.member(key, TbelOps.argument(arguments, 1), run);
        }
      }
      case "replace" -> {
        if (map.has(key)) {
          map.member(key, TbelOps.argument(arguments, 1), run);
        }
      }
      case "remove" -> map.remove(key, run);
      case "putAll" -> putAll(map, TbelOps.argument(arguments, 0), run);
      case "clear" -> map.clear();
      case "sortByKey" -> sort(map, entry -> entry.key(), arguments, run);
      case "sortByValue" -> sort(map, TbelEntry::value, arguments, run);
      default -> {
        return null;
      }
    }
    return before;
  }

  private static void putAll(ScriptObject map, Object other, Run run) {
    if (!(other instanceof ScriptObject source)) {
      throw Errors.type("putAll needs a map, not " + TbelText.of(other));
    }
    for (int i = 0; i < source.size(); i++) {
      map.member(source.name(i), source.value(i), run);
    }
  }

  private static ScriptArray keys(ScriptObject map, Run run) {
    return new ScriptArray(map.keys(run).toArray(), false, run);
  }

  private static ScriptArray values(ScriptObject map, Run run) {
    var values = new Object[map.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = map.value(i);
    }
    return new ScriptArray(values, false, run);
  }

  static ScriptArray entries(ScriptObject map, Run run) {
    var entries = new Object[map.size()];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = new TbelEntry(map, map.name(i));
    }
    return new ScriptArray(entries, false, run);
  }

  private interface Aspect {
    Object of(TbelEntry entry);
  }

  private static void sort(ScriptObject map, Aspect aspect, Object[] arguments, Run run) {
    boolean descending = TbelOps.argument(arguments, 0).equals(false);
    record Held(String key, Object value, Object by) {}
    var all = new Held[map.size()];
    for (int i = 0; i < all.length; i++) {
      var entry = new TbelEntry(map, map.name(i));
      all[i] = new Held(entry.key(), entry.value(), aspect.of(entry));
    }
    ArraySort.sort(
        all,
        all.length,
        (left, right) -> {
          run.step();
          int order = TbelComparison.order(left.by(), right.by());
          return descending ? -order : order;
        },
        run);
    map.clear();
    for (var each : all) {
      map.member(each.key(), each.value(), run);
    }
  }
}
