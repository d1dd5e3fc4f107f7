package io.millrace.engine.notifications;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/// When a user does not want to be disturbed by mail; the inbox is filled all the same.
///
/// `{"enabled": true, "from": "22:00", "to": "07:00", "tz": "Europe/Kyiv", "except": ["CRITICAL"]}`
/// in a user's notification settings, as `quietHours`.
public record QuietHours(LocalTime from, LocalTime to, ZoneId zone, JsonArray except) {
  /// Empty when there are none.
  ///
  /// @throws IllegalArgumentException when they are written wrong
  public static Optional<QuietHours> read(JsonObject settings, String defaultZone) {
    if (!(settings.get("quietHours") instanceof JsonObject json)
        || json.text("enabled", "true").equals("false")) {
      return Optional.empty();
    }
    try {
      var from = LocalTime.parse(json.text("from", ""));
      var to = LocalTime.parse(json.text("to", ""));
      var zone = ZoneId.of(json.text("tz", defaultZone));
      var except = json.get("except") instanceof JsonArray list ? list : JsonArray.EMPTY;
      return from.equals(to)
          ? Optional.empty()
          : Optional.of(new QuietHours(from, to, zone, except));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "quietHours %s: from and to are times as 22:00, tz is a zone as Europe/Kyiv."
              .formatted(json),
          e);
    }
  }

  /// When to tell of something: now, or when the quiet hours end.
  ///
  /// @param severity of an alarm; empty of anything else
  long deliverAt(long now, String severity) {
    if (except.values().stream().anyMatch(each -> each.asText().equals(severity))) {
      return now;
    }
    var local = Instant.ofEpochMilli(now).atZone(zone);
    var time = local.toLocalTime();
    boolean isOverNight = from.isAfter(to);
    boolean isQuiet =
        isOverNight
            ? !time.isBefore(from) || time.isBefore(to)
            : !time.isBefore(from) && time.isBefore(to);
    if (!isQuiet) {
      return now;
    }
    var day =
        isOverNight && !time.isBefore(from) ? local.toLocalDate().plusDays(1) : local.toLocalDate();
    return day.atTime(to).atZone(zone).toInstant().toEpochMilli();
  }
}
