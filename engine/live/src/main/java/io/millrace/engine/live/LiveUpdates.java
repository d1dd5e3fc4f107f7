package io.millrace.engine.live;

import io.millrace.base.json.JsonNull;
import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.Point;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.engine.alarms.AlarmChange;
import io.millrace.engine.alarms.Alarms;
import io.millrace.store.attributes.AttributeListener;
import io.millrace.store.attributes.AttributeStore;
import io.millrace.store.timeseries.TimeseriesStore;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// Who watches which entity. Any thread.
///
/// `news` of a watch runs on the thread that changed the value, must not block, and is not called
/// again before [Watch#take]: it says "there is something", the watcher takes it when it can.
public final class LiveUpdates {
  private final Config config;
  private final Clock clock;
  private final Watches<Point> telemetry;
  private final Watches<Scoped> attributes;
  private final Watches<AlarmChange> alarms;

  /// An attribute with what its key alone does not say.
  private record Scoped(AttributeScope scope, Attribute attribute) {}

  public LiveUpdates(
      Config config,
      TimeseriesStore timeseries,
      AttributeStore attributes,
      Alarms alarms,
      Clock clock,
      Counters counters) {
    this.config = config;
    this.clock = clock;
    var collapsed = counters.count("live.collapsed");
    this.telemetry = new Watches<>(Point::key, collapsed);
    this.attributes =
        new Watches<>(change -> change.scope + " " + change.attribute.key(), collapsed);
    this.alarms = new Watches<>(change -> change.alarm().id(), collapsed);
    timeseries.onChange(this.telemetry::tell);
    attributes.onChange(new AttributeNews());
    alarms.onChange(this::alarmChanged);
    counters.gauge(
        "live.watches",
        () -> this.telemetry.count() + this.attributes.count() + this.alarms.count());
  }

  /// Watches points of those keys; an empty set means all keys.
  public Watch<Point> telemetry(EntityId entity, Set<String> keys, Runnable news) {
    return telemetry.add(
        entity, config, point -> keys.isEmpty() || keys.contains(point.key()), news, p -> p);
  }

  /// Watches attributes of those scopes and keys; an empty set of keys means all. A deleted
  /// attribute comes with the value `JsonNull`.
  public Watch<Attribute> attributes(
      EntityId entity, Set<AttributeScope> scopes, Set<String> keys, Runnable news) {
    return attributes.add(
        entity,
        config,
        change ->
            scopes.contains(change.scope)
                && (keys.isEmpty() || keys.contains(change.attribute.key())),
        news,
        Scoped::attribute);
  }

  /// Watches the alarms of one originator.
  public Watch<AlarmChange> alarms(EntityId originator, Runnable news) {
    return alarms.add(originator, config, _ -> true, news, change -> change);
  }

  /// Watches the alarms of all originators of a tenant.
  public Watch<AlarmChange> alarmsOfTenant(EntityId tenantId, Runnable news) {
    return alarms.add(tenantId, config, _ -> true, news, change -> change);
  }

  private void alarmChanged(AlarmChange change) {
    var told = List.of(change);
    alarms.tell(change.alarm().originator(), told);
    if (!change.alarm().originator().equals(change.alarm().tenantId())) {
      alarms.tell(change.alarm().tenantId(), told);
    }
  }

  private final class AttributeNews implements AttributeListener {
    @Override
    public void saved(EntityId entity, AttributeScope scope, List<Attribute> changed) {
      if (attributes.isWatched(entity)) {
        attributes.tell(entity, changed.stream().map(one -> new Scoped(scope, one)).toList());
      }
    }

    @Override
    public void deleted(EntityId entity, AttributeScope scope, Collection<String> keys) {
      long now = clock.millis();
      saved(
          entity, scope, keys.stream().map(key -> new Attribute(key, JsonNull.NULL, now)).toList());
    }
  }
}
