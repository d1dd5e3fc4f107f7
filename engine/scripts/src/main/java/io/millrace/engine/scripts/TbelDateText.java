package io.millrace.engine.scripts;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonSyntaxException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// TBEL's dates as people of a country write them.
///
/// Arguments: a language tag; then a time zone, or JSON `{timeZone, dateStyle, timeStyle,
// pattern}`.
final class TbelDateText {
  private TbelDateText() {}

  static @Nullable Object of(ScriptDate date, String name, Object[] arguments, Run run) {
    var locale = Locale.forLanguageTag(text(arguments, 0, "en", run));
    boolean isUtc = name.equals("toUTCString");
    var options = options(isUtc ? "" : text(arguments, 1, "", run));
    var pattern = options.text("pattern", "");
    var format =
        pattern.isEmpty()
            ? format(name, options, arguments.length)
            : DateTimeFormatter.ofPattern(pattern);
    if (format == null) {
      return null;
    }
    var zone = options.text("timeZone", "");
    var at =
        Instant.ofEpochMilli((long) date.millis())
            .atZone(isUtc ? ZoneOffset.UTC : zone.isEmpty() ? date.zone() : ZoneId.of(zone));
    return StringMethods.made(format.withLocale(locale).format(at), run);
  }

  private static @Nullable DateTimeFormatter format(String name, JsonObject options, int given) {
    var dateStyle = style(options.text("dateStyle", "SHORT"), FormatStyle.SHORT);
    var timeStyle = style(options.text("timeStyle", "MEDIUM"), FormatStyle.MEDIUM);
    return switch (name) {
      case "toString" -> DateTimeFormatter.ofLocalizedDateTime(FormatStyle.FULL, FormatStyle.FULL);
      case "toDateString" -> DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL);
      case "toTimeString" -> DateTimeFormatter.ofLocalizedTime(FormatStyle.FULL);
      case "toUTCString" ->
          DateTimeFormatter.ofLocalizedDateTime(FormatStyle.FULL, FormatStyle.MEDIUM);
      case "toLocaleDateString" ->
          DateTimeFormatter.ofLocalizedDate(given < 2 ? FormatStyle.FULL : dateStyle);
      case "toLocaleTimeString" -> DateTimeFormatter.ofLocalizedTime(timeStyle);
      case "toLocaleString" -> DateTimeFormatter.ofLocalizedDateTime(dateStyle, timeStyle);
      default -> null;
    };
  }

  private static FormatStyle style(String name, FormatStyle otherwise) {
    for (var style : FormatStyle.values()) {
      if (style.name().equalsIgnoreCase(name)) {
        return style;
      }
    }
    return otherwise;
  }

  private static JsonObject options(String text) {
    if (!text.startsWith("{")) {
      return JsonObject.builder().put("timeZone", text).build();
    }
    try {
      return Json.parse(text) instanceof JsonObject object ? object : JsonObject.EMPTY;
    } catch (JsonSyntaxException e) {
      throw Errors.type("The options of a date are not JSON: " + e.getMessage());
    }
  }

  private static String text(Object[] arguments, int at, String otherwise, Run run) {
    return arguments.length > at ? TbelText.of(arguments[at], run) : otherwise;
  }
}
