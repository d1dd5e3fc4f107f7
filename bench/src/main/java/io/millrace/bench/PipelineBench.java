package io.millrace.bench;

import com.sun.management.OperatingSystemMXBean;
import io.millrace.base.config.Settings;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Ack;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Ids;
import io.millrace.base.runtime.Refusal;
import io.millrace.base.runtime.Scheduler;
import io.millrace.base.runtime.SystemScheduler;
import io.millrace.base.runtime.Threads;
import io.millrace.engine.alarms.Alarms;
import io.millrace.engine.pipeline.Config;
import io.millrace.engine.pipeline.Ingest;
import io.millrace.engine.pipeline.Pipeline;
import io.millrace.engine.rpc.Rpcs;
import io.millrace.engine.rules.ChainDefinition;
import io.millrace.engine.rules.DefaultChains;
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
import io.millrace.wire.device.DeviceRequest;
import io.millrace.wire.device.DeviceTopics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Telemetry without the network: parsed, through the default root chain, stored before the
/// acknowledgement. What is left of the ingest figure when sockets cost nothing.
@Command(
    name = "pipeline",
    description = "The same without MQTT: bytes parsed, default rule chain, stored, acknowledged.")
final class PipelineBench implements Callable<Integer> {
  private static final String TOPIC = "v1/devices/me/telemetry";
  private static final EntityId TENANT = new EntityId(EntityType.TENANT, new UUID(1, 1));

  @Option(names = "--devices", defaultValue = "50", description = "Devices (default: 50).")
  private int devices;

  @Option(names = "--window", defaultValue = "20", description = "In flight each (default: 20).")
  private int window;

  @Option(names = "--seconds", defaultValue = "10", description = "Measured time (default: 10).")
  private int seconds;

  @Option(names = "--warmup", defaultValue = "10", description = "Time before (default: 10).")
  private int warmupSeconds;

  @Option(names = "--threads", defaultValue = "1", description = "Senders (default: 1).")
  private int threads;

  private volatile boolean stopping;
  private final LongAdder acknowledged = new LongAdder();
  private final Counters counters = new Counters();

  @Override
  public Integer call() throws Exception {
    var directory = Files.createTempDirectory("millrace-bench");
    var clock = Clock.SYSTEM;
    var ids = new Ids(clock, new Random(1));
    try (var scheduler = new SystemScheduler();
        var store = CommitStore.open(directory, 256 << 20);
        var entities =
            EntityStore.open(io.millrace.store.entities.Config.embedded(), directory, clock, ids);
        var pipeline =
            Pipeline.open(
                Settings.defaults(Config.class),
                store,
                rules(store, entities, ids, scheduler),
                clock,
                scheduler,
                counters,
                ids)) {
      pipeline.start();
      for (int i = 0; i < threads; i++) {
        var sender = new Sender(pipeline.ingest(), i);
        Threads.platform("sender-" + i, sender).start();
      }
      measure();
      stopping = true;
    } finally {
      delete(directory);
    }
    return 0;
  }

  private RuleEngine rules(CommitStore store, EntityStore entities, Ids ids, Scheduler scheduler) {
    var scripts =
        new Scripts(io.millrace.engine.scripts.Config.standard(), Clock.SYSTEM, new Random(2));
    var alarms = Alarms.open(store, Settings.defaults(io.millrace.engine.alarms.Config.class));
    var services =
        new NodeServices(
            scripts,
            TimeseriesStore.open(store),
            AttributeStore.open(store),
            alarms,
            entities,
            new NodeStates(store),
            Rpcs.open(
                Settings.defaults(io.millrace.engine.rpc.Config.class),
                store,
                Clock.SYSTEM,
                scheduler));
    var engine =
        new RuleEngine(
            Settings.defaults(io.millrace.engine.rules.Config.class),
            StandardNodes.types(),
            services,
            Routes.ROOT,
            Clock.SYSTEM);
    var id = ids.next();
    var metadata = RuleChainJson.withIds(DefaultChains.root().metadata(), id, ids::next);
    engine.deploy(List.of(new ChainDefinition(id, TENANT, "Root", true, metadata)));
    return engine;
  }

  private void measure() throws InterruptedException {
    Thread.sleep(Duration.ofSeconds(warmupSeconds));
    long before = acknowledged.sum();
    long commitsBefore = counters.count("pipeline.commits").sum();
    long cpuBefore = cpuNanos();
    long began = System.nanoTime();
    Thread.sleep(Duration.ofSeconds(seconds));
    double elapsed = (System.nanoTime() - began) / 1e9;
    long count = acknowledged.sum() - before;
    long commits = counters.count("pipeline.commits").sum() - commitsBefore;
    System.out.printf(
        "pipeline: %,.0f messages/s stored, %.2f us CPU each, %.0f per commit, %,.0f commits/s (%d"
            + " devices, %d in flight each)%n",
        count / elapsed,
        (cpuNanos() - cpuBefore) / 1e3 / count,
        (double) count / commits,
        commits / elapsed,
        devices,
        window);
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  /// Stands for an event loop: sends the next message of a device when one was acknowledged.
  private final class Sender implements Runnable {
    private final Ingest ingest;
    private final int number;
    private final DeviceTopics topics =
        new DeviceTopics(Settings.defaults(io.millrace.wire.device.Config.class));
    private final ArrayBlockingQueue<Line> free = new ArrayBlockingQueue<>(devices * window);

    Sender(Ingest ingest, int number) {
      this.ingest = ingest;
      this.number = number;
    }

    @Override
    public void run() {
      for (int i = number; i < devices; i += threads) {
        var line = new Line(i, this);
        for (int j = 0; j < window; j++) {
          free.add(line);
        }
      }
      var turn = new ArrayList<Line>();
      try {
        while (true) {
          turn.add(free.take());
          free.drainTo(turn);
          turn.forEach(Line::send);
          turn.clear();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// One device.
  private final class Line implements Ack {
    private final EntityId device;
    private final Sender sender;
    private final JsonObject metadata;
    private long ts = 1_767_225_600_000L;

    Line(int number, Sender sender) {
      device = new EntityId(EntityType.DEVICE, new UUID(2, number));
      metadata =
          JsonObject.builder().put("deviceName", "D" + number).put("deviceType", "default").build();
      this.sender = sender;
    }

    void send() {
      var body = "{\"ts\":" + ts++ + ",\"values\":{\"temperature\":23.5,\"humidity\":60}}";
      var request = sender.topics.parse(TOPIC, body.getBytes(StandardCharsets.UTF_8));
      if (request instanceof DeviceRequest.PostTelemetry(var rows)) {
        sender.ingest.telemetry(TENANT, device, metadata, rows, this);
      }
    }

    @Override
    public void done() {
      acknowledged.increment();
      sender.free.add(this);
    }

    @Override
    public void refused(Refusal refusal) {
      if (!stopping) {
        throw new IllegalStateException(refusal.reason());
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
