package io.millrace.wire.device;

import io.millrace.base.config.Settings;
import io.millrace.base.json.Json;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Ack;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Ids;
import io.millrace.base.runtime.SystemScheduler;
import io.millrace.engine.alarms.Alarms;
import io.millrace.engine.pipeline.Pipeline;
import io.millrace.engine.pipeline.RpcSteps;
import io.millrace.engine.rpc.RpcReply;
import io.millrace.engine.rpc.RpcRequest;
import io.millrace.engine.rpc.Rpcs;
import io.millrace.engine.rules.ChainDefinition;
import io.millrace.engine.rules.NodeServices;
import io.millrace.engine.rules.NodeStates;
import io.millrace.engine.rules.Routes;
import io.millrace.engine.rules.RuleChainJson;
import io.millrace.engine.rules.RuleEngine;
import io.millrace.engine.rules.RuleMessage;
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
import java.util.concurrent.CompletableFuture;

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
                           "updateAttributesOnlyOnValueChange": true}},
        {"type": "org.thingsboard.rule.engine.rpc.TbSendRPCRequestNode", "name": "command",
         "configuration": {"timeoutInSeconds": 5}},
        {"type": "org.thingsboard.rule.engine.filter.TbJsFilterNode", "name": "is it a sum",
         "configuration": {"scriptLang": "JS", "jsScript": "return msg.method === 'add';"}},
        {"type": "org.thingsboard.rule.engine.transform.TbTransformMsgNode", "name": "add",
         "configuration": {"scriptLang": "JS", "jsScript":
           "return {msg: {sum: msg.params.a + msg.params.b}, metadata: metadata, msgType: msgType};"}},
        {"type": "org.thingsboard.rule.engine.rpc.TbSendRPCReplyNode", "name": "reply",
         "configuration": {"requestIdMetaDataAttribute": "requestId"}},
        {"type": "org.thingsboard.rule.engine.transform.TbTransformMsgNode", "name": "as telemetry",
         "configuration": {"scriptLang": "JS", "jsScript":
           "return {msg: msg, metadata: metadata, msgType: 'POST_TELEMETRY_REQUEST'};"}}],
       "connections": [
        {"fromIndex": 0, "toIndex": 1, "type": "Post telemetry"},
        {"fromIndex": 0, "toIndex": 2, "type": "Post attributes"},
        {"fromIndex": 0, "toIndex": 3, "type": "RPC Request to Device"},
        {"fromIndex": 3, "toIndex": 7, "type": "Success"},
        {"fromIndex": 7, "toIndex": 1, "type": "Success"},
        {"fromIndex": 0, "toIndex": 4, "type": "RPC Request from Device"},
        {"fromIndex": 4, "toIndex": 5, "type": "True"},
        {"fromIndex": 5, "toIndex": 6, "type": "Success"}]}
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
  final Rpcs rpcs;
  final Questions questions = new Questions(clock, ids);
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
    rpcs =
        Rpcs.open(Settings.defaults(io.millrace.engine.rpc.Config.class), store, clock, scheduler);
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
                scripts, timeseries, attributes, alarms, entities, new NodeStates(store), rpcs),
            Routes.ROOT,
            clock);
    var chain = new UUID(3, 3);
    var metadata = RuleChainJson.withIds((JsonObject) Json.parse(CHAIN), chain, ids::next);
    rules.deploy(List.of(new ChainDefinition(chain, tenant.id(), "Root", true, metadata)));
    pipeline = Pipeline.open(pipelineConfig, store, rules, clock, scheduler, counters, ids);
    RpcSteps.join(rpcs, pipeline, clock, ids);
    pipeline.start();
  }

  /// A command as REST sends it, past the rule chains.
  CompletableFuture<RpcReply> command(Device device, boolean oneway) {
    return rpcs.call(request(device, oneway, false));
  }

  UUID keepCommand(Device device) {
    var request = request(device, false, true);
    return pipeline
        .ingest()
        .execute(
            device.id(),
            batch -> {
              rpcs.keep(batch.commit(), request);
              return request.id();
            })
        .join();
  }

  /// The same through the rule chain, which saves the answer as telemetry.
  void commandByChain(Device device) {
    pipeline
        .ingest()
        .message(
            tenant.id(),
            new RuleMessage(
                ids.next(),
                clock.millis(),
                "RPC_CALL_FROM_SERVER_TO_DEVICE",
                device.id(),
                JsonObject.EMPTY,
                Json.parse("{\"method\":\"setGpio\",\"params\":{\"pin\":1}}")),
            Ack.NONE);
  }

  private RpcRequest request(Device device, boolean oneway, boolean persistent) {
    return new RpcRequest(
        ids.next(),
        tenant.id(),
        device.id(),
        "setGpio",
        Json.parse("{\"pin\":1}"),
        oneway,
        persistent,
        rpcs.expires(persistent),
        0,
        JsonNull.NULL);
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
