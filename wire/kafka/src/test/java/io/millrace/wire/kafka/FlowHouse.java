package io.millrace.wire.kafka;

import static org.awaitility.Awaitility.await;

import io.millrace.base.config.Settings;
import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.model.Point;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Ids;
import io.millrace.base.runtime.SystemScheduler;
import io.millrace.engine.alarms.Alarms;
import io.millrace.engine.pipeline.Pipeline;
import io.millrace.engine.rpc.Rpcs;
import io.millrace.engine.rules.DefaultChains;
import io.millrace.engine.rules.NodeServices;
import io.millrace.engine.rules.NodeStates;
import io.millrace.engine.rules.RuleChainJson;
import io.millrace.engine.rules.RuleEngine;
import io.millrace.engine.rules.StoredChains;
import io.millrace.engine.rules.nodes.StandardNodes;
import io.millrace.engine.scripts.Scripts;
import io.millrace.store.attributes.AttributeStore;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.DeviceProfile;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.PageLink;
import io.millrace.store.entities.StoredRuleChain;
import io.millrace.store.entities.Tenant;
import io.millrace.store.timeseries.RangeQuery;
import io.millrace.store.timeseries.TimeseriesStore;
import io.millrace.wire.schemas.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// Stores and engine with the default chain, one tenant, and a connection to a Kafka elsewhere.
final class FlowHouse implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(60);

  final Counters counters = new Counters();
  final CommitStore store;
  final EntityStore entities;
  final TimeseriesStore timeseries;
  final AttributeStore attributes;
  final Alarms alarms;
  final RuleEngine rules;
  final Pipeline pipeline;
  final KafkaConnection kafka;
  final EntityId tenant;
  final SystemScheduler scheduler;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final SplittableRandom random = new SplittableRandom();

  FlowHouse(Path directory, String servers) {
    this(directory, servers, List.of());
  }

  FlowHouse(Path directory, String servers, List<String> flags) {
    var clock = Clock.SYSTEM;
    var ids = new Ids(clock, random);
    scheduler = opened(new SystemScheduler());
    store = opened(CommitStore.open(directory, 8L << 20));
    entities =
        opened(
            EntityStore.open(io.millrace.store.entities.Config.embedded(), directory, clock, ids));
    timeseries = TimeseriesStore.open(store);
    attributes = AttributeStore.open(store);
    alarms = Alarms.open(store, Settings.defaults(io.millrace.engine.alarms.Config.class));
    var scripts =
        opened(
            new Scripts(Settings.defaults(io.millrace.engine.scripts.Config.class), clock, random));
    var chains = new StoredChains(entities);
    var services =
        new NodeServices(
            scripts,
            timeseries,
            attributes,
            alarms,
            entities,
            new NodeStates(store),
            Rpcs.open(
                Settings.defaults(io.millrace.engine.rpc.Config.class), store, clock, scheduler));
    rules =
        new RuleEngine(
            Settings.defaults(io.millrace.engine.rules.Config.class),
            StandardNodes.types(),
            services,
            chains,
            clock);
    chains.feed(rules);
    pipeline =
        opened(
            Pipeline.open(
                Settings.of()
                    .addFlags(flags)
                    .bind("pipeline", io.millrace.engine.pipeline.Config.class),
                store,
                rules,
                clock,
                scheduler,
                counters,
                ids));
    tenant = tenant();
    var settings =
        Settings.of()
            .addFlags(
                List.of("--kafka.bootstrap.servers=" + servers, "--kafka.checkInterval=500ms"));
    kafka =
        opened(
            KafkaConnection.open(
                settings.bind("kafka", Config.class), directory, "127.0.0.1", clock, counters));
    kafka.start();
  }

  /// The tenant, made at the first start in this directory.
  private EntityId tenant() {
    var there = entities.tenants().page(PageLink.first(1)).data();
    if (!there.isEmpty()) {
      return there.getFirst().id();
    }
    var made =
        entities.tenants().save(Tenant.named(entities.newId(EntityType.TENANT), "Fleet")).id();
    var profile = entities.newId(EntityType.DEVICE_PROFILE);
    entities.deviceProfiles().save(DeviceProfile.named(profile, made, "default"));
    entities.deviceProfiles().makeDefault(profile);
    var root = DefaultChains.root();
    chain("Root Rule Chain", made, root.metadata());
    return made;
  }

  private void chain(String name, EntityId owner, JsonObject metadata) {
    var id = entities.newId(EntityType.RULE_CHAIN);
    var withIds =
        RuleChainJson.withIds(metadata, id.id(), () -> entities.newId(EntityType.RULE_NODE).id());
    entities.ruleChains().save(StoredRuleChain.named(id, owner, name, withIds));
    entities.ruleChains().makeRoot(id);
  }

  /// Makes `metadata` the tenant's root chain.
  void rootChain(String metadata) {
    chain("Test chain " + UUID.randomUUID(), tenant, (JsonObject) Json.parse(metadata));
  }

  SourceParts sourceParts(String... flags) {
    return new SourceParts(
        Settings.of().addFlags(List.of(flags)).bind("kafka", FlowConfig.class),
        kafka,
        store,
        entities,
        pipeline.ingest(),
        new SchemaRegistry(Settings.defaults(FlowConfig.class).registry()),
        () -> UUID.randomUUID().toString().substring(16),
        Clock.SYSTEM,
        counters);
  }

  /// A running source; the same id goes on where the last one of it stopped.
  RecordSource source(UUID id, String json) {
    var source =
        new RecordSource(
            sourceParts("--kafka.source.topicInterval=200ms", "--kafka.source.retryDelay=50ms"),
            id,
            tenant,
            mapping(json));
    opened(source).start();
    return source;
  }

  static SourceMapping mapping(String json) {
    return io.millrace.engine.rules.SettingsBinder.bind(
        SourceMapping.class, (JsonObject) Json.parse(json));
  }

  void send(String topic, @Nullable String key, String value) {
    send(new ProducerRecord<>(topic, bytes(key), bytes(value)));
  }

  void send(ProducerRecord<byte[], byte[]> record) {
    try {
      kafka.awaitUp(SOON);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    var _ = kafka.producer().send(record, (_, failure) -> again(record, failure));
  }

  /// Kafka may refuse what comes while it makes the topic.
  private void again(ProducerRecord<byte[], byte[]> record, @Nullable Exception failure) {
    if (failure != null) {
      var _ = scheduler.after(Duration.ofMillis(500), () -> send(record));
    }
  }

  static byte @Nullable [] bytes(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  Device device(String name) {
    return entities.devices().findByName(tenant, name).orElseThrow();
  }

  Device awaitDevice(String name) {
    await().atMost(SOON).until(() -> entities.devices().findByName(tenant, name).isPresent());
    return device(name);
  }

  /// The latest value of a key as JSON text, or "" when there is none.
  String latest(String device, String key) {
    return entities.devices().findByName(tenant, device).stream()
        .flatMap(found -> timeseries.latest(found.id(), List.of(key)).stream())
        .map(point -> point.value().toString())
        .findFirst()
        .orElse("");
  }

  void awaitLatest(String device, String key, String value) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> org.assertj.core.api.Assertions.assertThat(latest(device, key)).isEqualTo(value));
  }

  /// Every stored value of a key, oldest first.
  List<JsonValue> history(String device, String key) {
    var query = RangeQuery.oldest(key, 0, Long.MAX_VALUE - 1, 10_000_000);
    return timeseries.read(device(device).id(), query).stream().map(Point::value).toList();
  }

  <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
