package io.millrace.app;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Telemetry into a running Millrace, through the API that any program uses.
final class TelemetryUpload implements ImportTelemetryCommand.Target {
  private static final int UNAUTHORIZED = 401;
  private static final int OK = 200;

  private final HttpClient http = HttpClient.newHttpClient();
  private final String base;
  private final JsonObject login;
  private String token = "";

  private TelemetryUpload(String base, JsonObject login) {
    this.base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    this.login = login;
  }

  /// @throws IllegalArgumentException when nobody is named or the log-in is refused
  static TelemetryUpload signIn(String url, String user, String password) throws IOException {
    if (user.isEmpty() || password.isEmpty()) {
      throw new IllegalArgumentException(
          "--url needs --user=NAME and --password=WORD (or MILLRACE_PASSWORD)");
    }
    var login = JsonObject.builder().put("username", user).put("password", password).build();
    var upload = new TelemetryUpload(url, login);
    upload.signIn();
    return upload;
  }

  private void signIn() throws IOException {
    token = "";
    var reply = post("/api/auth/login", login);
    if (reply.statusCode() != OK) {
      throw refused("The log-in", reply);
    }
    token = ((JsonObject) Json.parse(reply.body())).text("token", "");
  }

  @Override
  public void save(List<ExportedPoint> batch) throws IOException {
    var byEntity = new LinkedHashMap<EntityId, Map<Long, Map<String, JsonValue>>>();
    for (var row : batch) {
      byEntity
          .computeIfAbsent(row.entity(), _ -> new LinkedHashMap<>())
          .computeIfAbsent(row.point().ts(), _ -> new LinkedHashMap<>())
          .put(row.point().key(), row.point().value());
    }
    for (var entity : byEntity.entrySet()) {
      save(entity.getKey(), body(entity.getValue()));
    }
  }

  private void save(EntityId entity, JsonValue body) throws IOException {
    var path = "/api/plugins/telemetry/%s/%s/timeseries/ANY".formatted(entity.type(), entity.id());
    var reply = post(path, body);
    if (reply.statusCode() == UNAUTHORIZED) { // the log-in has run out meanwhile
      signIn();
      reply = post(path, body);
    }
    if (reply.statusCode() != OK) {
      throw refused("Telemetry of " + entity.type() + " " + entity.id(), reply);
    }
  }

  private static JsonValue body(Map<Long, Map<String, JsonValue>> byTs) {
    var rows = new ArrayList<JsonValue>();
    byTs.forEach(
        (ts, values) -> {
          var json = JsonObject.builder();
          values.forEach(json::put);
          rows.add(JsonObject.builder().put("ts", ts).put("values", json.build()).build());
        });
    return new JsonArray(rows);
  }

  private HttpResponse<byte[]> post(String path, JsonValue body) throws IOException {
    var request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofMinutes(1))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    if (!token.isEmpty()) {
      request.header("X-Authorization", "Bearer " + token);
    }
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private IllegalArgumentException refused(String what, HttpResponse<byte[]> reply) {
    return new IllegalArgumentException(
        "%s was refused by %s: %d %s. The same command goes on where it stopped."
            .formatted(what, base, reply.statusCode(), message(reply.body())));
  }

  private static String message(byte[] body) {
    var text = new String(body, StandardCharsets.UTF_8);
    return json(text) instanceof JsonObject json
            && json.get("message") instanceof JsonString(var message)
        ? message
        : text;
  }

  private static @Nullable JsonValue json(String text) {
    try {
      return Json.parse(text);
    } catch (RuntimeException notJson) {
      return null;
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
