package io.millrace.bench;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.wire.mqtt.MqttClient;
import io.millrace.wire.mqtt.MqttClientOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Telemetry, the whole path: MQTT QoS 1, root rule chain, stored before PUBACK.
@Command(
    name = "ingest",
    description =
        "QoS 1 telemetry per second through the default rule chain, stored before PUBACK.")
final class IngestBench implements Callable<Integer> {
  private static final long FIRST_TS = 1_767_225_600_000L;

  @Option(names = "--devices", defaultValue = "50", description = "Devices (default: 50).")
  private int devices;

  @Option(names = "--window", defaultValue = "20", description = "In flight each (default: 20).")
  private int window;

  @Option(names = "--seconds", defaultValue = "20", description = "Measured time (default: 20).")
  private int seconds;

  @Option(names = "--warmup", defaultValue = "10", description = "Time before (default: 10).")
  private int warmupSeconds;

  @Option(names = "--demo", description = "Also through the demo's chains: alarms, calls out.")
  private boolean withDemo;

  @Option(
      names = "--no-latency",
      description = "Without the run at half of the rate that measures the time to PUBACK.")
  private boolean withoutLatency;

  @Option(
      names = "--rate",
      defaultValue = "0",
      description = "Only the time to PUBACK, at so many messages a second (default: 0, all).")
  private double rate;

  @Option(names = "--json", defaultValue = "", description = "File for the figures.")
  private String json = "";

  @Option(names = "--without-log", description = "Also without the message log; ratio.")
  private boolean withoutLog;

