package io.millrace.wire.admin;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Writes Prometheus' text format, version 0.0.4: a family is begun once, its samples follow.
final class MetricText {
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final StringBuilder text = new StringBuilder(16_384);
  private final Set<String> families = new HashSet<>();
  private String family = "";

  /// Kinds of families that we write.
  enum Kind {
    COUNTER,
    GAUGE,
    SUMMARY
  }

  /// Begins a family; its samples come next, and it cannot be begun again.
  MetricText family(String name, Kind kind, String help) {
    if (!families.add(name)) {
      throw new IllegalStateException("The metric " + name + " is written twice");
    }
    family = name;
    text.append("# HELP ").append(name).append(' ').append(escaped(help)).append('\n');
    text.append("# TYPE ").append(name).append(' ');
    text.append(kind.name().toLowerCase(Locale.ROOT)).append('\n');
    return this;
  }

  /// A sample of the family.
  MetricText sample(Map<String, String> labels, double value) {
    return sample("", labels, value);
  }

  /// A sample of a summary: suffix `_sum` or `_count`.
  MetricText sample(String suffix, Map<String, String> labels, double value) {
    text.append(family).append(suffix);
    if (!labels.isEmpty()) {
      text.append(
          labels.entrySet().stream()
              .map(label -> label.getKey() + "=\"" + quoted(label.getValue()) + '"')
              .collect(Collectors.joining(",", "{", "}")));
    }
    text.append(' ').append(number(value)).append('\n');
    return this;
  }

  /// A family of one sample without labels.
  MetricText one(String name, Kind kind, String help, double value) {
    return family(name, kind, help).sample(Map.of(), value);
  }

  /// `mqtt.publishes_received` is `millrace_mqtt_publishes_received`.
  static String name(String counter) {
    var name = new StringBuilder("millrace_");
    for (int i = 0; i < counter.length(); i++) {
      char c = Character.toLowerCase(counter.charAt(i));
      boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
      name.append(plain ? c : '_');
    }
    return name.toString();
  }

  private static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    if (Double.isNaN(value)) {
      return "NaN";
    }
    return Double.isInfinite(value) ? (value > 0 ? "+Inf" : "-Inf") : Double.toString(value);
  }

  private static String escaped(String help) {
    return help.replace("\\", "\\\\").replace("\n", "\\n");
  }

  private static String quoted(String value) {
    return escaped(value).replace("\"", "\\\"");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
