package io.millrace.base.config;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;

/// Writes the reference page of all settings, `docs/config.md`.
public final class SettingsDoc {
  private SettingsDoc() {}

  /// A Markdown table per room.
  ///
  /// @param rooms the prefix of each room's settings and its records, in the order of the page
  public static String markdown(Map<String, List<Class<? extends Record>>> rooms) {
    var page = new StringBuilder(HEAD);
    rooms.forEach(
        (prefix, types) -> {
          page.append("\n## ").append(prefix).append("\n\n");
          page.append(
              "| setting | default | allowed | what it does |\n| --- | --- | --- | --- |\n");
          types.forEach(type -> rows(prefix, type, page));
        });
    return page.toString();
  }

  private static void rows(String prefix, Class<?> type, StringBuilder page) {
    for (var component : type.getRecordComponents()) {
      var name = prefix + "." + component.getName();
      if (component.getType().isRecord()) {
        rows(name, component.getType(), page);
      } else if (component.getType() == Map.class) {
        rows(name + ".NAME", NamedSettings.type(component), page);
      } else {
        page.append(row(name, component));
      }
    }
  }

  private static String row(String name, RecordComponent component) {
    var fallback = component.getAnnotation(Default.class);
    var doc = component.getAnnotation(Doc.class);
    if (fallback == null || doc == null) {
      throw new IllegalStateException("The setting " + name + " lacks @Default or @Doc");
    }
    var value = fallback.value().isEmpty() ? "(none)" : "`" + fallback.value() + "`";
    return "| `%s` | %s | %s | %s |%n"
        .formatted(name, value, SettingValue.allowed(component), doc.value());
  }

  private static final String HEAD =
      """
      # Settings

      Made from the code by the tests of `app` (`./millrace test -Dgolden=update` rewrites it).

      A setting is written as `name = value` in `millrace.conf` (in the working directory, or
      `--config=FILE`; lines that start with `#` are comments), as an environment variable (`mqtt.port` is
      `MILLRACE_MQTT_PORT`), or on the command line (`--mqtt.port=1884`). The later wins over the earlier. A
      name that is not listed here is an error that names file and line.

      `NAME` in a setting stands for a name of your own: each name makes one more of its kind.

      Times are written as `500ms`, `10s`, `5min`, `2h30min`, `7d`; sizes as bytes or with `kB`, `MB`, `GB`.
      """;
}
