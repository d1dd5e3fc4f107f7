package io.millrace.engine.scripts;

import static io.millrace.engine.scripts.TbelOps.argument;

import io.millrace.base.json.JsonNull;

/// `toFlatMap(map, excluded keys?, with path?)`: nested maps and lists as one flat map, keys joined
/// by points.
final class TbelFlatMap {
  private static final int DEPTH_MAX = 100;

  private final ScriptArray excluded;
  private final boolean withPath;
  private final ScriptObject flat;
  private final Run run;

  private TbelFlatMap(ScriptArray excluded, boolean withPath, Run run) {
    this.excluded = excluded;
    this.withPath = withPath;
    this.flat = ScriptObject.make(false, run);
    this.run = run;
  }

  static Object of(Object[] arguments, Run run) {
    var excluded =
        argument(arguments, 1) instanceof ScriptArray list ? list : ScriptArray.make(false, run);
    boolean withPath = !argument(arguments, arguments.length - 1).equals(false);
    var flattening = new TbelFlatMap(excluded, withPath, run);
    flattening.add("", argument(arguments, 0), 0);
    return flattening.flat;
  }

  private void add(String path, Object value, int depth) {
    run.step();
    if (depth > DEPTH_MAX) {
      throw Errors.range("The map is nested too deep");
    }
    switch (value) {
      case ScriptObject map -> {
        for (int i = 0; i < map.size(); i++) {
          if (TbelLists.indexOf(excluded, map.name(i), run) < 0) {
            add(key(path, map.name(i)), map.value(i), depth + 1);
          }
        }
      }
      case ScriptArray list -> {
        for (int i = 0; i < list.size(); i++) {
          add(key(path, Integer.toString(i)), list.itemOr(i, JsonNull.NULL), depth + 1);
        }
      }
      default -> flat.member(path, value, run);
    }
  }

  private String key(String path, String name) {
    return path.isEmpty() || !withPath ? name : JavaScriptOps.concat(path + ".", name, run);
  }
}
