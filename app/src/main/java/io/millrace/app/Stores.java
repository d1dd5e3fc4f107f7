package io.millrace.app;

import io.millrace.store.attributes.AttributeStore;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.realtime.RealtimeStore;
import io.millrace.store.timeseries.TimeseriesStore;

/// The floor `store`: what is kept.
record Stores(
    CommitStore commits,
    EntityStore entities,
    TimeseriesStore timeseries,
    AttributeStore attributes,
    RealtimeStore realtime) {

  static Stores open(MillraceConfig config, World world, OpenParts parts) {
    var directory = config.data().dir();
    var commits = parts.add(CommitStore.open(directory, config.data().cacheBytes()));
    return new Stores(
        commits,
        parts.add(EntityStore.open(config.entities(), directory, world.clock(), world.ids())),
        TimeseriesStore.open(commits),
        AttributeStore.open(commits),
        parts.add(
            RealtimeStore.open(commits, config.realtimeStore(), world.clock(), world.random())));
  }
}
