package io.millrace.wire.kafka;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A text with `${name}` and `${1}` to be filled in; what is not known is left out.
final class BridgeTemplate {
  private static final Pattern PLACE = Pattern.compile("\\$\\{(\\w+)}");
  private static final Pattern NOT_KAFKAS = Pattern.compile("[^a-zA-Z0-9._-]");
  private final String text;

  BridgeTemplate(String text) {
    this.text = text;
  }

  String fill(Map<String, String> names, List<String> parts) {
    return PLACE
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), names, parts)));
  }

  private static String value(String name, Map<String, String> names, List<String> parts) {
    if (Character.isDigit(name.charAt(0))) {
      int number = name.length() > 3 ? 0 : Integer.parseInt(name);
      return number >= 1 && number <= parts.size() ? parts.get(number - 1) : "";
    }
    return names.getOrDefault(name, "");
  }

  /// A name that Kafka takes for a topic: slashes become dots, other letters underscores.
  static String asKafkaTopic(String name) {
    var legal = NOT_KAFKAS.matcher(name.replace('/', '.')).replaceAll("_");
    return legal.length() > 249 ? legal.substring(0, 249) : legal;
  }
}
