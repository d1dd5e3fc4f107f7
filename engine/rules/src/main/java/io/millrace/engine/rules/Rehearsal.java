package io.millrace.engine.rules;

import io.millrace.base.config.Settings;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.Point;
import io.millrace.base.runtime.Ids;
import io.millrace.engine.alarms.AlarmChange;
import io.millrace.engine.alarms.Alarms;
import io.millrace.engine.rpc.Rpcs;
import io.millrace.engine.scripts.Scripts;
import io.millrace.store.attributes.AttributeListener;
import io.millrace.store.attributes.AttributeStore;
import io.millrace.store.commit.Commit;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.timeseries.TimeseriesStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/// Runs messages through rule chains without touching the world: stores of its own that are thrown
/// away, a clock that stands where the messages say, and calls to the outside only written down.
///
/// The same messages through the same chains give the same effects, to the byte. Entities are
/// read as they are now; attributes and alarms start as `live` has them now, telemetry empty.
/// One thread.
public final class Rehearsal implements AutoCloseable {
  private static final long CACHE_BYTES = 4 << 20;
  private static final int CAUSED_MAX = 10_000; // timers and hops for one message

  private final EntityId tenant;
  private final Path directory;
  private final CommitStore store;
  private final AttributeStore attributes;
  private final NodeServices live;
  private final Rpcs rpcs;
  private final Scripts scripts;
  private final RuleEngine engine;
  private final RehearsedTime time = new RehearsedTime();
  private final Ids ids = new Ids(time, new Random(1)); // the same chance every time
  private final List<Effect> effects = new ArrayList<>();
  private final Set<EntityId> known = new HashSet<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timer::atMs).thenComparingLong(Timer::number));
  private final ArrayDeque<Asked> hops = new ArrayDeque<>();
  private final ArrayDeque<Asked> asked = new ArrayDeque<>();
  private long number;
  private boolean isFurnished = true;

  /// Something that would have happened.
  ///
  /// @param kind `alarm`, `telemetry`, `attributes`, `call` or `error`
  /// @param what without ids and times of this run, so that two runs compare
  public record Effect(long ts, String kind, JsonObject what) {
    public JsonObject toJson() {
      return JsonObject.builder().put("ts", ts).put("kind", kind).put("what", what).build();
    }
  }

  private record Timer(long atMs, long number, CallFrame frame, RuleMessage message) {}

  private record Asked(CallFrame frame, RuleMessage message, OutsideCall call) {}

  /// Opens its own stores.
  ///
  /// @param watcher what computes further values
  /// @param live what entities, scripts and present attributes are read from; never written
  public Rehearsal(
      Config config,
      NodeTypes types,
      NodeServices live,
      Function<NodeServices, ValueWatch> watcher,
      EntityId tenant,
      Collection<ChainDefinition> chains) {
    this(config, types, live, watcher, tenant, chains, new StoredChains(live.entities()));
  }

  /// @param routes where an originator's messages start
  Rehearsal(
      Config config,
      NodeTypes types,
      NodeServices live,
      Function<NodeServices, ValueWatch> watcher,
      EntityId tenant,
      Collection<ChainDefinition> chains,
      Routes routes) {
    this.tenant = tenant;
    this.live = live;
    try {
      directory = Files.createTempDirectory("rehearsal");
    } catch (IOException e) {
      throw new UncheckedIOException("There is no room for a rehearsal", e);
    }
    store = CommitStore.open(directory.resolve("store"), CACHE_BYTES);
    var timeseries = TimeseriesStore.open(store);
    attributes = AttributeStore.open(store);
    var alarms = Alarms.open(store, Settings.defaults(io.millrace.engine.alarms.Config.class));
    rpcs =
        Rpcs.open(
            Settings.defaults(io.millrace.engine.rpc.Config.class),
            store,
            time,
            RehearsedTime.NO_TIMERS);
    timeseries.onChange(this::saved);
    attributes.onChange(new Attributes());
    alarms.onChange(this::changed);
    scripts = live.scripts().at(time, new Random(1));
    var services =
        new NodeServices(
            scripts, timeseries, attributes, alarms, live.entities(), new NodeStates(store), rpcs);
    engine = new RuleEngine(config, types, services, routes, time);
    engine.watch(watcher);
    engine.deploy(chains);
  }

  /// Runs a message that came in at that time, and before it the timers that were due by then.
  public void run(RuleMessage message, long receivedAt) {
    advance(Math.max(receivedAt, time.millis()));
    furnish(message.originator());
    inBatch(batch -> engine.run(message, tenant, batch));
  }

  /// Moves time on.
  public void advance(long untilMs) {
    for (int i = 0; !timers.isEmpty() && timers.peek().atMs() <= untilMs && i < CAUSED_MAX; i++) {
      var due = timers.remove();
      time.at(Math.max(due.atMs(), time.millis()));
      inBatch(batch -> engine.wake(due.frame(), due.message(), batch));
    }
    time.at(Math.max(untilMs, time.millis()));
  }

  /// Answers the oldest call that was written down; false when there is none.
  public boolean answer(Answer answer) {
    var oldest = asked.poll();
    if (oldest == null) {
      return false;
    }
    inBatch(batch -> engine.resume(oldest.frame(), oldest.message(), answer, batch));
    return true;
  }

  /// Answers the oldest call of that node for that originator; false when it made none.
  boolean answer(UUID nodeId, EntityId originator, Answer answer) {
    for (var each : asked) {
      if (each.frame().nodeId().equals(nodeId) && each.message().originator().equals(originator)) {
        asked.remove(each);
        inBatch(batch -> engine.resume(each.frame(), each.message(), answer, batch));
        return true;
      }
    }
    return false;
  }

  /// Sets attributes, which count as there from the start. What an entity has live is not looked
  /// at any more.
  public void given(EntityId entity, AttributeScope scope, List<Attribute> present) {
    known.add(entity);
    int before = effects.size();
    try (var commit = store.begin()) {
      attributes.save(commit, entity, scope, present);
      commit.writeSoon(); // thrown away at the end
    }
    effects.subList(before, effects.size()).clear(); // that was not the chain
  }

  /// From now on nothing is taken over from live attributes.
  public void startsEmpty() {
    isFurnished = false;
  }

  /// Takes away and returns what happened since the last time.
  List<Effect> drain() {
    var drained = List.copyOf(effects);
    effects.clear();
    return drained;
  }

  /// All that would have happened so far, in order.
  public List<Effect> effects() {
    return List.copyOf(effects);
  }

  /// What the nodes of a chain did.
  public List<NodeFigures> figures(UUID chainId) {
    return engine.figures(chainId);
  }

  public UUID newId() {
    return ids.next();
  }

  @Override
  public void close() {
    rpcs.close();
    scripts.close();
    store.close();
    try {
      CommitStore.deleteTree(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("A rehearsal's files could not be deleted", e);
    }
  }

  private interface Work {
    void into(BatchContext batch);
  }

  private void inBatch(Work work) {
    commit(work);
    for (int i = 0; !hops.isEmpty() && i < CAUSED_MAX; i++) {
      var hop = hops.remove();
      furnish(hop.message().originator());
      commit(
          batch ->
              engine.resume(hop.frame(), hop.message(), new Answer(true, JsonObject.EMPTY), batch));
    }
  }

  private void commit(Work work) {
    try (var commit = store.begin()) {
      work.into(new Batch(commit));
      commit.writeSoon(); // thrown away at the end
    }
  }

  /// Attributes as they are now, of everything that a message is about.
  private void furnish(EntityId entity) {
    if (!isFurnished || !known.add(entity)) {
      return;
    }
    int before = effects.size();
    try (var commit = store.begin()) {
      for (var scope : AttributeScope.values()) {
        var now = live.attributes().read(entity, scope);
        if (!now.isEmpty()) {
          attributes.save(commit, entity, scope, now);
        }
      }
      commit.writeSoon(); // thrown away at the end
    }
    effects.subList(before, effects.size()).clear(); // that was not the chain
    furnish(tenant);
  }

  private void add(String kind, JsonObject what) {
    effects.add(new Effect(time.millis(), kind, what));
  }

  private void saved(EntityId entity, List<Point> points) {
    for (var point : points) {
      add(
          "telemetry",
          of(entity)
              .put("key", point.key())
              .put("ts", point.ts())
              .put("value", point.value())
              .build());
    }
  }

  private void changed(AlarmChange change) {
    var alarm = change.alarm();
    add(
        "alarm",
        of(alarm.originator())
            .put("change", change.kind().name())
            .put("type", alarm.type())
            .put("severity", alarm.severity().name())
            .put("details", alarm.details())
            .build());
  }

  private static JsonObject withoutSecrets(JsonObject request) {
    return request
        .without("sign")
        .without("headers")
        .without("serviceAccount")
        .without("connection");
  }

  private static JsonObject.Builder of(EntityId entity) {
    return JsonObject.builder().put("entity", entity.toString());
  }

  private final class Attributes implements AttributeListener {
    @Override
    public void saved(EntityId entity, AttributeScope scope, List<Attribute> saved) {
      for (var attribute : saved) {
        put(entity, scope, attribute.key(), attribute.value());
      }
    }

    @Override
    public void deleted(EntityId entity, AttributeScope scope, Collection<String> keys) {
      keys.forEach(key -> put(entity, scope, key, JsonNull.NULL));
    }

    private void put(EntityId entity, AttributeScope scope, String key, JsonValue value) {
      add(
          "attributes",
          of(entity).put("scope", scope.name()).put("key", key).put("value", value).build());
    }
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
        hops.add(new Asked(frame, message, call));
        return;
      }
      asked.add(new Asked(frame, message, call));
      add(
          "call",
          of(message.originator())
              .put("kind", call.kind())
              .put("request", withoutSecrets(call.request()))
              .build());
    }

    @Override
    public void wakeLater(CallFrame frame, RuleMessage message, long atMs) {
      timers.add(new Timer(atMs, number++, frame, message));
    }
  }
}
