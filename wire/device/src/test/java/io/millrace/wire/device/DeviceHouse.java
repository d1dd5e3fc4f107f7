package io.millrace.wire.device;

import io.millrace.base.config.Settings;
import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Ids;
import io.millrace.base.runtime.SystemScheduler;
import io.millrace.engine.alarms.Alarms;
import io.millrace.engine.pipeline.Pipeline;
import io.millrace.engine.rules.ChainDefinition;
import io.millrace.engine.rules.NodeServices;
import io.millrace.engine.rules.NodeStates;
import io.millrace.engine.rules.Routes;
import io.millrace.engine.rules.RuleChainJson;
import io.millrace.engine.rules.RuleEngine;
import io.millrace.engine.rules.nodes.StandardNodes;
import io.millrace.engine.scripts.Scripts;
import io.millrace.store.attributes.AttributeStore;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.DeviceCredentials;
import io.millrace.store.entities.DeviceProfile;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.Tenant;
import io.millrace.store.timeseries.TimeseriesStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/// All that lies below the device API, real, with one tenant and a chain that saves.
final class DeviceHouse implements AutoCloseable {
  private static final String CHAIN =
      """
      {"firstNodeIndex": 0,
       "nodes": [
        {"type": "org.thingsboard.rule.engine.filter.TbMsgTypeSwitchNode", "name": "switch",
         "configuration": {"version": 0}},
        {"type": "org.thingsboard.rule.engine.telemetry.TbMsgTimeseriesNode", "name": "telemetry",
         "configurationVersion": 1,
         "configuration": {"defaultTTL": 0, "useServerTs": false,
                           "processingSettings": {"type": "ON_EVERY_MESSAGE"}}},
        {"type": "org.thingsboard.rule.engine.telemetry.TbMsgAttributesNode",
         "name": "attributes", "configurationVersion": 3,
         "configuration": {"processingSettings": {"type": "ON_EVERY_MESSAGE"},
                           "scope": "CLIENT_SCOPE", "notifyDevice": false,
                           "sendAttributesUpdatedNotification": false,
                           "updateAttributesOnlyOnValueChange": true}}],
       "connections": [
        {"fromIndex": 0, "toIndex": 1, "type": "Post telemetry"},
        {"fromIndex": 0, "toIndex": 2, "type": "Post attributes"}]}
      """;

  final Clock clock = Clock.SYSTEM;
  final Counters counters = new Counters();
  final Ids ids = new Ids(clock, new Random(5));
  final SystemScheduler scheduler = new SystemScheduler();
  final CommitStore store;
  final TimeseriesStore timeseries;
  final AttributeStore attributes;
  final EntityStore entities;
  final Scripts scripts;
  final Pipeline pipeline;
  final Tenant tenant;
  final DeviceProfile profile;
  final Config config = Settings.defaults(Config.class);

  DeviceHouse(Path directory) {
    this(directory, Settings.defaults(io.millrace.engine.pipeline.Config.class));
  }

  DeviceHouse(Path directory, io.millrace.engine.pipeline.Config pipelineConfig) {
    store = CommitStore.open(directory, 16 << 20);
    timeseries = TimeseriesStore.open(store);
    attributes = AttributeStore.open(store);
    entities =
        EntityStore.open(io.millrace.store.entities.Config.embedded(), directory, clock, ids);
    scripts = new Scripts(io.millrace.engine.scripts.Config.standard(), clock, new Random(6));
    var alarms = Alarms.open(store, Settings.defaults(io.millrace.engine.alarms.Config.class));
    tenant = entities.tenants().save(Tenant.named(entities.newId(EntityType.TENANT), "T"));
    profile =
        entities
            .deviceProfiles()
            .save(
                DeviceProfile.named(
                    entities.newId(EntityType.DEVICE_PROFILE), tenant.id(), "default"));
    var rules =
        new RuleEngine(
            Settings.defaults(io.millrace.engine.rules.Config.class),
            StandardNodes.types(),
            new NodeServices(
                scripts, timeseries, attributes, alarms, entities, new NodeStates(store)),
            Routes.ROOT,
            clock);
    var chain = new UUID(3, 3);
    var metadata = RuleChainJson.withIds((JsonObject) Json.parse(CHAIN), chain, ids::next);
    rules.deploy(List.of(new ChainDefinition(chain, tenant.id(), "Root", true, metadata)));
    pipeline = Pipeline.open(pipelineConfig, store, rules, clock, scheduler, counters, ids);
    pipeline.start();
  }

  /// A new device with that access token.
  Device device(String name, String token, boolean gateway) {
    var device = Device.named(entities.newId(EntityType.DEVICE), name, profile);
    if (gateway) {
      device =
          new Device(
              device.id(),
              0,
              device.tenantId(),
              null,
              name,
              device.type(),
              "",
              device.deviceProfileId(),
              device.deviceData(),
              JsonObject.builder().put("gateway", true).build(),
              0);
    }
    return entities.devices().create(device, token(device, token));
  }

  DeviceCredentials token(Device device, String token) {
    return DeviceCredentials.token(entities.newId(EntityType.DEVICE_CREDENTIALS), device, token);
  }

  /// `key=value` of the latest telemetry.
  List<String> latest(EntityId device) {
    return timeseries.latest(device).stream()
        .map(point -> point.key() + "=" + point.value())
        .toList();
  }

  @Override
  public void close() {
    pipeline.close();
    scheduler.close();
    scripts.close();
    entities.close();
    store.close();
  }
}
