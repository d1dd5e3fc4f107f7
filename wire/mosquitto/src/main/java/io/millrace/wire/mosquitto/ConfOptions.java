package io.millrace.wire.mosquitto;

import io.millrace.wire.mosquitto.ConfOption.Fate;
import io.millrace.wire.mosquitto.ConfOption.Handler;
import io.millrace.wire.mosquitto.ConfOption.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The table of every option of mosquitto.conf(5), of the versions 1.6 to 2.1.
final class ConfOptions {
  private static final Map<String, ConfOption> TABLE = table();
  private static final List<String> PREFIXES = List.of("auth_opt_", "plugin_opt_");

  private ConfOptions() {}

  static List<ConfOption> all() {
    return List.copyOf(TABLE.values());
  }

  static @Nullable ConfOption find(String name) {
    for (var prefix : PREFIXES) {
      if (name.startsWith(prefix)) {
        return TABLE.get(prefix + "*");
      }
    }
    return TABLE.get(name);
  }

  /// ` Did you mean …?`, or nothing.
  static String nearest(String name) {
    String best = "";
    int least = Math.max(2, name.length() / 4) + 1;
    for (var known : TABLE.keySet()) {
      int distance = distance(name, known);
      if (distance < least) {
        least = distance;
        best = " Did you mean %s?".formatted(known);
      }
    }
    return best;
  }

  private static Map<String, ConfOption> table() {
    var all = new ArrayList<ConfOption>();
    all.addAll(GlobalOptions.all());
    all.addAll(ListenerOptions.all());
    all.addAll(BridgeOptions.all());
    var table = new LinkedHashMap<String, ConfOption>();
    for (var option : all) {
      if (table.put(option.name(), option) != null) {
        throw new IllegalStateException(option.name() + " stands twice in the table");
      }
    }
    return table;
  }

  static ConfOption honoured(String name, Scope scope, String says, Handler handler) {
    return new ConfOption(name, scope, Fate.HONOURED, says, handler);
  }

  static ConfOption warned(String name, Scope scope, String instead) {
    return new ConfOption(name, scope, Fate.WARNED, instead, (_, _) -> {});
  }

  /// A choice of which Millrace knows one side only.
  static ConfOption always(String name, Scope scope, boolean value, String says, String instead) {
    return new ConfOption(
        name,
        scope,
        Fate.ALWAYS,
        says,
        (to, line) -> {
          if (line.bool() != value) {
            to.warn(line, instead);
          }
        });
  }

  /// Edits between two names (Levenshtein).
  private static int distance(String a, String b) {
    var row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
