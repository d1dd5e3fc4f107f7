package io.millrace.engine.alarms;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One alarm as it stands, with ThingsBoard's fields. Times are milliseconds, 0 is never.
///
/// @param startTs when the condition was first seen
/// @param endTs when it was last seen
/// @param details what the details script made of it; `null` literal when there is none
public record Alarm(
    UUID id,
    long createdTime,
    EntityId tenantId,
    @Nullable EntityId customerId,
    EntityId originator,
    String type,
    AlarmSeverity severity,
    boolean acknowledged,
    boolean cleared,
    @Nullable EntityId assigneeId,
    long startTs,
    long endTs,
    long ackTs,
    long clearTs,
    long assignTs,
    JsonValue details,
    Propagation propagation) {

  public AlarmStatus status() {
    return AlarmStatus.of(cleared, acknowledged);
  }

  /// ThingsBoard's JSON of an alarm, as REST answers and rule messages carry it.
  public JsonObject toJson() {
    return AlarmJson.of(this);
  }

  Alarm updated(AlarmRequest request, long now) {
    return new Alarm(
        id,
        createdTime,
        tenantId,
        customerId,
        originator,
        type,
        request.severity(),
        acknowledged,
        cleared,
        assigneeId,
        startTs,
        Math.max(request.endTs(now), endTs),
        ackTs,
        clearTs,
        assignTs,
        request.details(),
        request.propagation());
  }

  Alarm acknowledged(long now) {
    return new Alarm(
        id,
        createdTime,
        tenantId,
        customerId,
        originator,
        type,
        severity,
        true,
        cleared,
        assigneeId,
        startTs,
        endTs,
        now,
        clearTs,
        assignTs,
        details,
        propagation);
  }

  Alarm cleared(JsonValue newDetails, long now) {
    return new Alarm(
        id,
        createdTime,
        tenantId,
        customerId,
        originator,
        type,
        severity,
        acknowledged,
        true,
        assigneeId,
        startTs,
        endTs,
        ackTs,
        now,
        assignTs,
        newDetails,
        propagation);
  }

  Alarm assigned(@Nullable EntityId assignee, long now) {
    return new Alarm(
        id,
        createdTime,
        tenantId,
        customerId,
        originator,
        type,
        severity,
        acknowledged,
        cleared,
        assignee,
        startTs,
        endTs,
        ackTs,
        clearTs,
        now,
        details,
        propagation);
  }
}
