package io.millrace.app;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// A user of the platform API, signed in; what it asks for must be answered with 200.
final class Api {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String base;
  private final String token;

  private Api(String base, String token) {
    this.base = base;
    this.token = token;
  }

  static Api signIn(String base, String user, String password) {
    var login = JsonObject.builder().put("username", user).put("password", password).build();
    var reply = (JsonObject) new Api(base, "").post("/api/auth/login", login);
    return new Api(base, reply.text("token", ""));
  }

  JsonValue get(String path) {
    return answer(request(path).GET().build());
  }

  JsonValue post(String path, JsonValue body) {
    return answer(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build());
  }

  /// The id of the tenant's device of that name.
  String device(String name) {
    var found = get("/api/tenant/devices?deviceName=" + name.replace(" ", "%20"));
    return id((JsonObject) found);
  }

  /// A device made for the test, and its access token.
  String createDevice(String name, String accessToken) {
    var device = JsonObject.builder().put("name", name).put("type", "default").build();
    return id((JsonObject) post("/api/device?accessToken=" + accessToken, device));
  }

  /// How many points of `key` a device has between the two times.
  int points(String device, String key, long fromTs, long untilTs) {
    var found =
        (JsonObject)
            get(
                "/api/plugins/telemetry/DEVICE/%s/values/timeseries?keys=%s&startTs=%d&endTs=%d&limit=1000000"
                    .formatted(device, key, fromTs, untilTs));
    return found.get(key) instanceof JsonArray points ? points.size() : 0;
  }

  private static String id(JsonObject entity) {
    return entity.get("id") instanceof JsonObject id && id.get("id") instanceof JsonString(var text)
        ? text
        : "";
  }

  private HttpRequest.Builder request(String path) {
    var builder = HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30));
    return token.isEmpty() ? builder : builder.header("X-Authorization", "Bearer " + token);
  }

  private JsonValue answer(HttpRequest request) {
    try {
      var reply = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (reply.statusCode() != 200) {
        throw new IllegalStateException(
            "%s %s: %d %s"
                .formatted(
                    request.method(), request.uri(), reply.statusCode(), new String(reply.body())));
      }
      return reply.body().length == 0 ? JsonObject.EMPTY : Json.parse(reply.body());
    } catch (IOException e) {
      throw new UncheckedIOException(request.uri().toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
