package io.millrace.wire.kafka;

import io.millrace.base.config.Settings;
import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
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
import io.millrace.store.commit.CommitStore;
import io.millrace.store.entities.Authority;
import io.millrace.store.entities.Customer;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.Role;
import io.millrace.store.entities.Tenant;
import io.millrace.store.entities.User;
import io.millrace.wire.http.HttpListener;
import io.millrace.wire.http.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/// Kafka's HTTP side on a port of its own, over the shared broker, with an administrator, one who
/// may only look and a customer's user.
final class ApiHouse implements AutoCloseable {
  static final String ADMIN = "admin@kafka.test";
  static final String PASSWORD = "correct horse";
  static final HttpClient HTTP = HttpClient.newHttpClient();

  final KafkaApi api;
  final String adminToken;
  final String customerToken;
  final String readerToken;
  private final HttpListener listener;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  /// An answer; a body that is not there is `null`.
  record Answer(int status, String type, JsonValue json) {
    JsonObject object() {
      return (JsonObject) json;
    }

    JsonArray array() {
      return (JsonArray) json;
    }

    JsonValue member(String name) {
      var value = object().get(name);
      return value == null ? JsonNull.NULL : value;
    }

    String message() {
      return object().text("message", "");
    }
  }

  ApiHouse(Path directory, KafkaConnection kafka, String... flags) {
    var random = new SplittableRandom(7);
    var ids = new Ids(Clock.SYSTEM, random);
    var counters = new Counters();
    var store = opened(CommitStore.open(directory, 8L << 20));
    var entities =
        opened(
            EntityStore.open(
                io.millrace.store.entities.Config.embedded(), directory, Clock.SYSTEM, ids));
    var access =
        Access.open(
            Settings.defaults(io.millrace.engine.access.Config.class),
            store,
            entities,
            Clock.SYSTEM,
            ids,
            random);
    var tenant =
        entities.tenants().save(Tenant.named(entities.newId(EntityType.TENANT), "Fleet")).id();
    access.newUser(Authority.TENANT_ADMIN, tenant, null, ADMIN, PASSWORD);
    access.newUser(
        Authority.CUSTOMER_USER, tenant, customer(entities, tenant), "user@kafka.test", PASSWORD);
    var reader =
        access.newUser(Authority.TENANT_ADMIN, tenant, null, "reader@kafka.test", PASSWORD);
    entities.users().save(readOnly(reader));
    adminToken = token(access, ADMIN);
    readerToken = token(access, reader.email());
    customerToken = token(access, "user@kafka.test");
    var scheduler = opened(new SystemScheduler());
    var http =
        opened(
            HttpServer.open(Settings.defaults(io.millrace.wire.http.Config.class), Clock.SYSTEM));
    listener = opened(http.listener("http.port", "127.0.0.1", 0));
    api =
        opened(
            new KafkaApi(
                Settings.of().addFlags(List.of(flags)).bind("kafka.api", ApiConfig.class),
                new KafkaApi.Parts(
                    kafka,
                    Settings.of()
                        .addFlags(List.of(flags))
                        .bind("kafka", FlowConfig.class)
                        .registry(),
                    access,
                    entities,
                    Clock.SYSTEM,
                    scheduler,
                    counters)));
    api.mount(listener, http.blocking());
    listener.start();
  }

  private static EntityId customer(EntityStore entities, EntityId tenant) {
    return entities
        .customers()
        .save(Customer.named(entities.newId(EntityType.CUSTOMER), tenant, "Customer"))
        .id();
  }

  private static User readOnly(User user) {
    return new User(
        user.id(),
        user.createdTime(),
        user.tenantId(),
        user.customerId(),
        user.authority(),
        Role.READ_ONLY,
        user.enabled(),
        user.email(),
        user.firstName(),
        user.lastName(),
        user.phone(),
        user.additionalInfo(),
        user.version());
  }

  private static String token(Access access, String email) {
    return ((Login.SignedIn) access.login(email, PASSWORD, "test")).tokens().token();
  }

  int port() {
    return listener.port();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  Answer get(String path) {
    return send("GET", path, "", "Bearer " + adminToken, "application/json");
  }

  Answer post(String path, String body) {
    return send("POST", path, body, "Bearer " + adminToken, "application/json");
  }

  Answer put(String path, String body) {
    return send("PUT", path, body, "Bearer " + adminToken, "application/json");
  }

  Answer delete(String path) {
    return send("DELETE", path, "", "Bearer " + adminToken, "application/json");
  }

  Answer send(String method, String path, String body, String authorization, String type) {
    var request =
        HttpRequest.newBuilder(uri(path))
            .method(method, BodyPublishers.ofString(body))
            .header("Content-Type", type);
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    try {
      var answer = HTTP.send(request.build(), BodyHandlers.ofByteArray());
      var json = answer.body().length == 0 ? JsonNull.NULL : Json.parse(answer.body());
      return new Answer(
          answer.statusCode(), answer.headers().firstValue("Content-Type").orElse(""), json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  @Override
  public void close() {
    for (var part : parts) {
      try {
        part.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
