package io.millrace.engine.fields;

import io.millrace.base.config.Settings;
import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Ids;
import io.millrace.engine.alarms.Alarms;
import io.millrace.engine.rpc.Rpcs;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.BatchContext;
import io.millrace.engine.rules.CallFrame;
import io.millrace.engine.rules.ChainDefinition;
import io.millrace.engine.rules.NodeServices;
import io.millrace.engine.rules.NodeStates;
import io.millrace.engine.rules.OutsideCall;
import io.millrace.engine.rules.RuleChainJson;
import io.millrace.engine.rules.RuleEngine;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.StoredChains;
import io.millrace.engine.rules.nodes.StandardNodes;
import io.millrace.engine.scripts.Scripts;
import io.millrace.store.attributes.AttributeStore;
import io.millrace.store.commit.Commit;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.entities.Asset;
import io.millrace.store.entities.AssetProfile;
import io.millrace.store.entities.CalculatedField;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.DeviceCredentials;
import io.millrace.store.entities.DeviceProfile;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.Relation;
import io.millrace.store.entities.Tenant;
import io.millrace.store.timeseries.RangeQuery;
import io.millrace.store.timeseries.TimeseriesStore;
import io.millrace.testkit.SimulatedTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;

/// A rule engine that saves what comes, with calculated fields, on real stores; time is the test's.
final class FieldBed implements AutoCloseable {
  private static final String SAVE =
      "{\"type\":\"org.thingsboard.rule.engine.%s\",\"name\":\"%s\",\"configurationVersion\":%d,\"configuration\":%s}";
  static final String CHAIN =
      "{\"firstNodeIndex\":0,\"nodes\":[%s,%s,%s],\"connections\":[{\"fromIndex\":0,\"toIndex\":1,\"type\":\"Post"
          + " telemetry\"},{\"fromIndex\":0,\"toIndex\":2,\"type\":\"Post attributes\"}]}";

