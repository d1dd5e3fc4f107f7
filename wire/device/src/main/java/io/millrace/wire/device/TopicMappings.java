package io.millrace.wire.device;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Ack;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Refusal;
import io.millrace.engine.pipeline.Ingest;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.EntityListener;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.Tenant;
import io.millrace.wire.device.MappedDevices.Found;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings messages of plain topics into the platform: they go to subscribers as ever, and are
/// telemetry or attributes of a device besides. Any thread.
public final class TopicMappings implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TopicMappings.class);
  private static final int TOPICS_MAX = 10_000;
  private static final int MAPPINGS_MAX = 1_000;

  private final EntityStore entities;
  private final Ingest ingest;
  private final Bodies bodies;
  private final MappingStore store;
  private final MappedDevices devices;
  private final List<TopicMapping> configured;
  private final LongAdder mapped;
  private final LongAdder failed;
  private volatile Map<String, EntityId> tenants = Map.of();
  private volatile List<Rule> rules = List.of();
  private volatile Map<String, List<Hit>> known = new ConcurrentHashMap<>();

  /// A mapping, ready to use; whose devices, as far as that is said.
  private record Rule(TopicMapping mapping, TopicPattern pattern, Optional<EntityId> tenant) {}

  /// A rule that fits a topic.
  private record Hit(Rule rule, String device, String key) {}

  private TopicMappings(
      Config config,
      EntityStore entities,
      CommitStore commits,
      Ingest ingest,
      GatewayDevices makes,
      Counters counters) {
    this.entities = entities;
    this.ingest = ingest;
    this.bodies = new Bodies(config);
    this.store = new MappingStore(commits);
    this.devices = new MappedDevices(entities, makes);
    this.configured = config.mappings().stream().map(TopicMapping::parse).toList();
    this.mapped = counters.count("device.mapped");
    this.failed = counters.count("device.mapping_failed");
    entities.onChange(new TenantChanges());
    readTenants();
    reload();
  }

  /// Opens those of the settings and those that administrators made.
  ///
  /// @throws IllegalArgumentException when `device.mappings` has one that is none
  public static TopicMappings open(
      Config config,
      EntityStore entities,
      CommitStore commits,
      Ingest ingest,
      GatewayDevices makes,
      Counters counters) {
    return new TopicMappings(config, entities, commits, ingest, makes, counters);
  }

  private synchronized void reload() {
    var all = new ArrayList<Rule>();
    for (var mapping : configured) {
      all.add(new Rule(mapping, TopicPattern.of(mapping.topic()), Optional.empty()));
    }
    for (var kept : store.all()) {
      var mapping = kept.mapping();
      all.add(new Rule(mapping, TopicPattern.of(mapping.topic()), Optional.of(kept.tenant())));
    }
    rules = List.copyOf(all);
    known = new ConcurrentHashMap<>();
  }

  // ---- messages

  /// Whether a message to that topic concerns the platform. Hot path.
  boolean wants(String topic) {
    return !rules.isEmpty() && !hits(topic).isEmpty();
  }

  /// Takes a message besides.
  ///
  /// @param owner the tenant of the client's device, or empty: others' mappings do not see it
  /// @param ack done once it is stored, and also when it cannot be read: it was published anyway
  void take(String topic, byte[] payload, String owner, Ack ack) {
    var hits = hits(topic);
    var all = new AllAcks(ack, hits.size() + 1);
    for (var hit : hits) {
      take(hit, topic, payload, owner, all);
    }
    all.done();
  }

  private void take(Hit hit, String topic, byte[] payload, String owner, Ack ack) {
    var tenant = tenant(hit.rule);
    if (tenant.isEmpty() || !(owner.isEmpty() || owner.equals(tenant.get().id().toString()))) {
      ack.done();
      return;
    }
    MappedMessage message;
    try {
      message = MappedMessage.of(hit.rule.mapping, hit.key, payload, bodies);
    } catch (BadBodyException e) {
      unreadable(topic, e.reason());
      ack.done();
      return;
    }
    devices.with(
        tenant.get(),
        hit.device,
        hit.rule.mapping,
        found -> {
          switch (found) {
            case Found.Known(var device) -> store(device, message, ack);
            case Found.Missing(var why) -> {
              unreadable(topic, why);
              ack.done();
            }
            case Found.Failed(var fault) -> {
              log.error("The device '{}' of topic '{}' was not found", hit.device, topic, fault);
              ack.refused(
                  new Refusal(
                      Refusal.Kind.UNAVAILABLE, "The server failed; its log has the details"));
            }
          }
        });
  }

  private void store(Device device, MappedMessage message, Ack ack) {
    mapped.increment();
    var metadata = DevicePrincipal.metadata(device);
    if (!message.attributes().isEmpty()) {
      ingest.attributes(device.tenantId(), device.id(), metadata, message.attributes(), ack);
    } else {
      ingest.telemetry(device.tenantId(), device.id(), metadata, message.rows(), ack);
    }
  }

  private void unreadable(String topic, String why) {
    failed.increment();
    log.debug("A message to '{}' is not mapped: {}", topic, why);
  }

  /// What fits, at most one rule per tenant: the first.
  private List<Hit> hits(String topic) {
    var cache = known;
    var hits = cache.get(topic);
    if (hits != null) {
      return hits;
    }
    var found = new ArrayList<Hit>();
    var tenants = new HashSet<Optional<EntityId>>();
    for (var rule : rules) {
      rule.pattern
          .match(topic)
          .filter(_ -> tenants.add(rule.tenant))
          .ifPresent(names -> found.add(hit(rule, names)));
    }
    if (cache.size() < TOPICS_MAX) {
      cache.put(topic, List.copyOf(found));
    }
    return found;
  }

  private static Hit hit(Rule rule, Map<String, String> names) {
    return new Hit(
        rule,
        TopicMapping.filled(rule.mapping.device(), names),
        TopicMapping.filled(rule.mapping.key(), names));
  }

  /// Named, or its maker's, or the oldest there is.
  private Optional<EntityId> tenant(Rule rule) {
    if (rule.tenant.isPresent()) {
      return rule.tenant;
    }
    return Optional.ofNullable(tenants.get(rule.mapping.tenant()));
  }

  /// Tenants by name, and the oldest under no name: looked up when they change, not per message.
  private void readTenants() {
    var all = new HashMap<String, EntityId>();
    entities.tenants().all().stream()
        .sorted(Comparator.comparingLong(Tenant::createdTime))
        .forEach(
            tenant -> {
              all.putIfAbsent("", tenant.id());
              all.putIfAbsent(tenant.title(), tenant.id());
            });
    tenants = Map.copyOf(all);
  }

  private final class TenantChanges implements EntityListener {
    @Override
    public void changed(EntityId id) {
      if (id.type() == EntityType.TENANT) {
        readTenants();
      }
    }

    @Override
    public void deleted(EntityId id) {
      changed(id);
    }
  }

  // ---- administrators

  /// Those of the settings (without an id), then the tenant's own.
  public List<TopicMapping> list(EntityId tenant) {
    return rules.stream()
        .filter(rule -> rule.tenant.isEmpty() || rule.tenant.get().equals(tenant))
        .map(Rule::mapping)
        .toList();
  }

  /// Adds one, or changes the one with that id.
  ///
  /// @param id empty to add
  /// @throws IllegalArgumentException when it is none, or there are too many
  public TopicMapping save(EntityId tenant, String id, JsonObject json) {
    var mapping =
        TopicMapping.of(
            id.isEmpty() ? entities.newId(EntityType.DEVICE).id().toString() : id, json);
    if (id.isEmpty() && rules.size() >= MAPPINGS_MAX) {
      throw new IllegalArgumentException(
          "There are %d mappings; delete one before you add another".formatted(MAPPINGS_MAX));
    }
    store.save(tenant, mapping);
    reload();
    return mapping;
  }

  /// One of the tenant's own.
  public Optional<TopicMapping> find(EntityId tenant, String id) {
    return rules.stream()
        .filter(rule -> rule.tenant.filter(tenant::equals).isPresent())
        .map(Rule::mapping)
        .filter(mapping -> mapping.id().equals(id))
        .findFirst();
  }

  /// Takes one of the tenant's own away.
  ///
  /// @return false when there is none
  public boolean delete(EntityId tenant, String id) {
    if (find(tenant, id).isEmpty()) {
      return false;
    }
    store.delete(tenant, UUID.fromString(id).toString());
    reload();
    return true;
  }

  /// What would become of a message, without anything happening.
  ///
  /// @param json a mapping to try; empty tries those that there are
  public JsonObject rehearse(EntityId tenant, JsonObject json, String topic, byte[] payload) {
    var tried =
        json.isEmpty()
            ? hits(topic).stream().filter(hit -> tenant(hit.rule).equals(Optional.of(tenant)))
            : new Trial(TopicMapping.of("", json)).hits(topic, tenant);
    var hit = tried.findFirst();
    if (hit.isEmpty()) {
      return JsonObject.builder().put("matched", false).build();
    }
    return rehearsed(tenant, hit.get(), payload);
  }

  private record Trial(TopicMapping mapping) {
    java.util.stream.Stream<Hit> hits(String topic, EntityId tenant) {
      var rule = new Rule(mapping, TopicPattern.of(mapping.topic()), Optional.of(tenant));
      return rule.pattern.match(topic).map(names -> hit(rule, names)).stream();
    }
  }

  private JsonObject rehearsed(EntityId tenant, Hit hit, byte[] payload) {
    var there = entities.devices().findByName(tenant, hit.device).isPresent();
    var outcome =
        JsonObject.builder()
            .put("matched", true)
            .put("mapping", hit.rule.mapping.toJson())
            .put("device", hit.device)
            .put("deviceExists", there)
            .put("creates", !there && hit.rule.mapping.creates());
    try {
      var message = MappedMessage.of(hit.rule.mapping, hit.key, payload, bodies);
      outcome.put("attributes", message.attributes());
      outcome.put(
          "telemetry",
          new JsonArray(message.rows().stream().<JsonValue>map(TopicMappings::row).toList()));
    } catch (BadBodyException e) {
      outcome.put("error", new JsonString(e.reason()));
    }
    return outcome.build();
  }

  private static JsonObject row(io.millrace.engine.pipeline.TelemetryRow row) {
    var shape = JsonObject.builder();
    if (row.isStamped()) {
      shape.put("ts", row.ts());
    }
    return shape.put("values", Json.parse(Json.bytes(row.values()))).build();
  }

  @Override
  public void close() {
    devices.close();
  }
}
