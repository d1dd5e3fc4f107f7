package io.millrace.wire.user;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/// A REST client with a token, or with none.
record Client(int port, String token) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /// An answer; a body that is not there is `null`.
  record Answer(int status, JsonValue json) {
    JsonObject object() {
      return (JsonObject) json;
    }

    JsonValue member(String name) {
      var value = object().get(name);
      return value == null ? JsonNull.NULL : value;
    }

    String text(String name) {
      return member(name).asText();
    }

    /// The id of `{"id":{"entityType":…,"id":…}}`.
    String id() {
      return ((JsonObject) member("id")).text("id", "");
    }

    JsonArray data() {
      return (JsonArray) member("data");
    }
  }

  Answer get(String path) {
    return send("GET", path, "");
  }

  Answer post(String path, String body) {
    return send("POST", path, body);
  }

  Answer delete(String path) {
    return send("DELETE", path, "");
  }

  /// An answer that is not JSON.
  String getText(String path) {
    return raw("GET", path, "").body();
  }

  Answer send(String method, String path, String body) {
    var response = raw(method, path, body);
    return new Answer(
        response.statusCode(),
        response.body().isEmpty() ? JsonNull.NULL : Json.parse(response.body()));
  }

  private HttpResponse<String> raw(String method, String path, String body) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header(
          "X-Authorization", token.startsWith("mr_") ? "ApiKey " + token : "Bearer " + token);
    }
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
