package io.millrace.bench;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.testkit.FaultyDisk;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The process under torture, started again and again on the same data, and its REST API.
final class TortureServer implements AutoCloseable {
  private static final int START_SECONDS = 90;
  private static final int STOP_SECONDS = 60;

  private final List<String> launcher;
  private final Path folder;
  private final FaultyDisk disk;
  private final HttpClient http = HttpClient.newHttpClient();
  private @Nullable Process process;
  private JsonObject ports = JsonObject.EMPTY;
  private String token = "";

  TortureServer(List<String> launcher, Path folder, FaultyDisk disk) {
    this.launcher = launcher;
    this.folder = folder;
    this.disk = disk;
  }

  Path data() {
    return folder.resolve("data");
  }

  /// Starts it and signs in.
  void start() throws IOException, InterruptedException {
    disk.healthy();
    var portsFile = data().resolve("ports.json");
    Files.deleteIfExists(portsFile);
    var builder = new ProcessBuilder(line()).redirectErrorStream(true);
    builder.redirectOutput(
        ProcessBuilder.Redirect.appendTo(folder.resolve("millrace.log").toFile()));
    disk.lendTo(builder);
    var started = builder.start();
    process = started;
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!Files.exists(portsFile)) {
      if (!started.isAlive() || System.nanoTime() > limit) {
        throw new IllegalStateException(
            "Millrace does not start again; see " + folder.resolve("millrace.log"));
      }
      LockSupport.parkNanos(10_000_000);
    }
    ports = (JsonObject) Json.parse(Files.readAllBytes(portsFile));
    token = "";
    var login = "{\"username\":\"tenant@thingsboard.org\",\"password\":\"tenant\"}";
    token = ((JsonObject) send("/api/auth/login", login)).text("token", "");
  }

  private List<String> line() {
    var line = new ArrayList<>(launcher);
    line.addAll(
        List.of(
            "demo",
            "--data.dir=" + data(),
            "--simulate=false",
            "--mqtt.extraPorts=",
            "--kafka.embedded=false"));
    for (var port :
        List.of("mqtt.port", "mqtt.websocket.port", "http.port", "realtime.port", "kafka.port")) {
      line.add("--" + port + "=0");
    }
    return line;
  }

  int port(String setting) {
    return ports.get(setting) instanceof JsonLong(long port) ? (int) port : 0;
  }

  boolean isAlive() {
    var running = process;
    return running != null && running.isAlive();
  }

  /// As `kill -9` does.
  void kill() throws InterruptedException {
    running().destroyForcibly().waitFor();
  }

  /// Politely; a stop takes what it needs.
  void stop() throws InterruptedException {
    disk.healthy();
    running().destroy();
    if (!running().waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("Millrace does not stop");
    }
  }

  /// Asks, or posts a body.
  JsonValue send(String path, @Nullable String body) throws IOException, InterruptedException {
    var reply = http.send(request(path, body), HttpResponse.BodyHandlers.ofByteArray());
    if (reply.statusCode() != 200) {
      throw new IllegalStateException(
          path
              + ": "
              + reply.statusCode()
              + " "
              + new String(reply.body(), StandardCharsets.UTF_8));
    }
    return Json.parse(reply.body());
  }

  private HttpRequest request(String path, @Nullable String body) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port("http.port") + path))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json");
    if (!token.isEmpty()) {
      request.header("X-Authorization", "Bearer " + token);
    }
    if (body != null) {
      request.POST(HttpRequest.BodyPublishers.ofString(body));
    }
    return request.build();
  }

  private Process running() {
    var running = process;
    if (running == null) {
      throw new IllegalStateException("Nothing was started");
    }
    return running;
  }

  @Override
  public void close() {
    var running = process;
    if (running != null) {
      running.destroyForcibly().onExit().join();
    }
    http.close();
  }
}
