package io.millrace.engine.alarms;

import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What an alarm is to become: a new one, or the next state of the active one of that type.
///
/// @param startTs when the condition was first seen, 0 for now
/// @param endTs when the condition was last seen, 0 for now
public record AlarmRequest(
    EntityId tenantId,
    @Nullable EntityId customerId,
    EntityId originator,
    String type,
    AlarmSeverity severity,
    JsonValue details,
    Propagation propagation,
    long startTs,
    long endTs) {
  /// Longest type, in characters, as in ThingsBoard's table.
  public static final int TYPE_CHARS_MAX = 255;

  public AlarmRequest {
    if (type.isBlank() || type.length() > TYPE_CHARS_MAX) {
      throw new IllegalArgumentException(
          "An alarm type has 1 to %d characters, this one has %d."
              .formatted(TYPE_CHARS_MAX, type.length()));
    }
  }

  /// An alarm seen now, without details, that does not propagate.
  public static AlarmRequest of(
      EntityId tenantId, EntityId originator, String type, AlarmSeverity severity) {
    return new AlarmRequest(
        tenantId, null, originator, type, severity, JsonNull.NULL, Propagation.NONE, 0, 0);
  }

  public AlarmRequest withDetails(JsonValue newDetails) {
    return new AlarmRequest(
        tenantId, customerId, originator, type, severity, newDetails, propagation, startTs, endTs);
  }

  Alarm created(UUID id, long now) {
    return new Alarm(
        id,
        now,
        tenantId,
        customerId,
        originator,
        type,
        severity,
        false,
        false,
        null,
        startTs(now),
        endTs(now),
        0,
        0,
        0,
        details,
        propagation);
  }

  long startTs(long now) {
    return startTs > 0 ? startTs : now;
  }

  long endTs(long now) {
    return endTs > 0 ? endTs : now;
  }
}
