package io.millrace.wire.realtime;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.model.Point;
import io.millrace.base.runtime.Threads;
import io.millrace.store.attributes.AttributeListener;
import io.millrace.store.attributes.AttributeStore;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.PageLink;
import io.millrace.store.realtime.Database;
import io.millrace.store.realtime.Leaf;
import io.millrace.store.realtime.Node;
import io.millrace.store.realtime.RealtimeStore;
import io.millrace.store.realtime.RealtimeWrite;
import io.millrace.store.realtime.TreePath;
import io.millrace.store.realtime.WriteAddition;
import io.millrace.store.realtime.WriteGuard;
import io.millrace.store.realtime.WriteResult;
import io.millrace.store.timeseries.TimeseriesStore;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps places of databases in step with latest values and attributes of devices.
///
/// News come after their commit and only say what to look at; one thread reads what is true now and
/// writes the differences. At the start, and when rules change, everything is looked at: whatever a
/// crash left behind is made up for.
public final class Mirror implements AutoCloseable {
  /// Who the mirror is in a database's history.
  static final String WRITER = "mirror";

  private static final Logger log = LoggerFactory.getLogger(Mirror.class);
  private static final int PLACES_MAX = 500;
  private static final int PAGE = 1_000;

  /// One key of latest values (no scope) or attributes.
  private record Key(String scope, String key) {}

  private final EntityStore entities;
  private final TimeseriesStore timeseries;
  private final AttributeStore attributes;
  private final SharedAttributes shared;
  private final ExecutorService threads = Threads.virtual("realtime-mirror");
  private final ExecutorService writes = // one after the other: the last one counts
      Executors.newSingleThreadExecutor(Threads.factory("realtime-mirror-back"));
  private final Map<String, MirrorOf> mirrors = new ConcurrentHashMap<>();
  private final Map<EntityId, Set<Key>> news = new ConcurrentHashMap<>();
  private final AtomicBoolean isDue = new AtomicBoolean();

  public Mirror(
      RealtimeStore databases,
      EntityStore entities,
      TimeseriesStore timeseries,
      AttributeStore attributes,
      SharedAttributes shared) {
    this.entities = entities;
    this.timeseries = timeseries;
    this.attributes = attributes;
    this.shared = shared;
    timeseries.onChange(this::saved);
    attributes.onChange(new AttributeNews());
    databases.names().forEach(name -> databases.find(name).ifPresent(this::use));
  }

  /// Takes up a database's rules as they are now.
  void use(Database database) {
    var rules = database.text(MirrorRule.TEXT).map(MirrorRule::parse).orElse(List.of());
    var before =
        rules.isEmpty()
            ? mirrors.remove(database.name())
            : mirrors.put(database.name(), new MirrorOf(database, rules, this::written));
    if (before != null) {
      before.stop();
    }
    if (!rules.isEmpty()) {
      threads.execute(this::lookAtAll);
    }
  }

  private void saved(EntityId entity, List<Point> points) {
    if (!mirrors.isEmpty()) {
      points.forEach(point -> note(entity, new Key("", point.key())));
    }
  }

  private final class AttributeNews implements AttributeListener {
    @Override
    public void saved(EntityId entity, AttributeScope scope, List<Attribute> saved) {
      deleted(entity, scope, saved.stream().map(Attribute::key).toList());
    }

    @Override
    public void deleted(EntityId entity, AttributeScope scope, Collection<String> keys) {
      if (!mirrors.isEmpty()) {
        keys.forEach(key -> note(entity, new Key(scope.name(), key)));
      }
    }
  }

  private void note(EntityId entity, Key key) {
    if (entity.type() == EntityType.DEVICE) {
      news.compute(
          entity,
          (_, known) -> {
            Set<Key> keys = known == null ? ConcurrentHashMap.newKeySet() : known;
            keys.add(key);
            return keys;
          });
      if (isDue.compareAndSet(false, true)) {
        threads.execute(this::work);
      }
    }
  }

  private synchronized void work() {
    isDue.set(false);
    for (var mirror : mirrors.values()) {
      mirror.begin();
    }
    for (var entity : List.copyOf(news.keySet())) {
      var keys = news.remove(entity);
      if (keys != null) {
        entities.devices().find(entity).ifPresent(device -> bring(device, keys));
      }
    }
    mirrors.values().forEach(MirrorOf::write);
  }

