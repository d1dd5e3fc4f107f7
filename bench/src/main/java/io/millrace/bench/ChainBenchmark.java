package io.millrace.bench;

import io.millrace.base.config.Settings;
import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Ids;
import io.millrace.base.runtime.SystemScheduler;
import io.millrace.engine.alarms.Alarms;
import io.millrace.engine.rpc.Rpcs;
import io.millrace.engine.rules.BatchContext;
import io.millrace.engine.rules.CallFrame;
import io.millrace.engine.rules.ChainDefinition;
import io.millrace.engine.rules.Config;
import io.millrace.engine.rules.DefaultChains;
import io.millrace.engine.rules.NodeServices;
import io.millrace.engine.rules.NodeStates;
import io.millrace.engine.rules.OutsideCall;
import io.millrace.engine.rules.Routes;
import io.millrace.engine.rules.RuleChainJson;
import io.millrace.engine.rules.RuleEngine;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.nodes.StandardNodes;
import io.millrace.engine.scripts.Scripts;
import io.millrace.store.attributes.AttributeStore;
import io.millrace.store.commit.Commit;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.DeviceCredentials;
import io.millrace.store.entities.DeviceProfile;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.Tenant;
import io.millrace.store.timeseries.TimeseriesStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What one message of telemetry costs in the default root chain, and in the same chain followed by
/// a script filter and an alarm that every message updates. Decided and collected in one commit
/// per batch; `written` also writes that to disk.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 6, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ChainBenchmark {
  private static final EntityId TENANT = new EntityId(EntityType.TENANT, new UUID(1, 1));
  private static final UUID CHAIN = new UUID(3, 3);
  private static final int BATCH = 512;
  private static final int DEVICES = 50;
  private static final String ALARM_NODES =
      """
      [{"type":"org.thingsboard.rule.engine.filter.TbJsFilterNode","name":"hot","configuration":
         {"scriptLang":"LANG","jsScript":"SCRIPT","tbelScript":"SCRIPT"}},
       {"type":"org.thingsboard.rule.engine.action.TbCreateAlarmNode","name":"alarm",
        "configuration":{"alarmType":"Hot","severity":"MAJOR","scriptLang":"LANG",
         "alarmDetailsBuildJs":"DETAILS","alarmDetailsBuildTbel":"DETAILS"}}]
      """;

  @Param({"JS", "TBEL"})
  public String language = "JS";

  @Param({"plain", "alarm"})
  public String chain = "alarm";

  private final Path directory = temporary();
  private final SystemScheduler scheduler = new SystemScheduler();
  private final Ids ids = new Ids(Clock.SYSTEM, new Random(1));
  private final CommitStore store = CommitStore.open(directory, 64 << 20);
  private final EntityStore entities =
      EntityStore.open(io.millrace.store.entities.Config.embedded(), directory, Clock.SYSTEM, ids);
  private final Scripts scripts =
      new Scripts(io.millrace.engine.scripts.Config.standard(), Clock.SYSTEM, new Random(2));
  private final RuleEngine engine = engine();
  private final RuleMessage[] messages = new RuleMessage[BATCH];
  private long ts = 1_767_225_600_000L;

  private static Path temporary() {
    try {
      return Files.createTempDirectory("millrace-bench");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("There is no room for the bench", e);
    }
  }

  private RuleEngine engine() {
    return new RuleEngine(
        Settings.defaults(Config.class),
        StandardNodes.types(),
        new NodeServices(
            scripts,
            TimeseriesStore.open(store),
            AttributeStore.open(store),
            Alarms.open(store, Settings.defaults(io.millrace.engine.alarms.Config.class)),
            entities,
            new NodeStates(store),
            Rpcs.open(
                Settings.defaults(io.millrace.engine.rpc.Config.class),
                store,
                Clock.SYSTEM,
                scheduler)),
        Routes.ROOT,
        Clock.SYSTEM);
  }

  @Setup
  public void deploy() {
    var metadata = DefaultChains.root().metadata();
    if (chain.equals("alarm")) {
      metadata = withAlarm(metadata);
    }
    var stored = RuleChainJson.withIds(metadata, CHAIN, ids::next);
    engine.deploy(List.of(new ChainDefinition(CHAIN, TENANT, "Root", true, stored)));
    furnish();
    for (int i = 0; i < BATCH; i++) {
      messages[i] = message(i);
    }
  }

  /// The devices, as a tenant has them.
  private void furnish() {
    entities.tenants().save(Tenant.named(TENANT, "Tenant"));
    var profile =
        entities
            .deviceProfiles()
            .save(
                DeviceProfile.named(
                    new EntityId(EntityType.DEVICE_PROFILE, new UUID(4, 4)), TENANT, "default"));
    for (int i = 0; i < DEVICES; i++) {
      var device = Device.named(device(i), "D" + i, profile);
      var id = entities.newId(EntityType.DEVICE_CREDENTIALS);
      var _ = entities.devices().create(device, DeviceCredentials.token(id, device, "t" + i));
    }
  }

  private static EntityId device(int number) {
    return new EntityId(EntityType.DEVICE, new UUID(2, number));
  }

  private JsonObject withAlarm(JsonObject metadata) {
    var text =
        ALARM_NODES
            .replace("LANG", language)
            .replace("SCRIPT", "return msg.temperature > 20;")
            .replace("DETAILS", "return {temperature: msg.temperature};");
    var nodes = new ArrayList<JsonValue>(items(metadata, "nodes"));
    int filter = nodes.size();
    nodes.addAll(((JsonArray) Json.parse(text)).values());
    var links = new ArrayList<JsonValue>(items(metadata, "connections"));
    links.add(link(0, filter, "Success"));
    links.add(link(filter, filter + 1, "True"));
    return metadata.with("nodes", new JsonArray(nodes)).with("connections", new JsonArray(links));
  }

  private static List<JsonValue> items(JsonObject metadata, String name) {
    return metadata.get(name) instanceof JsonArray list ? list.values() : List.of();
  }

  private static JsonObject link(int from, int to, String type) {
    return JsonObject.builder().put("fromIndex", from).put("toIndex", to).put("type", type).build();
  }

  private static RuleMessage message(int number) {
    var body = "{\"temperature\":" + (21 + number % 9) + ".5,\"humidity\":60}";
    return new RuleMessage(
        new UUID(5, number),
        0,
        "POST_TELEMETRY_REQUEST",
        device(number % DEVICES),
        JsonObject.builder().put("deviceName", "D").put("deviceType", "default").build(),
        Json.parse(body));
  }

  @TearDown
  public void close() throws IOException {
    scripts.close();
    entities.close();
    store.close();
    scheduler.close();
    CommitStore.deleteTree(directory);
  }

  /// Decided, collected, and taken back.
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void decided() {
    try (var commit = store.begin()) {
      run(commit);
    }
  }

  /// Decided, collected, and written with one sync per batch.
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void written() {
    try (var commit = store.begin()) {
      run(commit);
      commit.write();
    }
  }

  private void run(Commit commit) {
    var batch = new Batch(commit, ++ts);
    for (var message : messages) {
      engine.run(message.withTs(ts), TENANT, batch);
    }
  }

  /// A batch without an outside.
  private final class Batch implements BatchContext {
    private final Commit commit;
    private final long now;

    Batch(Commit commit, long now) {
      this.commit = commit;
      this.now = now;
    }

    @Override
    public Commit commit() {
      return commit;
    }

    @Override
    public long now() {
      return now;
    }

    @Override
    public UUID newId() {
      return ids.next();
    }

    @Override
    public void callOutside(CallFrame frame, RuleMessage message, OutsideCall call) {
      throw new IllegalStateException("Nobody is there to be called");
    }

    @Override
    public void wakeLater(CallFrame frame, RuleMessage message, long atMs) {
      throw new IllegalStateException("Nothing is to be waited for");
    }
  }
}
