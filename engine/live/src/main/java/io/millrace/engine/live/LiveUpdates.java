package io.millrace.engine.live;

import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.Point;
import io.millrace.base.runtime.Counters;
import io.millrace.engine.alarms.AlarmChange;
import io.millrace.engine.alarms.Alarms;
import io.millrace.store.attributes.AttributeStore;
import io.millrace.store.timeseries.TimeseriesStore;
import java.util.Set;

/// Who watches which entity. Any thread.
///
/// `news` of a watch runs on the thread that changed the value, must not block, and is not called
/// again before [Watch#take]: it says "there is something", the watcher takes it when it can.
public final class LiveUpdates {
  public LiveUpdates(
      Config config,
      TimeseriesStore timeseries,
      AttributeStore attributes,
      Alarms alarms,
      Counters counters) {}

  /// Watches points of those keys; an empty set means all keys.
  public Watch<Point> telemetry(EntityId entity, Set<String> keys, Runnable news) {
    throw soon();
  }

  /// Watches attributes of those scopes and keys; an empty set of keys means all. A deleted
  /// attribute comes with the value `JsonNull`.
  public Watch<Attribute> attributes(
      EntityId entity, Set<AttributeScope> scopes, Set<String> keys, Runnable news) {
    throw soon();
  }

  /// Watches the alarms of one originator.
  public Watch<AlarmChange> alarms(EntityId originator, Runnable news) {
    throw soon();
  }

  /// Watches the alarms of all originators of a tenant.
  public Watch<AlarmChange> alarmsOfTenant(EntityId tenantId, Runnable news) {
    throw soon();
  }

  private static IllegalStateException soon() {
    return new IllegalStateException("engine/live is being built");
  }
}
