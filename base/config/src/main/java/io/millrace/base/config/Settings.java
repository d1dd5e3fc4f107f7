package io.millrace.base.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The values that somebody set, and the records they are bound to.
///
/// Later layers win: a command's own defaults, `millrace.conf`, the environment
/// (`MILLRACE_MQTT_PORT` for `mqtt.port`), the command line (`--mqtt.port=1884`). Use: make it with
/// [#of], add the layers, [#bind] every room's `Config`, then [#check].
public final class Settings {
  private final Map<String, SetValue> values = new LinkedHashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> known = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();

  private Settings() {}

  public static Settings of() {
    return new Settings();
  }

  /// The record with every component at its default, for tests and for rooms used alone.
  public static <T extends Record> T defaults(Class<T> type) {
    var settings = of();
    var bound = settings.bind("", type);
    settings.check();
    return bound;
  }

  /// Values that a command brings as its own defaults; anything else set wins over them.
  public Settings add(Map<String, String> defaults, String command) {
    defaults.forEach((name, value) -> values.put(name, new SetValue(value, command)));
    return this;
  }

  /// The lines of a `millrace.conf`: `name = value`, `#` starts a comment line.
  ///
  /// @throws SettingsException when the file cannot be read
  public Settings add(Path file) {
    ConfigFile.read(file, values, faults);
    return this;
  }

  /// Environment variables; only those that start with `MILLRACE_` count.
  public Settings addEnvironment(Map<String, String> variables) {
    variables.forEach(
        (name, value) -> {
          if (name.startsWith("MILLRACE_")) {
            environment.put(name, value);
          }
        });
    return this;
  }

  /// Arguments of the form `--name=value`; a bare `--name` means `true`.
  public Settings addFlags(List<String> arguments) {
    for (var argument : arguments) {
      if (!argument.startsWith("--")) {
        faults.add("'%s' is not a setting; write --name=value".formatted(argument));
        continue;
      }
      int equals = argument.indexOf('=');
      var name = equals < 0 ? argument.substring(2) : argument.substring(2, equals);
      var value = equals < 0 ? "true" : argument.substring(equals + 1);
      values.put(name, new SetValue(value, "command line"));
    }
    return this;
  }

  /// Reads the components of `type` from the settings named `prefix.component`.
  ///
  /// Faults are collected for [#check]; until then a faulty value has its default.
  public <T extends Record> T bind(String prefix, Class<T> type) {
    var components = type.getRecordComponents();
    var arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      arguments[i] = component(prefix, components[i]);
    }
    return construct(prefix, type, arguments);
  }

  /// Binds a record of records: each component is a room's settings under the room's own prefix.
  ///
  /// @param prefix of a component, by its name; two rooms may share one
  public <T extends Record> T bindRooms(Class<T> type, UnaryOperator<String> prefix) {
    var components = type.getRecordComponents();
    var arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      arguments[i] =
          bind(
              prefix.apply(components[i].getName()),
              components[i].getType().asSubclass(Record.class));
    }
    return construct("", type, arguments);
  }

  /// Ends the reading: refuses faults and names that no room knows.
  ///
  /// @throws SettingsException naming every fault with its place and the cure
  public void check() {
    values.forEach(
        (name, set) -> {
          if (!known.contains(name)) {
            faults.add(unknown(name, set.origin()));
          }
        });
    var names = known.stream().map(Settings::variable).toList();
    environment.keySet().stream()
        .filter(name -> !names.contains(name) && !name.equals("MILLRACE_HOME"))
        .sorted()
        .forEach(name -> faults.add(unknown(name, "environment")));
    if (!faults.isEmpty()) {
      throw new SettingsException(faults);
    }
  }

  private Object component(String prefix, RecordComponent component) {
    var name = prefix.isEmpty() ? component.getName() : prefix + "." + component.getName();
    if (component.getType().isRecord()) {
      return bind(name, component.getType().asSubclass(Record.class));
    }
    if (component.getType() == Map.class) {
      return named(name, component);
    }
    known.add(name);
    var fallback = component.getAnnotation(Default.class);
    if (fallback == null) {
      throw new IllegalStateException(
          "The setting %s of %s lacks @Default"
              .formatted(name, component.getDeclaringRecord().getName()));
    }
    var set = set(name);
    if (set != null) {
      try {
        return SettingValue.parse(component, set.value());
      } catch (IllegalArgumentException e) {
        faults.add("%s=%s %s (%s)".formatted(name, set.value(), e.getMessage(), set.origin()));
      }
    }
    return fallback(name, component, fallback.value());
  }

  /// A map of records: `name.x.component` makes an entry `x`, in the order of the names.
  private Map<String, Record> named(String prefix, RecordComponent component) {
    var type = NamedSettings.type(component);
    var names = new TreeSet<String>();
    for (var set : values.keySet()) {
      if (set.startsWith(prefix + ".")) {
        names.add(set.substring(prefix.length() + 1).split("[.]", 2)[0]);
      }
    }
    environment
        .keySet()
        .forEach(variable -> names.addAll(NamedSettings.in(variable, variable(prefix), type)));
    var bound = new LinkedHashMap<String, Record>();
    for (var name : names) {
      if (name.matches("[A-Za-z0-9_-]+")) {
        bound.put(name, bind(prefix + "." + name, type));
      }
    }
    return bound;
  }

  private static Object fallback(String name, RecordComponent component, String text) {
    try {
      return SettingValue.parse(component, text);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "The default of %s, '%s', %s".formatted(name, text, e.getMessage()), e);
    }
  }

  private @Nullable SetValue set(String name) {
    var set = values.get(name);
    var variable = variable(name);
    var exported = environment.get(variable);
    if (exported != null && (set == null || !set.origin().equals("command line"))) {
      return new SetValue(exported, "environment " + variable);
    }
    return set;
  }

  private <T extends Record> T construct(String prefix, Class<T> type, Object[] arguments) {
    try {
      return constructor(type).newInstance(arguments);
    } catch (java.lang.reflect.InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) { // the record's own check
        throw new SettingsException(List.of(String.valueOf(refused.getMessage())));
      }
      throw new IllegalStateException("Cannot make the settings " + prefix, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot make the settings " + prefix, e);
    }
  }

  private static <T extends Record> Constructor<T> constructor(Class<T> type)
      throws NoSuchMethodException {
    var components = type.getRecordComponents();
    var types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
    }
    var constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    return constructor;
  }

  private String unknown(String name, String origin) {
    var near =
        known.stream()
            .filter(candidate -> looksLike(candidate, name))
            .findFirst()
            .map(" Did you mean %s?"::formatted)
            .orElse(" The settings are listed in docs/config.md.");
    return "Unknown setting %s (%s).%s".formatted(name, origin, near);
  }

  private static boolean looksLike(String candidate, String name) {
    var a = plain(candidate);
    var b = plain(name);
    return a.endsWith(b) || b.endsWith(a) || (a.length() > 4 && distance(a, b) <= 2);
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "").replaceFirst("^millrace", "");
  }

  /// Edits between two short names (Levenshtein).
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

  static String variable(String name) {
    return "MILLRACE_" + name.replace('.', '_').toUpperCase(Locale.ROOT);
  }

  /// A value as text, and where somebody wrote it.
  record SetValue(String value, String origin) {}
}