  private synchronized void lookAtAll() {
    var repair = new MirrorRepair(entities, attributes, shared);
    mirrors.values().forEach(mirror -> mirror.repair(repair));
    var left = mirrors.values().stream().flatMap(mirror -> mirror.left().stream()).toList();
    mirrors.values().forEach(MirrorOf::begin);
    for (var tenant : entities.tenants().all()) {
      for (int page = 0; ; page++) {
        var devices =
            entities.devices().page(tenant.id(), new PageLink(PAGE, page, "", "createdTime", true));
        devices.data().forEach(device -> bringAll(device, left));
        if (!devices.hasNext()) {
          break;
        }
      }
    }
    mirrors.values().forEach(MirrorOf::write);
  }

  /// All that the platform knows of the device, and what the mirror wrote when it knew more.
  private void bringAll(Device device, List<MirrorOf.Left> left) {
    Set<Key> all = ConcurrentHashMap.newKeySet();
    timeseries.keys(device.id()).forEach(key -> all.add(new Key("", key)));
    left.forEach(one -> note(all, "", one.names(device, Optional.empty())));
    for (var scope : AttributeScope.values()) {
      attributes.read(device.id(), scope).forEach(a -> all.add(new Key(scope.name(), a.key())));
      left.forEach(one -> note(all, scope.name(), one.names(device, Optional.of(scope))));
    }
    bring(device, all);
  }

  private static void note(Set<Key> keys, String scope, Set<String> names) {
    names.forEach(name -> keys.add(new Key(scope, name)));
  }

  private void bring(Device device, Set<Key> keys) {
    for (var key : keys) {
      if (key.scope.isEmpty()) {
        var latest = timeseries.latest(device.id(), List.of(key.key));
        var value = latest.isEmpty() ? JsonNull.NULL : latest.getFirst().value();
        mirrors.values().forEach(mirror -> mirror.latest(device, key.key, value));
      } else {
        var scope = AttributeScope.valueOf(key.scope);
        var read = attributes.read(device.id(), scope, List.of(key.key));
        var value = read.isEmpty() ? JsonNull.NULL : read.getFirst().value();
        mirrors.values().forEach(mirror -> mirror.attribute(device, scope, key.key, value));
      }
    }
  }

  /// Somebody else has written at the shared attributes of a device; on the database's writer.
  private void written(MirrorWatch.Written change) {
    writes.execute(
        () ->
            entities
                .devices()
                .findByName(new EntityId(EntityType.TENANT, change.tenant()), change.device())
                .ifPresentOrElse(
                    device -> take(device.id(), change),
                    () -> {
                      change.taken().run();
                      log.warn(
                          "Attributes were written for {}, which is no device of tenant {}",
                          change.device(),
                          change.tenant());
                    }));
  }

  /// What the platform refuses stays in the tree, and is offered again at the next start.
  private void take(EntityId device, MirrorWatch.Written change) {
    var _ =
        shared
            .change(device, change.saved(), change.deleted())
            .thenRun(
                () -> {
                  change.taken().run();
                  var scope = AttributeScope.SHARED_SCOPE.name();
                  change.saved().forEach((name, _) -> note(device, new Key(scope, name)));
                  change.deleted().forEach(name -> note(device, new Key(scope, name)));
                });
  }

  /// Writes places to a database, some at a time; waits.
  static void write(Database database, Map<TreePath, JsonValue> places) {
    var body = JsonObject.builder();
    int count = 0;
    for (var place : places.entrySet()) {
      body.put(place.getKey().toString().substring(1), place.getValue());
      if (++count % PLACES_MAX == 0) {
        write(database, body.build());
        body = JsonObject.builder();
      }
    }
    if (count % PLACES_MAX != 0) {
      write(database, body.build());
    }
  }

  private static void write(Database database, JsonObject places) {
    var write = RealtimeWrite.patch(TreePath.ROOT, places);
    var result = database.write(write, WriteGuard.OPEN, WriteAddition.NONE, WRITER).join();
    if (!(result instanceof WriteResult.Written)) {
      log.warn("The mirror in the realtime database {} is behind: {}", database.name(), result);
    }
  }

  /// What the tree holds, for comparison.
  static boolean holds(Node root, TreePath path, JsonValue value) {
    var node = root.at(path);
    return switch (value) {
      case JsonNull _ -> node.isEmpty();
      case JsonObject _, JsonArray _ -> node.toJson().equals(value);
      default -> node.equals(Leaf.of(value));
    };
  }

  @Override
  public void close() {
    mirrors.values().forEach(MirrorOf::stop);
    mirrors.clear(); // its listeners stay, and find nothing to do
    threads.shutdownNow();
    writes.shutdownNow();
  }
}