  private final Figures figures = new Figures();
  private final HttpClient http = HttpClient.newHttpClient();
  private String token = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (rate > 0) {
      latency(rate);
      figures.write(json);
      return 0;
    }
    var stored =
        millrace(Server.installation(), "Millrace, default root chain, stored before PUBACK");
    if (!withoutLatency) {
      latency(stored.perSecond() / 2);
    }
    if (withoutLog) {
      var bare =
          millrace(
              Server.installation("--messages.devices=false", "--messages.topics="),
              "Millrace, the same without the message log");
      figures.one(
          "with the message log to without, by rate", "", stored.perSecond() / bare.perSecond());
      figures.one(
          "with the message log to without, by CPU", "", stored.cpuMicros() / bare.cpuMicros());
    }
    if (withDemo) {
      millrace(Server.demo(), "Millrace, demo chains (alarm updates, realtime database)");
    }
    if (Mosquitto.isInstalled()) {
      var forwarded = mosquitto();
      figures.one(
          "Millrace storing to Mosquitto forwarding, by rate",
          "",
          stored.perSecond() / forwarded.perSecond());
      figures.one(
          "Millrace storing to Mosquitto forwarding, by CPU",
          "",
          forwarded.cpuMicros() / stored.cpuMicros());
    } else {
      System.out.println("Mosquitto is not installed: no ratio");
    }
    figures.write(json);
    return 0;
  }

  /// From when a message was due to its PUBACK, at a rate, in a server of its own.
  private void latency(double perSecond) throws IOException, InterruptedException {
    try (var server = Server.installation()) {
      var base = "http://127.0.0.1:" + server.port("http.port");
      var ids = createDevices(base, server.login());
      try (var load =
          TelemetryLoad.paced(server.port("mqtt.port"), tokens(), window, FIRST_TS, perSecond)) {
        load.runFor(Duration.ofSeconds(warmupSeconds));
        long before = load.acknowledged();
        load.measure();
        load.runFor(Duration.ofSeconds(seconds));
        double reached = (load.acknowledged() - before) / (double) seconds;
        load.stop();
        var times = load.latencies();
        var disk = DiskSync.measure();
        figures.one("the disk alone, 16 KiB and a sync, p50", "ms", disk.micros(0.5) / 1e3);
        figures.one("the disk alone, 16 KiB and a sync, p99", "ms", disk.micros(0.99) / 1e3);
        figures.one("paced: asked", "messages/s", perSecond);
        figures.one("paced: reached", "messages/s", reached);
        figures.one("paced: due to PUBACK, p50", "ms", times.micros(0.5) / 1e3);
        figures.one("paced: due to PUBACK, p99", "ms", times.micros(0.99) / 1e3);
        figures.one("paced: due to PUBACK, highest", "ms", times.micros(1) / 1e3);
        check(base, ids, load.acknowledged());
      }
    }
  }

  /// What one run came to.
  private record Result(double perSecond, double cpuMicros) {}

  private Result millrace(Server server, String what) throws IOException, InterruptedException {
    try (server) {
      var base = "http://127.0.0.1:" + server.port("http.port");
      var ids = createDevices(base, server.login());
      try (var load = TelemetryLoad.start(server.port("mqtt.port"), tokens(), window, FIRST_TS)) {
        var result = measure(load, server::cpu);
        print(what, result);
        figures.one(what + ": resident memory", "MB", (double) server.residentMb());
        load.stop();
        check(base, ids, load.acknowledged());
        return result;
      }
    }
  }

  /// The same load, forwarded to one subscriber at QoS 0 and stored nowhere.
  private Result mosquitto() throws IOException {
    try (var peer = Mosquitto.start();
        var subscriber = MqttClient.connect(MqttClientOptions.to("127.0.0.1", peer.port()))) {
      subscriber.subscribe("#", 0);
      try (var load = TelemetryLoad.start(peer.port(), tokens(), window, FIRST_TS)) {
        var result = measure(load, peer::cpu);
        print("Mosquitto, forwarded to one subscriber", result);
        return result;
      }
    }
  }

  private Result measure(TelemetryLoad load, Supplier<Duration> cpu) {
    load.runFor(Duration.ofSeconds(warmupSeconds));
    long before = load.acknowledged();
    var cpuBefore = cpu.get();
    long began = System.nanoTime();
    load.runFor(Duration.ofSeconds(seconds));
    double elapsed = (System.nanoTime() - began) / 1e9;
    long count = load.acknowledged() - before;
    return new Result(count / elapsed, cpu.get().minus(cpuBefore).toNanos() / 1e3 / count);
  }

  private void print(String what, Result result) {
    figures.one(what + ": acknowledged", "messages/s", result.perSecond());
    figures.one(what + ": CPU each", "us", result.cpuMicros());
  }

  private List<String> tokens() {
    var tokens = new ArrayList<String>();
    for (int i = 0; i < devices; i++) {
      tokens.add("BENCH_TOKEN_" + i);
    }
    return tokens;
  }

  private List<String> createDevices(String base, JsonObject login)
      throws IOException, InterruptedException {
    token = ((JsonObject) send(base + "/api/auth/login", login)).text("token", "");
    var ids = new ArrayList<String>();
    for (var accessToken : tokens()) {
      var device =
          (JsonObject)
              send(
                  base + "/api/device?accessToken=" + accessToken,
                  JsonObject.builder().put("name", accessToken).put("type", "default").build());
      ids.add(((JsonObject) find(device, "id")).text("id", ""));
    }
    return ids;
  }

  /// Every acknowledged message must be a stored point.
  private void check(String base, List<String> ids, long acknowledged)
      throws IOException, InterruptedException {
    long stored = 0;
    for (var id : ids) {
      var answer =
          (JsonObject)
              send(
                  base
                      + "/api/plugins/telemetry/DEVICE/"
                      + id
                      + "/values/timeseries?keys=temperature&agg=COUNT&interval=100000000000&useStrictDataTypes=true&startTs="
                      + FIRST_TS
                      + "&endTs="
                      + (FIRST_TS + 100_000_000_000L),
                  null);
      for (var bucket : ((JsonArray) find(answer, "temperature")).values()) {
        stored += ((JsonLong) find((JsonObject) bucket, "value")).value();
      }
    }
    System.out.printf("%,d acknowledged, %,d stored%n", acknowledged, stored);
    if (stored < acknowledged) {
      throw new IllegalStateException("Acknowledged messages are missing");
    }
  }

  private JsonValue send(String url, @Nullable JsonValue body)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofMinutes(2));
    request.header("Content-Type", "application/json");
    request.header("X-Authorization", "Bearer " + token);
    if (body != null) {
      request.POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    }
    var reply = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    if (reply.statusCode() != 200) {
      throw new IOException(url + ": " + reply.statusCode() + " " + Json.parse(reply.body()));
    }
    return Json.parse(reply.body());
  }

  private static JsonValue find(JsonObject object, String name) {
    var value = object.get(name);
    if (value == null) {
      throw new IllegalStateException("No " + name + " in " + object);
    }
    return value;
  }
}
