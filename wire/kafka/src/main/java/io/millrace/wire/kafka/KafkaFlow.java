package io.millrace.wire.kafka;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.engine.access.Access;
import io.millrace.engine.alarms.Alarms;
import io.millrace.engine.pipeline.Pipeline;
import io.millrace.engine.rules.SettingsBinder;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.entities.EntityListener;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.timeseries.TimeseriesStore;
import io.millrace.wire.http.BlockingHandlers;
import io.millrace.wire.http.HttpListener;
import io.millrace.wire.mqtt.MqttServer;
import io.millrace.wire.mqtt.Tap;
import io.millrace.wire.schemas.SchemaRegistry;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/// What flows between Kafka and the engine: the tenants' sources, exports and bridges, and the
/// records of Kafka rule nodes.
///
/// Open it before the pipeline starts, [#start] it after, [#mount] it before the port opens.
public final class KafkaFlow implements AutoCloseable {
  private final EntityStore entities;
  private final KafkaDelivery delivery;
  private final FlowSet sources;
  private final FlowSet exports;
  private final Bridges bridgeMaker;
  private final FlowSet bridges;

  /// What it stands on.
  ///
  /// @param tokens makes access tokens for new devices, which nobody can guess
  public record Parts(
      KafkaConnection kafka,
      CommitStore store,
      EntityStore entities,
      TimeseriesStore timeseries,
      Alarms alarms,
      Pipeline pipeline,
      Supplier<String> tokens,
      Clock clock,
      Counters counters) {}

  private KafkaFlow(FlowConfig config, Parts parts) {
    entities = parts.entities;
    delivery = new KafkaDelivery(config, parts.kafka);
    parts.pipeline.deliveries(KafkaDelivery.KIND, delivery);
    var registry = new SchemaRegistry(config.registry());
    Supplier<UUID> ids = () -> parts.entities.newId(EntityType.DEVICE).id();
    sources =
        new FlowSet(
            "source",
            config.source().max(),
            new FlowRows(parts.store, 'S'),
            new Sources(sourceParts(config, parts, registry)),
            ids);
    var feed = new ExportFeed(parts.entities);
    parts.timeseries.onChange(feed);
    parts.alarms.onChange(feed);
    parts.pipeline.witness(feed);
    exports =
        new FlowSet(
            "export",
            config.export().max(),
            new FlowRows(parts.store, 'E'),
            new Exports(
                new Export.Parts(config.export(), parts.kafka, feed, registry, parts.counters),
                parts.store),
            ids);
    bridgeMaker = new Bridges(config.bridge(), parts.kafka, parts.counters);
    bridges =
        new FlowSet(
            "bridge", config.bridge().max(), new FlowRows(parts.store, 'B'), bridgeMaker, ids);
    parts.entities.onChange(new TenantWatch());
  }

  /// Nothing runs yet.
  public static KafkaFlow open(FlowConfig config, Parts parts) {
    return new KafkaFlow(config, parts);
  }

  /// Begins; each flow waits for Kafka by itself.
  public void start() {
    exports.start();
    sources.start();
  }

  /// Lets bridges see what clients publish; for the MQTT server, which is opened with it.
  public Tap tap(Tap next) {
    return bridgeMaker.tap(next);
  }

  /// Begins the bridges.
  ///
  /// @return ends them; before the server closes
  public AutoCloseable bridges(MqttServer mqtt) {
    bridgeMaker.publisher(mqtt::publish);
    bridges.start();
    return bridges;
  }

  /// Adds the routes under `/api/kafka`.
  ///
  /// @param tenants titles of the tenants that may; empty: all
  public void mount(
      HttpListener listener, Access access, List<String> tenants, BlockingHandlers blocking) {
    var api = new FlowApi(new KafkaCallers(access, entities, tenants), listener.router(), blocking);
    api.mount("/api/kafka/sources", sources);
    api.mount("/api/kafka/exports", exports);
    api.mount("/api/kafka/bridges", bridges);
  }

  /// Makes a source as a person would, unless the tenant has one of that name.
  public void addSource(EntityId tenant, JsonObject settings) {
    var name = settings.text("name", "");
    if (sources.list(tenant).stream().noneMatch(known -> known.text("name", "").equals(name))) {
      sources.save(tenant, null, settings);
    }
  }

  private static SourceParts sourceParts(FlowConfig config, Parts parts, SchemaRegistry registry) {
    return new SourceParts(
        config,
        parts.kafka,
        parts.store,
        parts.entities,
        parts.pipeline.ingest(),
        registry,
        parts.tokens,
        parts.clock,
        parts.counters);
  }

  private record Sources(SourceParts parts) implements FlowSet.Maker {
    @Override
    public void check(JsonObject settings) {
      SettingsBinder.bind(SourceMapping.class, settings);
    }

    @Override
    public Flow start(FlowRows.Row row) {
      var mapping = SettingsBinder.bind(SourceMapping.class, row.settings());
      var source = new RecordSource(parts, row.id(), row.tenant(), mapping);
      source.start();
      return source;
    }
  }

  private record Exports(Export.Parts parts, CommitStore store) implements FlowSet.Maker {
    @Override
    public void check(JsonObject settings) {
      SettingsBinder.bind(ExportSettings.class, settings);
    }

    @Override
    public Flow start(FlowRows.Row row) {
      var settings = SettingsBinder.bind(ExportSettings.class, row.settings());
      var queue = new ExportQueue(store, row.id());
      var export = new Export(parts, row.id(), row.tenant(), settings, queue);
      export.start();
      return export;
    }
  }

  /// With a tenant go its flows.
  private final class TenantWatch implements EntityListener {
    @Override
    public void changed(EntityId id) {}

    @Override
    public void deleted(EntityId id) {
      if (id.type() == EntityType.TENANT) {
        sources.deleteAll(id);
        exports.deleteAll(id);
        bridges.deleteAll(id);
      }
    }
  }

  /// Lets what is on its way arrive; before the pipeline closes.
  @Override
  public void close() {
    sources.close();
    exports.close();
    delivery.close();
  }
}
