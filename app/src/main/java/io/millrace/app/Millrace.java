package io.millrace.app;

import io.millrace.base.runtime.Threads;
import io.millrace.engine.access.FirstAdministrator;
import io.millrace.wire.http.HttpError;
import io.millrace.wire.kafka.KafkaConnection;
import io.millrace.wire.kafka.KafkaFlow;
import io.millrace.wire.kafka.KafkaHealth;
import io.millrace.wire.kafka.RecordSender;
import io.millrace.wire.mosquitto.MosquittoConf;
import io.millrace.wire.user.PlatformInfo;
import io.millrace.wire.user.TenantSetup;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// All parts of one Millrace, opened floor by floor and closed the other way round.
final class Millrace implements AutoCloseable {
  private final MillraceConfig config;
  private final boolean isDemo;
  private final OpenParts parts;
  private final World world;
  private final Stores stores;
  private final Engine engine;
  private final KafkaConnection kafka;
  private final KafkaFlow flow;
  private final PortsFile portsFile;
  private volatile @Nullable Urls urls; // known once all ports are open

  private Millrace(
      MillraceConfig config, boolean isDemo, Optional<MosquittoConf> conf, OpenParts parts) {
    this.config = config;
    this.isDemo = isDemo;
    this.parts = parts;
    world = World.open(parts);
    stores = Stores.open(config, world, parts);
    portsFile = new PortsFile(config.data().dir());
    portsFile.remove();
    engine = Engine.open(config, world, stores, parts);
    kafka =
        parts.add(
            KafkaConnection.open(
                config.kafka(),
                config.data().dir(),
                config.bind().address(),
                world.clock(),
                world.counters()));
    flow = parts.add(KafkaFlows.open(config, world, stores, engine, kafka));
    engine.start(config, world, stores, parts);
    flow.start();
    Gauges.register(world, stores, engine);
    urls =
        new Wire(config, conf, world, stores, engine, kafka, flow, parts)
            .open(new RealtimeUsers(engine.access()), this::info);
  }

  /// Opens everything, the ports last; what was opened is closed again when something fails.
  static Millrace start(MillraceConfig config, boolean isDemo) {
    return start(config, isDemo, Optional.empty());
  }

  /// The same, with MQTT as a mosquitto.conf has it.
  static Millrace start(MillraceConfig config, boolean isDemo, Optional<MosquittoConf> conf) {
    var parts = new OpenParts();
    try {
      return new Millrace(config, isDemo, conf, parts);
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  /// Makes the first administrator unless there is any tenant; the caller shows the password once.
  Optional<FirstAdministrator> firstAdministrator() {
    var made = engine.access().firstStart();
    made.ifPresent(
        administrator -> new TenantSetup(stores.entities()).furnish(administrator.tenant().id()));
    return made;
  }

  /// Lets the first administrator choose name and password, once.
  String setUpToken(FirstAdministrator first) {
    return engine.access().setUpToken(first);
  }

  /// Makes the demo tenant unless an earlier start did.
  void installDemo() {
    DemoTenant.install(
        stores.entities(), stores.attributes(), engine.access(), engine.pipeline().ingest());
    DemoFleet.install(stores.entities(), flow);
  }

  /// Starts the simulated DHT11 and, where there is Kafka, the vehicles of the demo tenant.
  void simulate() {
    var worker = parts.add(Executors.newSingleThreadExecutor(Threads.factory("simulated-sensor")));
    var port = urls().mqttPorts().getFirst();
    parts.add(
        new SimulatedSensor(
            port,
            DemoTenant.SENSOR_TOKEN,
            world.clock(),
            world.scheduler(),
            world.random(),
            worker));
    if (kafka.health().mode() != KafkaHealth.Mode.OFF) {
      var fleet = parts.add(Executors.newSingleThreadExecutor(Threads.factory("simulated-fleet")));
      parts.add(
          new SimulatedFleet(new RecordSender(kafka), world.clock(), world.scheduler(), fleet));
    }
  }

  /// Writes `ports.json`: from now on others may count on everything being ready. Kafka, which
  /// takes seconds, starts only now, in the background.
  void publishPorts() {
    portsFile.write(urls().json());
    parts.add(portsFile::remove);
    kafka.start();
  }

  /// Where it listens.
  Urls urls() {
    var known = urls;
    if (known == null) {
      throw HttpError.unavailable("Millrace is starting; try again in a second");
    }
    return known;
  }

  Path dataDirectory() {
    return config.data().dir().toAbsolutePath().normalize();
  }

  /// Milliseconds since the process was started.
  long startMillis() {
    return world.clock().millis() - ManagementFactory.getRuntimeMXBean().getStartTime();
  }

  @Override
  public void close() {
    parts.close();
  }

  private PlatformInfo info() {
    var demoLogins =
        isDemo
            ? List.of(new PlatformInfo.DemoLogin(DemoTenant.LOGIN, DemoTenant.PASSWORD))
            : List.<PlatformInfo.DemoLogin>of();
    var known = urls();
    var ports = known.mqttPorts();
    return new PlatformInfo(
        Version.text(),
        isDemo,
        demoLogins,
        new PlatformInfo.Realtime(known.realtime(), stores.realtime().names()),
        new PlatformInfo.Mqtt(
            ports.isEmpty() ? -1 : ports.getFirst(),
            ports.stream().skip(1).toList(),
            known.webSocketPort()),
        kafkaInfo());
  }

  private PlatformInfo.Kafka kafkaInfo() {
    var health = kafka.health();
    return new PlatformInfo.Kafka(
        health.state().name(),
        health.mode().name().toLowerCase(Locale.ROOT),
        health.bootstrapServers());
  }
}
