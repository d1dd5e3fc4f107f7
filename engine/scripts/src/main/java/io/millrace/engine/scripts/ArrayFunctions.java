package io.millrace.engine.scripts;

import static io.millrace.engine.scripts.Undefined.UNDEFINED;

/// `Array.from`.
final class ArrayFunctions {
  private ArrayFunctions() {}

  static ScriptArray from(Object source, Object[] arguments, Run run) {
    var made = ScriptArray.make(true, run);
    if (source instanceof ScriptObject map) {
      int length = Math.max(0, Conversions.integer(map.member("length"), 0));
      for (int i = 0; i < length; i++) {
        run.step();
        made.add(JavaScriptOps.getAt(map, (double) i, run), run);
      }
    } else if (!(source instanceof Double || source instanceof Boolean)) {
      JavaScriptOps.addAll(made, source, run);
    }
    if (arguments.length > 1 && arguments[1] instanceof Callable each) {
      for (int i = 0; i < made.size(); i++) {
        run.step();
        made.set(i, each.call(new Object[] {made.itemOr(i, UNDEFINED), (double) i}, run), run);
      }
    }
    return made;
  }
}