  final SimulatedTime time = new SimulatedTime();
  final CommitStore store;
  final TimeseriesStore timeseries;
  final AttributeStore attributes;
  final EntityStore entities;
  final FieldIndex fields;
  final RuleEngine engine;
  final Scripts scripts;
  final EntityId tenant;
  final Device device;
  final Device other;
  final Asset asset;
  final List<OutsideCall> calls = new ArrayList<>();
  private final List<Hop> hops = new ArrayList<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timer::atMs));
  private final Ids ids;

  private record Hop(CallFrame frame, RuleMessage message) {}

  private record Timer(long atMs, CallFrame frame, RuleMessage message) {}

  FieldBed(Path directory) {
    this(directory, 7);
  }

  FieldBed(Path directory, int run) {
    ids = new Ids(time, new Random(run));
    store = CommitStore.open(directory.resolve("store"), 8 << 20);
    timeseries = TimeseriesStore.open(store);
    attributes = AttributeStore.open(store);
    entities =
        EntityStore.open(
            Settings.defaults(io.millrace.store.entities.Config.class), directory, time, ids);
    scripts =
        new Scripts(
            Settings.defaults(io.millrace.engine.scripts.Config.class), time, new Random(7));
    var services =
        new NodeServices(
            scripts,
            timeseries,
            attributes,
            Alarms.open(store, Settings.defaults(io.millrace.engine.alarms.Config.class)),
            entities,
            new NodeStates(store),
            Rpcs.open(Settings.defaults(io.millrace.engine.rpc.Config.class), store, time, time));
    engine =
        new RuleEngine(
            Settings.defaults(io.millrace.engine.rules.Config.class),
            StandardNodes.types(),
            services,
            new StoredChains(entities),
            time);
    var tenants = entities.tenants().all();
    tenant = tenants.isEmpty() ? newTenant() : tenants.getFirst().id();
    fields = FieldIndex.open(Settings.defaults(Config.class), entities, scripts);
    engine.watch(each -> new FieldWatch(fields, each));
    device = device("Boiler");
    other = device("Meter");
    asset = asset("House");
    chain(
        CHAIN.formatted(
            SAVE.formatted("filter.TbMsgTypeSwitchNode", "Switch", 0, "{}"),
            SAVE.formatted("telemetry.TbMsgTimeseriesNode", "Save", 1, "{\"defaultTTL\":0}"),
            SAVE.formatted(
                "telemetry.TbMsgAttributesNode", "Attributes", 3, "{\"scope\":\"SERVER_SCOPE\"}")));
  }

  static String node(String type, String name) {
    return SAVE.formatted(type, name, 0, "{}");
  }

  void chain(String metadata) {
    var id = new UUID(3, 3);
    engine.deploy(
        List.of(
            new ChainDefinition(
                id, tenant, "Root", true, RuleChainJson.withIds(json(metadata), id, ids::next))));
  }

  private EntityId newTenant() {
    return entities.tenants().save(Tenant.named(entities.newId(EntityType.TENANT), "T")).id();
  }

  private DeviceProfile profile() {
    return entities
        .deviceProfiles()
        .findByName(tenant, "default")
        .orElseGet(
            () ->
                entities
                    .deviceProfiles()
                    .save(
                        DeviceProfile.named(
                            entities.newId(EntityType.DEVICE_PROFILE), tenant, "default")));
  }

  Device device(String name) {
    return entities
        .devices()
        .findByName(tenant, name)
        .orElseGet(
            () -> {
              var made = Device.named(entities.newId(EntityType.DEVICE), name, profile());
              var credentials =
                  DeviceCredentials.token(
                      entities.newId(EntityType.DEVICE_CREDENTIALS), made, "TOKEN " + name);
              return entities.devices().create(made, credentials);
            });
  }

  private Asset asset(String name) {
    return entities
        .assets()
        .findByName(tenant, name)
        .orElseGet(
            () -> {
              var profile =
                  entities
                      .assetProfiles()
                      .save(
                          AssetProfile.named(
                              entities.newId(EntityType.ASSET_PROFILE), tenant, "default"));
              return entities
                  .assets()
                  .save(Asset.named(entities.newId(EntityType.ASSET), name, profile));
            });
  }

  void relate(EntityId from, String type, EntityId to) {
    entities.relations().save(tenant, Relation.of(from, type, to));
  }

  /// Saves a field as the API does, and has it computed.
  CalculatedField field(EntityId owner, String type, String name, String configuration) {
    var row =
        new CalculatedField(
            entities.newId(EntityType.CALCULATED_FIELD),
            0,
            tenant,
            owner,
            type,
            name,
            JsonObject.of("configuration", json(configuration)),
            0);
    fields.check(row);
    var saved = entities.calculatedFields().save(row);
    fields.start(saved, ids::next, time.millis()).forEach(this::run);
    return saved;
  }

  /// Telemetry of the device in a batch of its own.
  void telemetry(EntityId entity, long ts, String values) {
    run(message("POST_TELEMETRY_REQUEST", entity, ts, values));
  }

  void attributes(EntityId entity, String values) {
    run(message("POST_ATTRIBUTES_REQUEST", entity, time.millis(), values));
  }

  RuleMessage message(String type, EntityId entity, long ts, String values) {
    return new RuleMessage(ids.next(), ts, type, entity, JsonObject.EMPTY, Json.parse(values));
  }

  /// Each message in a batch of its own, with what it sends to other entities after it.
  void run(RuleMessage message) {
    batch(batch -> engine.run(message, tenant, batch));
  }

  /// All messages in one batch.
  void runTogether(List<RuleMessage> messages) {
    batch(batch -> messages.forEach(message -> engine.run(message, tenant, batch)));
  }

  private interface Work {
    void into(BatchContext batch);
  }

  private void batch(Work work) {
    commit(work);
    for (int i = 0; !hops.isEmpty() && i < 1_000; i++) {
      var hop = hops.removeFirst();
      commit(
          batch ->
              engine.resume(hop.frame(), hop.message(), new Answer(true, JsonObject.EMPTY), batch));
    }
    if (!hops.isEmpty()) {
      throw new AssertionError("It never ends");
    }
  }

  private void commit(Work work) {
    try (var commit = store.begin()) {
      work.into(new Batch(commit));
      commit.write();
    }
  }

  void advance(Duration by) {
    long until = time.millis() + by.toMillis();
    while (!timers.isEmpty() && timers.peek().atMs() <= until) {
      var due = timers.remove();
      time.advance(Duration.ofMillis(Math.max(0, due.atMs() - time.millis())));
      batch(batch -> engine.wake(due.frame(), due.message(), batch));
    }
    time.advance(Duration.ofMillis(until - time.millis()));
  }

  int timers() {
    return timers.size();
  }

  /// `ts=value` of a key, oldest first.
  String points(EntityId entity, String key) {
    return timeseries.read(entity, RangeQuery.oldest(key, 0, Long.MAX_VALUE, 1_000)).stream()
        .map(point -> point.ts() + "=" + point.value())
        .collect(Collectors.joining(" "));
  }

  /// Values of a key, oldest first.
  String values(EntityId entity, String key) {
    return timeseries.read(entity, RangeQuery.oldest(key, 0, Long.MAX_VALUE, 1_000)).stream()
        .map(point -> point.value().toString())
        .collect(Collectors.joining(" "));
  }

  String attribute(EntityId entity, String key) {
    return attributes.read(entity, AttributeScope.SERVER_SCOPE, List.of(key)).stream()
        .map(each -> each.value().toString())
        .collect(Collectors.joining());
  }

  static JsonObject json(String text) {
    return (JsonObject) Json.parse(text);
  }

  @Override
  public void close() {
    scripts.close();
    entities.close();
    store.close();
  }

  private final class Batch implements BatchContext {
    private final Commit commit;

    Batch(Commit commit) {
      this.commit = commit;
    }

    @Override
    public Commit commit() {
      return commit;
    }

    @Override
    public long now() {
      return time.millis();
    }

    @Override
    public UUID newId() {
      return ids.next();
    }

    @Override
    public void callOutside(CallFrame frame, RuleMessage message, OutsideCall call) {
      if (call.kind().equals(OutsideCall.HOP)) {
        hops.add(new Hop(frame, message));
      } else {
        calls.add(call);
      }
    }

    @Override
    public void wakeLater(CallFrame frame, RuleMessage message, long atMs) {
      timers.add(new Timer(atMs, frame, message));
    }
  }
}
