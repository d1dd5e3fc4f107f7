package io.millrace.base.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;

/// A component of the type `Map<String, R>`: as many records of settings as somebody names.
final class NamedSettings {
  private NamedSettings() {}

  static Class<? extends Record> type(RecordComponent component) {
    if (component.getGenericType() instanceof ParameterizedType map
        && map.getActualTypeArguments()[1] instanceof Class<?> type
        && type.isRecord()) {
      return type.asSubclass(Record.class);
    }
    throw new IllegalStateException(
        "The setting %s must be a Map<String, a record>".formatted(component.getName()));
  }

  /// The name in an environment variable such as `MILLRACE_MQTT_LISTENERS_PLANT_PORT`, if any.
  static List<String> in(String variable, String prefix, Class<? extends Record> type) {
    if (!variable.startsWith(prefix + "_")) {
      return List.of();
    }
    var rest = variable.substring(prefix.length() + 1);
    return endings(type).stream()
        .filter(ending -> rest.endsWith("_" + ending) && rest.length() > ending.length() + 1)
        .map(ending -> rest.substring(0, rest.length() - ending.length() - 1))
        .map(name -> name.toLowerCase(Locale.ROOT))
        .limit(1)
        .toList();
  }

  /// The longest first: `TLS_KEY` before `KEY`.
  private static List<String> endings(Class<?> type) {
    var all = new java.util.ArrayList<String>();
    for (var component : type.getRecordComponents()) {
      var name = component.getName().toUpperCase(Locale.ROOT);
      if (component.getType().isRecord()) {
        endings(component.getType()).forEach(inner -> all.add(name + "_" + inner));
      } else {
        all.add(name);
      }
    }
    all.sort(java.util.Comparator.comparingInt(String::length).reversed());
    return all;
  }
}
