package io.millrace.app;

import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Ids;
import io.millrace.base.runtime.SystemScheduler;
import io.millrace.base.runtime.Threads;
import io.millrace.engine.access.Access;
import io.millrace.engine.access.Authentication;
import io.millrace.engine.access.FirstAdministrator;
import io.millrace.engine.alarms.Alarms;
import io.millrace.engine.live.LiveUpdates;
import io.millrace.engine.pipeline.Pipeline;
import io.millrace.engine.rules.NodeServices;
import io.millrace.engine.rules.NodeStates;
import io.millrace.engine.rules.RuleEngine;
import io.millrace.engine.rules.StoredChains;
import io.millrace.engine.rules.nodes.StandardNodes;
import io.millrace.engine.scripts.Scripts;
import io.millrace.store.attributes.AttributeStore;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.entities.Authority;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.realtime.RealtimeStore;
import io.millrace.store.timeseries.TimeseriesStore;
import io.millrace.wire.device.DeviceAuthenticator;
import io.millrace.wire.device.DeviceHttp;
import io.millrace.wire.device.DeviceMqtt;
import io.millrace.wire.device.GatewayDevices;
import io.millrace.wire.http.HttpDelivery;
import io.millrace.wire.http.HttpError;
import io.millrace.wire.http.HttpServer;
import io.millrace.wire.http.WebUi;
import io.millrace.wire.mqtt.Authorizer;
import io.millrace.wire.mqtt.CommitRetainedStore;
import io.millrace.wire.mqtt.MqttServer;
import io.millrace.wire.realtime.EmbeddedRealtimeDelivery;
import io.millrace.wire.realtime.RealtimeApi;
import io.millrace.wire.user.PlatformInfo;
import io.millrace.wire.user.TenantSetup;
import io.millrace.wire.user.UserApi;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// All parts of one Millrace, opened floor by floor and closed the other way round.
final class Millrace implements AutoCloseable {
  private final Clock clock = Clock.SYSTEM;
  private final SecureRandom random = new SecureRandom();
  private final MillraceConfig config;
  private final boolean isDemo;
  private final OpenParts parts;
  private final SystemScheduler scheduler;
  private final PortsFile portsFile;
  private final EntityStore entities;
  private final AttributeStore attributes;
  private final RealtimeStore realtime;
  private final Access access;
  private final Pipeline pipeline;
  private volatile @Nullable Urls urls; // known once all ports are open

  private Millrace(MillraceConfig config, boolean isDemo, OpenParts parts) {
    this.parts = parts;
    this.config = config;
    this.isDemo = isDemo;
    var address = config.bind().address();
    var directory = config.data().dir();
    var counters = new Counters();
    var ids = new Ids(clock, random);
    scheduler = parts.add(new SystemScheduler());

    // store
    var store = parts.add(CommitStore.open(directory, config.data().cacheBytes()));
    portsFile = new PortsFile(directory);
    portsFile.remove();
    entities = parts.add(EntityStore.open(config.entities(), directory, clock, ids));
    var timeseries = TimeseriesStore.open(store);
    attributes = AttributeStore.open(store);
    realtime = parts.add(RealtimeStore.open(store, config.realtimeStore(), clock, random));

    // engine
    access = Access.open(config.access(), store, entities, clock, ids, random);
    var alarms = Alarms.open(store, config.alarms());
    var scripts = parts.add(new Scripts(config.scripts(), clock, random));
    var chains = new StoredChains(entities);
    var services =
        new NodeServices(scripts, timeseries, attributes, alarms, entities, new NodeStates(store));
    var rules = new RuleEngine(config.rules(), StandardNodes.types(), services, chains, clock);
    chains.feed(rules);
    var live = new LiveUpdates(config.live(), timeseries, attributes, alarms, clock, counters);
    pipeline =
        parts.add(Pipeline.open(config.pipeline(), store, rules, clock, scheduler, counters, ids));
    pipeline.deliveries("http", parts.add(new HttpDelivery(config.http().outgoing())));
    if (config.realtime().embedFirebase()) {
      pipeline.deliveries("http", new EmbeddedRealtimeDelivery(config.realtime(), realtime));
    }
    pipeline.start();

    // wire
    var http = parts.add(HttpServer.open(config.http(), clock));
    var realtimeApi =
        parts.add(
            RealtimeApi.open(
                http,
                address,
                config.realtime(),
                realtime,
                this::isAdmin,
                clock,
                scheduler,
                random,
                counters));
    var gateways = new GatewayDevices(entities, this::accessToken);
    var devices =
        parts.add(
            new DeviceMqtt(
                config.device(),
                entities,
                attributes,
                pipeline.ingest(),
                gateways,
                clock,
                counters));
    var mqtt =
        parts.add(
            MqttServer.open(
                config.mqtt(),
                address,
                parts.add(new DeviceAuthenticator(entities)),
                Authorizer.ALL,
                devices,
                clock,
                scheduler,
                ids,
                counters,
                parts.add(CommitRetainedStore.open(store))));
    var listener = parts.add(http.listener("http.port", address, config.http().port()));
    var userApi =
        parts.add(
            new UserApi(
                config.user(),
                new UserApi.Parts(
                    access,
                    entities,
                    timeseries,
                    attributes,
                    alarms,
                    rules,
                    scripts,
                    pipeline,
                    live,
                    counters,
                    clock,
                    scheduler,
                    ids,
                    random,
                    this::info,
                    store::trouble)));
    userApi.mount(listener, http.blocking());
    new DeviceHttp(config.device(), entities, attributes, pipeline.ingest(), http.blocking())
        .mount(listener.router());
    WebUi.mount(listener.router(), http.blocking());
    listener.start();
    urls =
        Urls.of(address, mqtt.ports(), mqtt.webSocketPort(), listener.port(), realtimeApi.port());
  }

  /// Opens everything, the ports last; what was opened is closed again when something fails.
  static Millrace start(MillraceConfig config, boolean isDemo) {
    var parts = new OpenParts();
    try {
      return new Millrace(config, isDemo, parts);
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  /// Makes the first administrator unless there is any tenant; the caller shows the password once.
  Optional<FirstAdministrator> firstAdministrator() {
    var made = access.firstStart();
    made.ifPresent(administrator -> new TenantSetup(entities).furnish(administrator.tenant().id()));
    return made;
  }

  /// Makes the demo tenant unless an earlier start did.
  void installDemo() {
    DemoTenant.install(entities, attributes, access, pipeline.ingest());
  }

  /// Starts the simulated DHT11 of the demo tenant.
  void simulate() {
    var worker = parts.add(Executors.newSingleThreadExecutor(Threads.factory("simulated-sensor")));
    var port = urls().mqttPorts().getFirst();
    parts.add(new SimulatedSensor(port, DemoTenant.SENSOR_TOKEN, clock, scheduler, random, worker));
  }

  /// Writes `ports.json`: from now on others may count on everything being ready.
  void publishPorts() {
    portsFile.write(urls().json());
    parts.add(portsFile::remove);
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
    return clock.millis() - ManagementFactory.getRuntimeMXBean().getStartTime();
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
        new PlatformInfo.Realtime(known.realtime(), realtime.names()),
        new PlatformInfo.Mqtt(
            ports.getFirst(), ports.subList(1, ports.size()), known.webSocketPort()));
  }

  private boolean isAdmin(String token) {
    return access.authenticate(token) instanceof Authentication.Known(var caller)
        && caller.authority() != Authority.CUSTOMER_USER;
  }

  private String accessToken() {
    var bytes = new byte[15];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes); // 20 characters
  }
}
