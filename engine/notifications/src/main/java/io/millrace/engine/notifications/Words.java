package io.millrace.engine.notifications;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Fills templates: `${alarmType}`, `${alarmSeverity:upperCase}`. What is not known stays as it is.
final class Words {
  private static final Pattern PLACE =
      Pattern.compile("\\$\\{([A-Za-z0-9_.]+)(?::(upperCase|lowerCase|capitalize))?\\}");

  private Words() {}

  static String fill(String template, Map<String, String> data) {
    return PLACE
        .matcher(template)
        .replaceAll(
            place -> {
              var value = data.get(place.group(1));
              return Matcher.quoteReplacement(
                  value == null ? place.group() : cased(value, place.group(2)));
            });
  }

  private static String cased(String value, @org.jspecify.annotations.Nullable String how) {
    return switch (how) {
      case "upperCase" -> value.toUpperCase(Locale.ROOT);
      case "lowerCase" -> value.toLowerCase(Locale.ROOT);
      case "capitalize" ->
          value.isEmpty() ? value : Character.toUpperCase(value.charAt(0)) + value.substring(1);
      case null, default -> value;
    };
  }
}
