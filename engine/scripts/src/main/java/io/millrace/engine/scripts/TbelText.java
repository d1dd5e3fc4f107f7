package io.millrace.engine.scripts;

import io.millrace.base.json.JsonNull;
import java.util.function.LongConsumer;

/// Values as TBEL writes them, which is as Java does: `{a=1}`, `[1, 2]`, `5.0`.
final class TbelText {
  private static final int DEPTH_MAX = 100;
  private static final int LENGTH_MAX = 10_000;

  private final StringBuilder out = new StringBuilder();
  private final LongConsumer charge;

  private TbelText(LongConsumer charge) {
    this.charge = charge;
  }

  static String of(Object value, Run run) {
    return value instanceof String text
        ? text
        : new TbelText(run::allocate).append(value, 0).out.toString();
  }

  /// For messages, where no run pays: long values are cut off.
  static String of(Object value) {
    return new TbelText(_ -> {}).append(value, DEPTH_MAX - 3).out.toString();
  }

  private TbelText append(Object value, int depth) {
    if (depth > DEPTH_MAX || out.length() > LENGTH_MAX * 100) {
      out.append("…");
      return this;
    }
    int before = out.length();
    switch (value) {
      case ScriptObject map -> map(map, depth);
      case ScriptArray list -> list(list, depth);
      case JsonNull _, Undefined _ -> out.append("null");
      case ScriptDate date -> out.append(date.isoText());
      case TbelEntry entry -> append(entry.key(), depth).out.append('=');
      case Thing thing -> out.append(thing.className());
      default -> out.append(value);
    }
    if (value instanceof TbelEntry entry) {
      append(entry.value(), depth + 1);
    }
    charge.accept(2L * (out.length() - before));
    return this;
  }

  private void map(ScriptObject map, int depth) {
    out.append('{');
    for (int i = 0; i < map.size(); i++) {
      out.append(i > 0 ? ", " : "").append(map.name(i)).append('=');
      append(map.value(i), depth + 1);
    }
    out.append('}');
  }

  private void list(ScriptArray list, int depth) {
    out.append('[');
    for (int i = 0; i < list.size(); i++) {
      out.append(i > 0 ? ", " : "");
      append(list.itemOr(i, JsonNull.NULL), depth + 1);
    }
    out.append(']');
  }
}
