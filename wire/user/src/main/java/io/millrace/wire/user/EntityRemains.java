package io.millrace.wire.user;

import io.millrace.base.model.EntityId;
import io.millrace.engine.alarms.AlarmQuery;
import io.millrace.engine.alarms.Alarms;
import io.millrace.store.attributes.AttributeStore;
import io.millrace.store.timeseries.TimeseriesStore;

/// What a deleted entity leaves in the stores, deleted in one commit.
final class EntityRemains {
  private static final int ALARMS_AT_ONCE = 1_000;

  private final EngineWrites engine;
  private final TimeseriesStore timeseries;
  private final AttributeStore attributes;
  private final Alarms alarms;

  EntityRemains(
      EngineWrites engine, TimeseriesStore timeseries, AttributeStore attributes, Alarms alarms) {
    this.engine = engine;
    this.timeseries = timeseries;
    this.attributes = attributes;
    this.alarms = alarms;
  }

  void delete(EntityId entity) throws Exception {
    boolean more = true;
    while (more) {
      var page = alarms.ofOriginator(entity, AlarmQuery.newest(ALARMS_AT_ONCE));
      more = page.hasNext();
      engine.on(
          entity,
          batch -> {
            page.data().forEach(alarm -> alarms.delete(batch.commit(), alarm.id()));
            timeseries.deleteAll(batch.commit(), entity);
            attributes.deleteAll(batch.commit(), entity);
            return true;
          });
    }
  }
}
