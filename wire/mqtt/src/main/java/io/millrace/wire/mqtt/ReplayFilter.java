package io.millrace.wire.mqtt;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;

/// A replay as it is asked for: `$replay/<since>/<filter>`.
///
/// @param since milliseconds since 1970
/// @param filter a plain topic filter
public record ReplayFilter(long since, String filter) {
  private static final String PREFIX = "$replay/";
  private static final Pattern BACK = Pattern.compile("-?(\\d{1,9})(ms|s|m|min|h|d)");
  private static final Pattern EPOCH = Pattern.compile("\\d{1,15}");

  /// Whether the filter asks for a replay.
  public static boolean isReplay(String filter) {
    return filter.startsWith(PREFIX);
  }

  /// Reads a filter that asks for one.
  ///
  /// @throws IllegalArgumentException saying what is wrong with it
  public static ReplayFilter parse(String text, long nowMs) {
    int slash = text.indexOf('/', PREFIX.length());
    if (slash < 0 || slash == text.length() - 1) {
      throw new IllegalArgumentException(
          "'%s' is not $replay/SINCE/FILTER, as in $replay/1h/sensors/#".formatted(text));
    }
    var filter = text.substring(slash + 1);
    if (filter.startsWith("$")) {
      throw new IllegalArgumentException(
          "'%s' asks for a $ topic; those are not kept".formatted(text));
    }
    return new ReplayFilter(since(text.substring(PREFIX.length(), slash), nowMs), filter);
  }

  /// Reads a moment: `1h` or `-1h` ago (ms, s, m, min, h, d), milliseconds since 1970, or an ISO
  /// time as `2026-11-22T16:00:00Z`.
  ///
  /// @throws IllegalArgumentException when it is none of them
  public static long since(String text, long nowMs) {
    var back = BACK.matcher(text);
    if (back.matches()) {
      return Math.max(0, nowMs - Long.parseLong(back.group(1)) * millis(back.group(2)));
    }
    if (EPOCH.matcher(text).matches()) {
      return Long.parseLong(text);
    }
    try {
      return text.endsWith("Z")
          ? Instant.parse(text).toEpochMilli()
          : OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'%s' is no moment: give 1h (that long ago), milliseconds since 1970, or 2026-11-22T16:00:00Z"
              .formatted(text),
          e);
    }
  }

  private static long millis(String unit) {
    return switch (unit) {
      case "ms" -> 1;
      case "s" -> 1_000;
      case "m", "min" -> 60_000;
      case "h" -> 3_600_000;
      default -> 86_400_000;
    };
  }
}
