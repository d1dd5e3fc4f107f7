package io.millrace.wire.user;

import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.Point;
import io.millrace.engine.alarms.Alarm;
import io.millrace.engine.alarms.Propagation;
import io.millrace.engine.rules.conditions.AlarmDefinition;
import io.millrace.engine.rules.conditions.AlarmWatch;
import io.millrace.engine.rules.conditions.AlarmWatch.Decision;
import io.millrace.engine.rules.conditions.ConditionKey;
import io.millrace.engine.rules.conditions.Facts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Lets a device's past values pass an alarm rule, and notes when it would have been active.
///
/// Attributes, which keep no past, stand as they are now. For one request; raises nothing.
final class AlarmRehearsal {
  /// One time that the alarm would have been active; `until` is 0 when it still was at the end.
  record Firing(long from, long until, String severity, JsonObject values) {
    JsonObject toJson() {
      return JsonObject.builder()
          .put("startTs", from)
          .put("endTs", until)
          .put("severity", severity)
          .put("values", values)
          .build();
    }
  }

  private final AlarmDefinition alarm;
  private final EntityId tenant;
  private final EntityId device;
  private final Facts attributes;
  private final Map<String, JsonValue> values = new HashMap<>();
  private final List<Firing> firings = new ArrayList<>();
  private Optional<Alarm> active = Optional.empty();
  private @Nullable JsonValue progress;
  private long wakeAt;

  /// @param attributes answers for what is no time series
  AlarmRehearsal(AlarmDefinition alarm, EntityId tenant, EntityId device, Facts attributes) {
    this.alarm = alarm;
    this.tenant = tenant;
    this.device = device;
    this.attributes = attributes;
  }

  /// Lets the points pass, those of one time together.
  List<Firing> run(SortedMap<Long, List<Point>> points, long until) {
    points.forEach(
        (ts, together) -> {
          wakeUntil(ts);
          together.forEach(point -> values.put(point.key(), point.value()));
          var watch = watch(ts);
          decided(watch, watch.look(active, ts), ts);
        });
    wakeUntil(until);
    return List.copyOf(firings);
  }

  /// Timers that would have gone off meanwhile.
  private void wakeUntil(long ts) {
    while (wakeAt > 0 && wakeAt < ts) {
      long now = wakeAt;
      wakeAt = 0;
      var watch = watch(now);
      decided(watch, watch.look(active), now);
    }
  }

  private AlarmWatch watch(long now) {
    return new AlarmWatch(
        alarm,
        new Facts() {
          @Override
          public @Nullable JsonValue value(ConditionKey key) {
            return key.kind() == ConditionKey.Kind.TIME_SERIES
                ? values.get(key.name())
                : attributes.value(key);
          }

          @Override
          public @Nullable JsonValue attribute(Owner owner, String name) {
            return attributes.attribute(owner, name);
          }
        },
        now,
        progress);
  }

  private void decided(AlarmWatch watch, Decision decision, long now) {
    switch (decision) {
      case Decision.Nothing _ -> {}
      case Decision.Raise raise -> {
        if (active.isEmpty()) {
          firings.add(new Firing(now, 0, raise.severity().name(), watch.values()));
          active = Optional.of(raised(raise, now));
        } else if (raise.severity() != active.get().severity()) {
          var last = firings.removeLast();
          firings.add(new Firing(last.from(), 0, raise.severity().name(), last.values()));
          active = Optional.of(raised(raise, active.get().createdTime()));
        }
      }
      case Decision.Clear _ -> {
        active = Optional.empty();
        var last = firings.removeLast();
        firings.add(new Firing(last.from(), now, last.severity(), last.values()));
      }
    }
    long wake = watch.wakeAt(active);
    wakeAt = wake > 0 ? wake : wakeAt;
    watch.remembered().ifPresent(kept -> progress = kept);
  }

  private Alarm raised(Decision.Raise raise, long now) {
    return new Alarm(
        new UUID(0, 0),
        now,
        tenant,
        null,
        device,
        alarm.type(),
        raise.severity(),
        false,
        false,
        null,
        now,
        now,
        0,
        0,
        0,
        JsonNull.NULL,
        new Propagation(false, false, false, List.of()));
  }
}
