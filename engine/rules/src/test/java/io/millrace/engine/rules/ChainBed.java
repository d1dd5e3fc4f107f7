package io.millrace.engine.rules;

import io.millrace.base.config.Settings;
import io.millrace.base.json.Json;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Ids;
import io.millrace.engine.alarms.Alarms;
import io.millrace.engine.rpc.Rpcs;
import io.millrace.engine.rules.nodes.StandardNodes;
import io.millrace.engine.scripts.Scripts;
import io.millrace.store.attributes.AttributeStore;
import io.millrace.store.commit.Commit;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.timeseries.TimeseriesStore;
import io.millrace.testkit.SimulatedTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.UUID;

/// A rule engine on real stores in a directory; only time, chance and the outside are the test's.
final class ChainBed implements AutoCloseable {
  static final EntityId TENANT = new EntityId(EntityType.TENANT, new UUID(1, 1));
  static final EntityId DEVICE = new EntityId(EntityType.DEVICE, new UUID(2, 2));
  static final UUID ROOT = new UUID(3, 3);

  final SimulatedTime time = new SimulatedTime();
  final CommitStore store;
  final TimeseriesStore timeseries;
  final AttributeStore attributes;
  final Alarms alarms;
  final EntityStore entities;
  final NodeStates states;
  final Rpcs rpcs;
  final RuleEngine engine;
  final List<Asked> asked = new ArrayList<>();
  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Waiting::atMs));
  private final Scripts scripts;
  private final Ids ids;

  /// An outside call, and where its answer goes on.
  record Asked(CallFrame frame, RuleMessage message, OutsideCall call) {}

  /// A timer that a node has set.
  private record Waiting(long atMs, CallFrame frame, RuleMessage message) {}

  ChainBed(Path directory) {
    this(directory, Settings.defaults(Config.class));
  }

  ChainBed(Path directory, Config config) {
    ids = new Ids(time, new Random(7));
    store = CommitStore.open(directory.resolve("store"), 8 << 20);
    timeseries = TimeseriesStore.open(store);
    attributes = AttributeStore.open(store);
    alarms = Alarms.open(store, Settings.defaults(io.millrace.engine.alarms.Config.class));
    entities =
        EntityStore.open(
            Settings.defaults(io.millrace.store.entities.Config.class), directory, time, ids);
    states = new NodeStates(store);
    rpcs = Rpcs.open(Settings.defaults(io.millrace.engine.rpc.Config.class), store, time, time);
    scripts =
        new Scripts(
            Settings.defaults(io.millrace.engine.scripts.Config.class), time, new Random(7));
    var services =
        new NodeServices(scripts, timeseries, attributes, alarms, entities, states, rpcs);
    engine =
        new RuleEngine(config, StandardNodes.types(), services, new StoredChains(entities), time);
    engine.onSelfStarting(this::start);
  }

  /// Deploys the metadata as the tenant's root chain.
  void root(JsonObject metadata) {
    deploy(ROOT, "Root", true, metadata);
  }

  void deploy(UUID id, String name, boolean root, JsonObject metadata) {
    var stored = RuleChainJson.withIds(metadata, id, ids::next);
    engine.deploy(List.of(new ChainDefinition(id, TENANT, name, root, stored)));
  }

  /// Runs messages as one batch and commits it.
  void send(RuleMessage... messages) {
    try (var commit = store.begin()) {
      var batch = batch(commit);
      for (var message : messages) {
        engine.run(message, TENANT, batch);
      }
      commit.write();
    }
  }

  /// Answers the oldest open call, in a batch of its own.
  void answer(Answer answer) {
    var open = asked.removeFirst();
    try (var commit = store.begin()) {
      // what the outbox keeps is JSON: the frame must survive it
      var frame = CallFrame.read((JsonObject) Json.parse(open.frame().toJson().toString()));
      engine.resume(frame, open.message(), answer, batch(commit));
      commit.write();
    }
  }

  /// Moves time on and wakes the nodes whose timers fall due on the way, each in its own batch.
  void advance(Duration by) {
    long until = time.millis() + by.toMillis();
    while (!waiting.isEmpty() && waiting.peek().atMs() <= until) {
      var due = waiting.poll();
      time.advance(Duration.ofMillis(Math.max(due.atMs() - time.millis(), 0)));
      wake(due.frame(), due.message());
    }
    time.advance(Duration.ofMillis(until - time.millis()));
  }

  private void wake(CallFrame frame, RuleMessage message) {
    try (var commit = store.begin()) {
      engine.wake(frame, message, batch(commit));
      commit.write();
    }
  }

  private void start(CallFrame node) {
    wake(
        node,
        new RuleMessage(
            ids.next(),
            time.millis(),
            RuleEngine.NODE_STARTED,
            node.tenantId(),
            JsonObject.EMPTY,
            JsonObject.EMPTY));
  }

  /// Sets a server attribute.
  void attribute(EntityId entity, String key, long value) {
    try (var commit = store.begin()) {
      attributes.save(
          commit,
          entity,
          AttributeScope.SERVER_SCOPE,
          List.of(new Attribute(key, new JsonLong(value), time.millis())));
      commit.write();
    }
  }

  RuleMessage telemetry(String body) {
    return message("POST_TELEMETRY_REQUEST", body);
  }

  RuleMessage message(String type, String body) {
    return new RuleMessage(
        ids.next(), time.millis(), type, DEVICE, JsonObject.EMPTY, Json.parse(body));
  }

  NodeFigures figures(String node) {
    return figures(ROOT, node);
  }

  NodeFigures figures(UUID chain, String node) {
    return engine.figures(chain).stream()
        .filter(figures -> figures.name().equals(node))
        .findFirst()
        .orElseThrow(() -> new AssertionError("There is no node " + node));
  }

  static JsonObject json(String text) {
    return (JsonObject) Json.parse(text);
  }

  static JsonObject resource(String name) {
    try (var file = ChainBed.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new AssertionError("There is no resource " + name);
      }
      return json(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  BatchContext batch(Commit commit) {
    return new BatchContext() {
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
        asked.add(new Asked(frame, message, call));
      }

      @Override
      public void wakeLater(CallFrame frame, RuleMessage message, long atMs) {
        waiting.add(new Waiting(atMs, frame, message));
      }
    };
  }

  @Override
  public void close() {
    engine.shadows().close();
    scripts.close();
    entities.close();
    store.close();
  }
}
