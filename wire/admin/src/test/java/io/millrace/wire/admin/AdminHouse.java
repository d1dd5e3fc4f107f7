package io.millrace.wire.admin;

import io.millrace.base.config.Settings;
import io.millrace.base.json.Json;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Ids;
import io.millrace.base.runtime.SystemScheduler;
import io.millrace.engine.access.Access;
import io.millrace.engine.access.Login;
import io.millrace.engine.pipeline.Pipeline;
import io.millrace.engine.rules.RuleEngine;
import io.millrace.engine.rules.nodes.StandardNodes;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.entities.Authority;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.Tenant;
import io.millrace.store.messages.MessageLog;
import io.millrace.wire.device.GatewayDevices;
import io.millrace.wire.device.TopicMappings;
import io.millrace.wire.http.HttpServer;
import io.millrace.wire.mqtt.Authenticator;
import io.millrace.wire.mqtt.Authorizer;
import io.millrace.wire.mqtt.MqttClient;
import io.millrace.wire.mqtt.MqttClientOptions;
import io.millrace.wire.mqtt.MqttConfig;
import io.millrace.wire.mqtt.MqttServer;
import io.millrace.wire.mqtt.Tap;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// A broker with the operators' API on real sockets.
final class AdminHouse implements AutoCloseable {
  static final String PASSWORD = "correct horse";
  static final Config DEFAULTS = Settings.defaults(Config.class);

  final Counters counters = new Counters();
  final EntityStore entities;
  final MqttServer mqtt;
  final MessageLog log;
  final Pipeline pipeline;
  final EntityId tenant;
  final List<String> routes;
  final int port;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Access access;
  private final HttpClient http = HttpClient.newHttpClient();

  AdminHouse(Path directory, Config config) {
    var random = new Random(5);
    var clock = Clock.SYSTEM;
    var ids = new Ids(clock, random);
    var scheduler = opened(new SystemScheduler());
    var commits = opened(CommitStore.open(directory, 8L << 20));
    entities =
        opened(
            EntityStore.open(io.millrace.store.entities.Config.embedded(), directory, clock, ids));
    var cheapHashes = Settings.of().addFlags(List.of("--access.hashMemoryKb=1024"));
    access =
        Access.open(
            cheapHashes.bind("access", io.millrace.engine.access.Config.class),
            commits,
            entities,
            clock,
            ids,
            random);
    tenant = entities.tenants().save(Tenant.named(entities.newId(EntityType.TENANT), "A")).id();
    access.newUser(
        Authority.SYS_ADMIN, EntityStore.SYSTEM_TENANT, null, "root@x.example", PASSWORD);
    access.newUser(Authority.TENANT_ADMIN, tenant, null, "a@x.example", PASSWORD);
    access.newUser(Authority.CUSTOMER_USER, tenant, null, "c@x.example", PASSWORD);
    log =
        opened(
            MessageLog.open(
                commits,
                Settings.defaults(io.millrace.store.messages.Config.class),
                clock,
                scheduler,
                counters));
    var rules = // no chain is deployed: it needs nothing
        new RuleEngine(
            Settings.defaults(io.millrace.engine.rules.Config.class),
            StandardNodes.types(),
            null,
            io.millrace.engine.rules.Routes.ROOT,
            clock);
    pipeline =
        opened(
            Pipeline.open(
                Settings.defaults(io.millrace.engine.pipeline.Config.class),
                commits,
                rules,
                clock,
                scheduler,
                counters,
                ids));
    pipeline.keepMessages(log);
    pipeline.start();
    var mappings =
        opened(
            TopicMappings.open(
                new io.millrace.wire.device.Config(
                    65_536, true, List.of("conf/# -> device \"From settings\"")),
                entities,
                commits,
                pipeline.ingest(),
                new GatewayDevices(entities, () -> ids.next().toString()),
                counters));
    var free =
        Settings.of()
            .addFlags(List.of("--mqtt.port=0", "--mqtt.websocket.port=0", "--mqtt.threads=2"));
    mqtt =
        opened(
            MqttServer.open(
                free.bind("mqtt", MqttConfig.class),
                "127.0.0.1",
                Authenticator.NONE,
                Authorizer.ALL,
                Tap.NONE,
                clock,
                scheduler,
                ids,
                counters));
    mqtt.keepMessages(log, counters);
    var server =
        opened(HttpServer.open(Settings.defaults(io.millrace.wire.http.Config.class), clock));
    var listener = opened(server.listener("http.port", "127.0.0.1", 0));
    routes =
        new AdminApi(
                config,
                new AdminApi.Parts(access, mqtt, log, mappings, clock, counters, "0.0-test"))
            .mount(listener, server.blocking());
    listener.start();
    port = listener.port();
  }

  record Answer(int status, String text) {
    JsonObject json() {
      return (JsonObject) Json.parse(text);
    }

    /// The rows of a page.
    List<JsonObject> data() {
      return ((io.millrace.base.json.JsonArray) json().get("data"))
          .values().stream().map(JsonObject.class::cast).toList();
    }
  }

  MqttClient client(String id) {
    return MqttClient.connect(
        MqttClientOptions.to("127.0.0.1", mqtt.ports().getFirst()).clientId(id));
  }

  String token(String email) {
    return ((Login.SignedIn) access.login(email, PASSWORD, "test")).tokens().token();
  }

  Answer get(String path) throws Exception {
    return call("GET", path, JsonNull.NULL, token("a@x.example"));
  }

  Answer delete(String path) throws Exception {
    return call("DELETE", path, JsonNull.NULL, token("a@x.example"));
  }

  Answer post(String path, String json) throws Exception {
    return call("POST", path, Json.parse(json), token("a@x.example"));
  }

  Answer call(String method, String path, JsonValue body, @Nullable String token) throws Exception {
    var publisher =
        body == JsonNull.NULL
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body));
    var request = HttpRequest.newBuilder(uri(path)).method(method, publisher);
    if (token != null) {
      request.header("X-Authorization", "Bearer " + token);
    }
    var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.body());
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  HttpClient http() {
    return http;
  }

  private <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  @Override
  public void close() throws Exception {
    http.close();
    for (var part : parts) {
      part.close();
    }
  }
}
