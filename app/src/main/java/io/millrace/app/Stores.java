package io.millrace.app;

import io.millrace.store.attributes.AttributeStore;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.messages.MessageLog;
import io.millrace.store.realtime.RealtimeStore;
import io.millrace.store.timeseries.TimeseriesStore;

/// The floor `store`: what is kept.
record Stores(
    CommitStore commits,
    EntityStore entities,
    TimeseriesStore timeseries,
    AttributeStore attributes,
    MessageLog messages,
    RealtimeStore realtime,
    StorageKeeper keeper,
    OnlineBackup backups) {

  static Stores open(MillraceConfig config, World world, OpenParts parts) {
    var directory = config.data().dir();
    var commits = parts.add(CommitStore.open(directory, config.data().cacheBytes()));
    var entities =
        parts.add(EntityStore.open(config.entities(), directory, world.clock(), world.ids()));
    Snapshot.deleteAll(directory);
    ControlSocket.open(
            directory,
            () -> Snapshot.make(directory.toAbsolutePath(), "control", commits, entities))
        .ifPresent(parts::add);
    var timeseries = TimeseriesStore.open(commits);
    var retention =
        timeseries.retention(
            new ProfileRetention(entities, config.storage().ttl()),
            config.storage().budget(),
            world.clock());
    return new Stores(
        commits,
        entities,
        timeseries,
        AttributeStore.open(commits),
        parts.add(
            MessageLog.open(
                commits, config.messages(), world.clock(), world.scheduler(), world.counters())),
        parts.add(
            RealtimeStore.open(commits, config.realtimeStore(), world.clock(), world.random())),
        parts.add(
            new StorageKeeper(retention, world.scheduler(), config.storage().checkInterval())),
        parts.add(new OnlineBackup(config, world.clock(), commits, entities)));
  }
}
