package io.millrace.bench;

import com.sun.management.OperatingSystemMXBean;
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
import io.millrace.engine.rules.ChainDefinition;
import io.millrace.engine.rules.Config;
import io.millrace.engine.rules.NodeServices;
import io.millrace.engine.rules.NodeStates;
import io.millrace.engine.rules.Routes;
import io.millrace.engine.rules.RuleChainJson;
import io.millrace.engine.rules.RuleEngine;
import io.millrace.engine.rules.nodes.StandardNodes;
import io.millrace.engine.scripts.Scripts;
import io.millrace.store.attributes.AttributeStore;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.timeseries.TimeseriesStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// How long many rule chains take to load, and what they hold of the heap afterwards.
@Command(
    name = "chains",
    description = "Loads many rule chains of ten nodes, two of them scripts of their own.")
final class ChainsBench implements Callable<Integer> {
  private static final String SAVE = "telemetry.TbMsgTimeseriesNode";
  private static final String FILTER = "filter.TbJsFilterNode";

  @Option(names = "--chains", defaultValue = "10000", description = "Chains (default: 10000).")
  private int count;

  @Option(names = "--nodes", defaultValue = "10", description = "Nodes in each (default: 10).")
  private int nodes;

  @Option(
      names = "--found",
      description = "Instead: takes in every export found there, and writes it again.")
  private List<Path> found = List.of();

  @Override
  public Integer call() throws Exception {
    var directory = Files.createTempDirectory("millrace-bench");
    var ids = new Ids(Clock.SYSTEM, new Random(1));
    try (var scheduler = new SystemScheduler();
        var store = CommitStore.open(directory.resolve("store"), 64 << 20);
        var entities =
            EntityStore.open(
                io.millrace.store.entities.Config.embedded(), directory, Clock.SYSTEM, ids);
        var scripts =
            new Scripts(
                io.millrace.engine.scripts.Config.standard(), Clock.SYSTEM, new Random(2))) {
      var engine =
          new RuleEngine(
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
      if (found.isEmpty()) {
        load(engine, ids);
      }
      for (var root : found) {
        takeIn(root, engine);
      }
    } finally {
      CommitStore.deleteTree(directory);
    }
    return 0;
  }

  private static void takeIn(Path root, RuleEngine engine) throws IOException {
    int exports = 0;
    int equal = 0;
    int sound = 0;
    try (var files = Files.walk(root)) {
      for (var file : files.filter(each -> each.toString().endsWith(".json")).sorted().toList()) {
        if (!(Json.parse(Files.readAllBytes(file)) instanceof JsonObject export)
            || !(export.get("ruleChain") instanceof JsonObject)
            || !(export.get("metadata") instanceof JsonObject)) {
          continue;
        }
        exports++;
        var read = RuleChainJson.read(export);
        equal += RuleChainJson.write(read.ruleChain(), read.metadata()).equals(export) ? 1 : 0;
        var problems = engine.check(read.metadata());
        sound += problems.isEmpty() ? 1 : 0;
        problems.forEach(problem -> System.out.printf("  %s: %s%n", file, problem));
      }
    }
    System.out.printf(
        "%s: %d exports, %d come back equal, %d run without any problem%n",
        root, exports, equal, sound);
  }

  private void load(RuleEngine engine, Ids ids) {
    long heapBefore = heapBytes();
    long began = System.nanoTime();
    var chains = new ArrayList<ChainDefinition>();
    for (int i = 0; i < count; i++) {
      var id = new UUID(3, i);
      var tenant = new EntityId(EntityType.TENANT, new UUID(1, i));
      var metadata = RuleChainJson.withIds(metadata(i), id, ids::next);
      chains.add(new ChainDefinition(id, tenant, "Chain " + i, true, metadata));
    }
    double made = (System.nanoTime() - began) / 1e9;
    long cpuBefore = cpuNanos();
    engine.deploy(chains);
    double cpu = (cpuNanos() - cpuBefore) / 1e9;
    double all = (System.nanoTime() - began) / 1e9;
    chains.clear();
    long heap = heapBytes() - heapBefore;
    System.out.printf(
        "%,d chains of %d nodes: deployed in %.1f s (%.1f s of CPU), %.1f s with their JSON; %,d MB"
            + " of heap more after a collection, %,d MB of classes and code in all; %,d in the"
            + " engine%n",
        count,
        nodes,
        all - made,
        cpu,
        all,
        heap >> 20,
        ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage().getCommitted() >> 20,
        engine.totals().chains());
  }

  /// Every second pair of nodes is a filter with a script that no other chain has, and a save.
  private JsonObject metadata(int number) {
    var list = new ArrayList<JsonValue>();
    var links = new ArrayList<JsonValue>();
    for (int i = 0; i < nodes; i++) {
      boolean isFilter = i % 5 == 0;
      list.add(isFilter ? filter(number, i) : node(SAVE, "save " + i, JsonObject.EMPTY));
      if (i + 1 < nodes) {
        links.add(
            JsonObject.builder()
                .put("fromIndex", i)
                .put("toIndex", i + 1)
                .put("type", isFilter ? "True" : "Success")
                .build());
      }
    }
    return JsonObject.builder()
        .put("firstNodeIndex", 0)
        .put("nodes", new JsonArray(List.copyOf(list)))
        .put("connections", new JsonArray(List.copyOf(links)))
        .build();
  }

  private static JsonObject filter(int number, int place) {
    var script = "return msg.temperature > " + number + " && msg.humidity < " + place + ";";
    var configuration =
        Json.parse(
            "{\"scriptLang\":\"JS\",\"jsScript\":\"%s\",\"tbelScript\":\"\"}".formatted(script));
    return node(FILTER, "filter " + place, configuration);
  }

  private static JsonObject node(String type, String name, JsonValue configuration) {
    return JsonObject.builder()
        .put("type", "org.thingsboard.rule.engine." + type)
        .put("name", name)
        .put("configuration", configuration)
        .build();
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static long heapBytes() {
    System.gc(); // what is left after it is what the figure is about
    var runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
