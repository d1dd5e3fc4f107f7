package io.millrace.app;

import io.millrace.engine.notifications.Recipients;
import io.millrace.wire.admin.AdminApi;
import io.millrace.wire.device.DeviceHttp;
import io.millrace.wire.device.DeviceMqtt;
import io.millrace.wire.device.GatewayDevices;
import io.millrace.wire.device.Questions;
import io.millrace.wire.device.TopicMappings;
import io.millrace.wire.http.HttpServer;
import io.millrace.wire.http.WebUi;
import io.millrace.wire.kafka.KafkaApi;
import io.millrace.wire.kafka.KafkaConnection;
import io.millrace.wire.kafka.KafkaFlow;
import io.millrace.wire.mosquitto.MosquittoConf;
import io.millrace.wire.mqtt.BrokerStores;
import io.millrace.wire.mqtt.MqttServer;
import io.millrace.wire.realtime.Mirror;
import io.millrace.wire.realtime.PlatformUsers;
import io.millrace.wire.realtime.RealtimeApi;
import io.millrace.wire.user.PlatformInfo;
import io.millrace.wire.user.UserApi;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/// The floor `wire`: where bytes come in and go out. The ports open here, the web's last.
final class Wire {
  private final MillraceConfig config;
  private final Optional<MosquittoConf> conf;
  private final World world;
  private final Stores stores;
  private final Engine engine;
  private final KafkaConnection kafka;
  private final KafkaFlow flow;
  private final OpenParts parts;

  Wire(
      MillraceConfig config,
      Optional<MosquittoConf> conf,
      World world,
      Stores stores,
      Engine engine,
      KafkaConnection kafka,
      KafkaFlow flow,
      OpenParts parts) {
    this.config = config;
    this.conf = conf;
    this.world = world;
    this.stores = stores;
    this.engine = engine;
    this.kafka = kafka;
    this.flow = flow;
    this.parts = parts;
  }

  /// Opens every port and says where they are.
  Urls open(PlatformUsers users, Supplier<PlatformInfo> info) {
    var address = config.bind().address();
    var http = parts.add(HttpServer.open(config.http(), world.clock()));
    var realtime = realtime(http, users);
    var mappings = mappings();
    var mqtt = mqtt(mappings);
    mqtt.keepMessages(stores.messages(), world.counters());
    parts.add(flow.bridges(mqtt));
    mqtt.tellSys("Millrace " + Version.text(), world.scheduler());
    var listener = parts.add(http.listener("http.port", address, config.http().port()));
    parts.add(userApi(info)).mount(listener, http.blocking());
    new AdminApi(
            config.admin(),
            new AdminApi.Parts(
                engine.access(),
                mqtt,
                stores.messages(),
                mappings,
                world.clock(),
                world.counters(),
                Version.text()))
        .mount(listener, http.blocking());
    flow.mount(listener, engine.access(), config.kafkaApi().tenants(), http.blocking());
    new DeviceHttp(
            config.device(),
            stores.entities(),
            stores.attributes(),
            engine.pipeline().ingest(),
            engine.rpcs(),
            new Questions(world.clock(), world.ids()),
            http.blocking())
        .mount(listener.router());
    parts.add(kafkaApi()).mount(listener, http.blocking());
    WebUi.mount(listener.router(), http.blocking());
    listener.start();
    return Urls.of(
        address,
        mqtt.ports(),
        mqtt.webSocketPort(),
        listener.port(),
        realtime.port(),
        new Urls.Kafka(kafka.port(), kafka.health().bootstrapServers()));
  }

  private RealtimeApi realtime(HttpServer http, PlatformUsers users) {
    var api = realtimeApi(http, users);
    var shared = new MirroredAttributes(engine.pipeline().ingest(), stores.attributes());
    api.mirror(
        parts.add(
            new Mirror(
                stores.realtime(),
                stores.entities(),
                stores.timeseries(),
                stores.attributes(),
                shared)));
    return api;
  }

  private RealtimeApi realtimeApi(HttpServer http, PlatformUsers users) {
    return parts.add(
        RealtimeApi.open(
            http,
            config.bind().address(),
            config.realtime(),
            stores.realtime(),
            users,
            world.clock(),
            world.scheduler(),
            world.random(),
            world.counters()));
  }

  private TopicMappings mappings() {
    return parts.add(
        TopicMappings.open(
            config.device(),
            stores.entities(),
            stores.commits(),
            engine.pipeline().ingest(),
            new GatewayDevices(stores.entities(), this::accessToken),
            world.counters()));
  }

  private MqttServer mqtt(TopicMappings mappings) {
    var entities = stores.entities();
    var devices =
        parts.add(
            new DeviceMqtt(
                config.device(),
                entities,
                stores.attributes(),
                engine.pipeline().ingest(),
                new GatewayDevices(entities, this::accessToken),
                engine.rpcs(),
                new Questions(world.clock(), world.ids()),
                world.clock(),
                world.counters()));
    devices.mappings(mappings);
    var entrance = Entrance.open(config, conf, world, entities, parts);
    var server =
        parts.add(
            MqttServer.open(
                config.mqtt(),
                entrance.listeners(),
                entrance.authenticator(),
                entrance.authorizer(),
                flow.tap(devices),
                world.clock(),
                world.scheduler(),
                world.ids(),
                world.counters(),
                entrance.isPersistent()
                    ? parts.add(BrokerStores.open(stores.commits()))
                    : BrokerStores.NONE));
    parts.add(entrance.bridges()).start(server);
    HangUp.run(
        () -> {
          server.reload();
          entrance.doors().reload();
        });
    return server;
  }

  private KafkaApi kafkaApi() {
    return new KafkaApi(
        config.kafkaApi(),
        new KafkaApi.Parts(
            kafka,
            config.kafkaFlow().registry(),
            engine.access(),
            stores.entities(),
            world.clock(),
            world.scheduler(),
            world.counters()));
  }

  private UserApi userApi(Supplier<PlatformInfo> info) {
    return new UserApi(
        config.user(),
        new UserApi.Parts(
            engine.access(),
            stores.entities(),
            stores.timeseries(),
            stores.attributes(),
            engine.alarms(),
            engine.rpcs(),
            engine.rules(),
            engine.fields(),
            new Recipients(stores.entities(), config.notifications()),
            new UserApi.Mail(engine.mail(), engine.mail().settings()),
            engine.scripts(),
            engine.pipeline(),
            engine.live(),
            world.counters(),
            world.clock(),
            world.scheduler(),
            world.ids(),
            world.random(),
            info,
            stores.commits()::trouble,
            stores.keeper()::status,
            KeptLog.INSTANCE::lines,
            stores.backups()));
  }

  private String accessToken() {
    // 20 characters, as ThingsBoard's
    return Base64.getUrlEncoder().withoutPadding().encodeToString(world.secret(15));
  }
}
