package io.millrace.wire.admin;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A strict reader of Prometheus' text format 0.0.4: what the format does not allow throws.
final class PrometheusParser {
  private static final Pattern HELP = Pattern.compile("# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
  private static final Pattern TYPE =
      Pattern.compile(
          "# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|summary|histogram|untyped)");
  private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\"";
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{%s(?:,%s)*\\})? ([^ ]+)".formatted(LABEL, LABEL));

  private final Map<String, String> types = new LinkedHashMap<>();
  private final Map<String, Double> samples = new HashMap<>();
  private final Set<String> helped = new HashSet<>();
  private String family = "";

  static PrometheusParser read(String text) {
    if (!text.endsWith("\n")) {
      throw new IllegalArgumentException("the last line has no line feed");
    }
    var parser = new PrometheusParser();
    for (var line : text.substring(0, text.length() - 1).split("\n", -1)) {
      parser.line(line);
    }
    return parser;
  }

  Map<String, String> types() {
    return types;
  }

  double value(String sample) {
    return samples.get(sample);
  }

  private void line(String line) {
    if (line.startsWith("# HELP ")) {
      begin(match(HELP, line).group(1));
      if (!helped.add(family)) {
        throw new IllegalArgumentException("second HELP of " + family);
      }
    } else if (line.startsWith("# TYPE ")) {
      var type = match(TYPE, line);
      if (!type.group(1).equals(family)) {
        throw new IllegalArgumentException("TYPE of another family: " + line);
      }
      if (types.put(family, type.group(2)) != null) {
        throw new IllegalArgumentException("second TYPE of " + family);
      }
    } else {
      sample(match(SAMPLE, line));
    }
  }

  private void begin(String name) {
    if (types.containsKey(name)) {
      throw new IllegalArgumentException("the family " + name + " is in two places");
    }
    family = name;
  }

  private void sample(Matcher sample) {
    var name = sample.group(1);
    var type = types.get(family);
    boolean belongs =
        "summary".equals(type)
            ? name.equals(family + "_sum") || name.equals(family + "_count")
            : name.equals(family);
    if (!belongs || type == null) {
      throw new IllegalArgumentException(name + " does not belong to " + family);
    }
    if ("counter".equals(type) && !name.endsWith("_total")) {
      throw new IllegalArgumentException("a counter ends with _total, not " + name);
    }
    var labels = sample.group(2) == null ? "" : sample.group(2);
    if (samples.put(name + labels, number(sample.group(3))) != null) {
      throw new IllegalArgumentException("the same sample twice: " + name + labels);
    }
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private static Matcher match(Pattern pattern, String line) {
    var matcher = pattern.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a line of the format: " + line);
    }
    return matcher;
  }
}
