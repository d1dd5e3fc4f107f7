package io.millrace.engine.scripts;

import static io.millrace.engine.scripts.Undefined.UNDEFINED;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// JavaScript's `Map` and `Set`.
final class ScriptMap implements Thing {
  private static final int ENTRY_BYTES = 64;
  private static final Set<String> OF_BOTH =
      Set.of("has", "delete", "clear", "forEach", "keys", "values", "entries");

  private final boolean isMap;
  private final Map<Object, Object> entries = new LinkedHashMap<>();

  private ScriptMap(boolean isMap) {
    this.isMap = isMap;
  }

  static ScriptMap of(boolean isMap, Object[] arguments, Run run) {
    run.allocate(ENTRY_BYTES);
    var made = new ScriptMap(isMap);
    if (arguments.length > 0 && !Conversions.isNothing(arguments[0])) {
      var walk = JavaScriptOps.valuesOf(arguments[0], run);
      while (walk.next()) {
        run.step();
        var each = walk.value();
        made.put(
            isMap ? JavaScriptOps.getAt(each, 0.0, run) : each,
            isMap ? JavaScriptOps.getAt(each, 1.0, run) : each,
            run);
      }
    }
    return made;
  }

  Set<String> names() {
    return isMap ? Set.of("has", "delete", "clear", "forEach", "get", "set") : OF_BOTH;
  }

  private void put(Object key, Object value, Run run) {
    run.allocate(ENTRY_BYTES);
    entries.put(key(key), value);
  }

  /// ECMAScript SameValueZero: -0 is 0.
  private static Object key(Object key) {
    return (key instanceof Double number && number == 0) ? (Object) 0.0 : key;
  }

  /// A snapshot: scripts that change a map while they walk it see the change at the next walk.
  Walk walk(Run run) {
    var all = list(isMap ? "entries" : "values", run);
    return new Walk(all::size, i -> all.itemOr(i, UNDEFINED));
  }

  private ScriptArray list(String kind, Run run) {
    var made = ScriptArray.make(true, run);
    entries.forEach(
        (key, value) -> {
          run.step();
          made.add(
              switch (kind) {
                case "keys" -> key;
                case "values" -> value;
                default -> new ScriptArray(new Object[] {key, value}, true, run);
              },
              run);
        });
    return made;
  }

  @Override
  public @Nullable Object member(String name) {
    return name.equals("size") ? (Object) (double) entries.size() : null;
  }

  @Override
  public void member(String name, Object value, Run run) {
    throw Errors.type("A " + className() + " takes no members here");
  }

  @Override
  public @Nullable Object method(String name, Object[] arguments, Run run) {
    run.step();
    var first = key(arguments.length > 0 ? arguments[0] : UNDEFINED);
    return switch (name) {
      case "has" -> entries.containsKey(first);
      case "delete" -> entries.remove(first) != null;
      case "keys", "values", "entries" -> list(name, run);
      case "clear" -> {
        entries.clear();
        yield UNDEFINED;
      }
      case "forEach" -> forEach(first, run);
      case "get" -> isMap ? entries.getOrDefault(first, UNDEFINED) : null;
      case "set" -> isMap ? set(first, arguments, run) : null;
      case "add" -> isMap ? null : set(first, new Object[] {first, first}, run);
      default -> null;
    };
  }

  private ScriptMap set(Object key, Object[] arguments, Run run) {
    put(key, arguments.length > 1 ? arguments[1] : UNDEFINED, run);
    return this;
  }

  private Object forEach(Object function, Run run) {
    if (!(function instanceof Callable each)) {
      throw Errors.type("forEach needs a function");
    }
    var all = list("entries", run);
    for (int i = 0; i < all.size(); i++) {
      run.step();
      var entry = (ScriptArray) all.itemOr(i, UNDEFINED);
      var key = entry.itemOr(0, UNDEFINED);
      each.call(new Object[] {entry.itemOr(1, UNDEFINED), key, this}, run);
    }
    return UNDEFINED;
  }

  @Override
  public String className() {
    return isMap ? "Map" : "Set";
  }
}
