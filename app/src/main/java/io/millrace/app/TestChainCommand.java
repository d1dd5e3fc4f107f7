package io.millrace.app;

import io.millrace.base.config.Settings;
import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.alarms.Alarms;
import io.millrace.engine.rpc.Rpcs;
import io.millrace.engine.rules.ChainDefinition;
import io.millrace.engine.rules.ChainTest;
import io.millrace.engine.rules.NodeServices;
import io.millrace.engine.rules.NodeStates;
import io.millrace.engine.rules.Rehearsal;
import io.millrace.engine.rules.RuleChainJson;
import io.millrace.engine.rules.ValueWatch;
import io.millrace.engine.rules.nodes.StandardNodes;
import io.millrace.engine.scripts.Scripts;
import io.millrace.store.attributes.AttributeStore;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.timeseries.TimeseriesStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `millrace test-chain`: runs a chain test, or several, without a server.
@Command(
    name = "test-chain",
    description =
        "Runs chain tests: files with a rule chain (\"chain\") and \"steps\", or exported chains"
            + " with \"tests\".")
final class TestChainCommand implements Callable<Integer> {
  private static final UUID CHAIN = new UUID(0, 2);
  private static final EntityId TENANT = new EntityId(EntityType.TENANT, new UUID(0, 3));
  private static final long CACHE_BYTES = 4 << 20;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Chain tests.")
  private List<Path> files = List.of();

  @Override
  public Integer call() throws IOException {
    int failed = 0;
    for (var file : files) {
      var failures = run(file);
      failures.forEach(failure -> System.out.println("  " + failure));
      System.out.println((failures.isEmpty() ? "passed  " : "FAILED  ") + file);
      failed += failures.isEmpty() ? 0 : 1;
    }
    return failed == 0 ? 0 : 1;
  }

  private static List<String> run(Path file) throws IOException {
    try {
      if (!(Json.parse(Files.readString(file)) instanceof JsonObject test)) {
        return List.of("It is not a JSON object.");
      }
      return test.get("tests") instanceof JsonArray tests ? runAll(test, tests) : run(test);
    } catch (JsonSyntaxException | IllegalArgumentException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  /// The tests that an exported chain brings along.
  private static List<String> runAll(JsonObject export, JsonArray tests) throws IOException {
    var failures = new ArrayList<String>();
    for (var each : tests.values()) {
      if (each instanceof JsonObject test) {
        run(test.with("chain", export))
            .forEach(failure -> failures.add(test.text("name", "") + ": " + failure));
      }
    }
    return failures;
  }

  private static List<String> run(JsonObject test) throws IOException {
    var directory = Files.createTempDirectory("test-chain");
    try (var parts = new OpenParts()) {
      var world = World.open(parts);
      var store = parts.add(CommitStore.open(directory.resolve("store"), CACHE_BYTES));
      var services = services(world, store, directory, parts);
      var chain =
          new ChainDefinition(
              CHAIN,
              TENANT,
              "Chain",
              true,
              RuleChainJson.withIds(metadata(test.get("chain")), CHAIN, world.ids()::next));
      try (var rehearsal =
          new Rehearsal(
              Settings.defaults(io.millrace.engine.rules.Config.class),
              StandardNodes.types(),
              services,
              _ -> ValueWatch.NONE,
              TENANT,
              List.of(chain))) {
        return ChainTest.run(test, rehearsal);
      }
    } finally {
      CommitStore.deleteTree(directory);
    }
  }

  private static NodeServices services(
      World world, CommitStore store, Path directory, OpenParts parts) {
    return new NodeServices(
        parts.add(
            new Scripts(
                Settings.defaults(io.millrace.engine.scripts.Config.class),
                world.clock(),
                world.random())),
        TimeseriesStore.open(store),
        AttributeStore.open(store),
        Alarms.open(store, Settings.defaults(io.millrace.engine.alarms.Config.class)),
        parts.add(
            EntityStore.open(
                io.millrace.store.entities.Config.embedded(),
                directory,
                world.clock(),
                world.ids())),
        new NodeStates(store),
        parts.add(
            Rpcs.open(
                Settings.defaults(io.millrace.engine.rpc.Config.class),
                store,
                world.clock(),
                world.scheduler())));
  }

  /// An exported chain, or its metadata alone.
  private static JsonObject metadata(@Nullable JsonValue chain) {
    if (chain instanceof JsonObject given) {
      return given.get("metadata") instanceof JsonObject metadata ? metadata : given;
    }
    throw new IllegalArgumentException(
        "The test has no \"chain\": give it an exported rule chain, or its metadata.");
  }
}
