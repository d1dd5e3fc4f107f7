package io.millrace.base.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Text to the type of a setting. Refusals complete the sentence "name=value …".
final class SettingValue {
  private static final Map<String, Long> BYTES =
      Map.of("", 1L, "b", 1L, "kb", 1L << 10, "mb", 1L << 20, "gb", 1L << 30);

  private SettingValue() {}

  static Object parse(RecordComponent component, String text) {
    return parse(component, component.getGenericType(), text.strip());
  }

  private static Object parse(RecordComponent component, Type type, String text) {
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      var element = list.getActualTypeArguments()[0];
      return Arrays.stream(text.split(",", -1))
          .map(String::strip)
          .filter(part -> !part.isEmpty())
          .map(part -> parse(component, element, part))
          .toList();
    }
    if (type instanceof Class<?> plain) {
      return plain(component, plain, text);
    }
    throw new IllegalStateException("A setting cannot have the type " + type);
  }

  private static Object plain(RecordComponent component, Class<?> type, String text) {
    if (type == String.class) {
      return text;
    } else if (type == int.class || type == Integer.class) {
      return Math.toIntExact(whole(component, text, Integer.MAX_VALUE));
    } else if (type == long.class || type == Long.class) {
      return whole(component, text, Long.MAX_VALUE);
    } else if (type == double.class) {
      return fraction(text);
    } else if (type == boolean.class) {
      return truth(text);
    } else if (type == Duration.class) {
      return duration(text);
    } else if (type == Path.class) {
      return Path.of(text);
    } else if (type.isEnum()) {
      return choice(type, text);
    }
    throw new IllegalStateException("A setting cannot have the type " + type.getName());
  }

  /// Digits, with `kB`, `MB` or `GB` behind them for sizes.
  private static long whole(RecordComponent component, String text, long typeMax) {
    var limit = component.getAnnotation(Limit.class);
    long min = limit == null ? 0 : limit.min();
    long max = limit == null ? typeMax : Math.min(limit.max(), typeMax);
    var digits = text.replaceFirst("[a-zA-Z ]*$", "");
    var unit = BYTES.get(text.substring(digits.length()).strip().toLowerCase(Locale.ROOT));
    try {
      long value = Math.multiplyExact(Long.parseLong(digits), unit == null ? 0L : unit);
      if (unit != null && value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException | ArithmeticException e) {
      // said below, with the limits
    }
    throw new IllegalArgumentException("is not a whole number from %d to %d".formatted(min, max));
  }

  private static double fraction(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("is not a number");
    }
  }

  private static boolean truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "on", "yes" -> true;
      case "false", "off", "no" -> false;
      default -> throw new IllegalArgumentException("is neither true nor false");
    };
  }

  private static final String DURATION = "is not a time such as 500ms, 10s, 5min, 2h30min or 7d";
  private static final Pattern DURATION_PART = Pattern.compile("(\\d{1,15}) ?(ms|s|min|m|h|d) ?");

  private static Duration duration(String text) {
    var parts = DURATION_PART.matcher(text);
    var sum = Duration.ZERO;
    int end = 0;
    while (parts.find() && parts.start() == end) {
      sum = sum.plus(duration(Long.parseLong(parts.group(1)), parts.group(2)));
      end = parts.end();
    }
    if (end == 0 || end != text.length()) {
      throw new IllegalArgumentException(DURATION);
    }
    return sum;
  }

  private static Duration duration(long amount, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "min", "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  private static Object choice(Class<?> type, String text) {
    var names = Arrays.stream(type.getEnumConstants()).map(SettingValue::spelled).toList();
    int at = names.indexOf(text.toLowerCase(Locale.ROOT));
    if (at < 0) {
      throw new IllegalArgumentException("is not one of " + String.join(", ", names));
    }
    return type.getEnumConstants()[at];
  }

  /// How an enum constant is written in `millrace.conf`.
  static String spelled(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
  }

  /// What may be written for a component, for the reference page.
  static String allowed(RecordComponent component) {
    var limit = component.getAnnotation(Limit.class);
    var type = component.getType();
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(SettingValue::spelled)
          .collect(Collectors.joining(", "));
    }
    var name =
        switch (type.getSimpleName()) {
          case "int", "long" -> "whole number";
          case "double" -> "number";
          case "boolean" -> "true or false";
          case "Duration" -> "time";
          case "Path" -> "path";
          case "List" -> "list, separated by commas";
          default -> "text";
        };
    if (limit == null) {
      return name;
    }
    return limit.max() == Long.MAX_VALUE
        ? "%s from %d".formatted(name, limit.min())
        : "%s, %d to %d".formatted(name, limit.min(), limit.max());
  }
}
