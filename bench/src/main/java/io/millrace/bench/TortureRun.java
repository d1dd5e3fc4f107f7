package io.millrace.bench;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.testkit.FaultyDisk;
import io.millrace.wire.mqtt.MqttClient;
import io.millrace.wire.mqtt.MqttClientException;
import io.millrace.wire.mqtt.MqttClientOptions;
import io.millrace.wire.mqtt.codec.ReasonCode;
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
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One torture: publishers, faults, kills, and the checks after each.
final class TortureRun {
  private static final int DEVICES = 4;
  private static final long FIRST_TS = 1_767_225_600_000L;
  private static final int PAGE = 50_000;
  private static final int KILLS_MIN = 2;
  private static final int LOAD_MIN = 200; // acknowledged before the first fault

  /// A device and what happened to its messages; message `n` has the time `FIRST_TS + n`.
  private static final class Sender {
    final String token;
    String id = "";
    final AtomicLong sent = new AtomicLong();
    final BitSet acknowledged = new BitSet(); // guarded by itself
    long checked;

    Sender(String token) {
      this.token = token;
    }
  }

  private final List<String> launcher;
  private final Path folder;
  private final FaultyDisk disk;
  private final Random random;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Sender> senders = new ArrayList<>();
  private @Nullable Process process;
  private JsonObject ports = JsonObject.EMPTY;
  private String token = "";
  private int kills;
  private int stops;
  private int full;
  private int slow;
  private int jumps;

  TortureRun(List<String> launcher, Path folder, FaultyDisk disk, long seed) {
    this.launcher = launcher;
    this.folder = folder;
    this.disk = disk;
    random = new Random(seed);
    for (int i = 0; i < DEVICES; i++) {
      senders.add(new Sender("TORTURE_" + i));
    }
  }

  String run(Duration length) throws IOException, InterruptedException {
    long end = System.nanoTime() + length.toNanos();
    try {
      do {
        start();
        check();
        loadAndFaults();
      } while (System.nanoTime() < end || kills < KILLS_MIN);
      start();
      check();
      lastMessages();
      checkAlarms();
      return report();
    } finally {
      var running = process;
      if (running != null) {
        running.destroyForcibly().onExit().join();
      }
    }
  }

  private String report() {
    return "%,d messages acknowledged, all stored, none twice; %d kills, %d stops, %d times a full disk, %d a slow one, %d clock jumps"
        .formatted(acknowledged(), kills, stops, full, slow, jumps);
  }

  private long acknowledged() {
    return senders.stream()
        .mapToLong(
            sender -> {
              synchronized (sender.acknowledged) {
                return sender.acknowledged.cardinality();
              }
            })
        .sum();
  }

  private void start() throws IOException, InterruptedException {
    disk.healthy();
    var data = folder.resolve("data");
    var line = new ArrayList<>(launcher);
    line.addAll(
        List.of(
            "demo",
            "--data.dir=" + data,
            "--simulate=false",
            "--mqtt.extraPorts=",
            "--kafka.embedded=false"));
    for (var port :
        List.of("mqtt.port", "mqtt.websocket.port", "http.port", "realtime.port", "kafka.port")) {
      line.add("--" + port + "=0");
    }
    Files.deleteIfExists(data.resolve("ports.json"));
    var builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.redirectOutput(
        ProcessBuilder.Redirect.appendTo(folder.resolve("millrace.log").toFile()));
    disk.lendTo(builder);
    var started = builder.start();
    process = started;
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
    while (!Files.exists(data.resolve("ports.json"))) {
      if (!started.isAlive() || System.nanoTime() > limit) {
        throw new IllegalStateException(
            "Millrace does not start again; see " + folder.resolve("millrace.log"));
      }
      LockSupport.parkNanos(10_000_000);
    }
    ports = (JsonObject) Json.parse(Files.readAllBytes(data.resolve("ports.json")));
    signIn();
  }

  private void signIn() throws IOException, InterruptedException {
    token = "";
    var login = "{\"username\":\"tenant@thingsboard.org\",\"password\":\"tenant\"}";
    token = ((JsonObject) send("/api/auth/login", login)).text("token", "");
    for (var sender : senders) {
      if (sender.id.isEmpty()) {
        var made =
            (JsonObject)
                send(
                    "/api/device?accessToken=" + sender.token,
                    "{\"name\":\"%s\",\"type\":\"default\"}".formatted(sender.token));
        sender.id = made.get("id") instanceof JsonObject id ? id.text("id", "") : "";
      }
    }
  }

  /// Two to six seconds of load with a fault now and then, and a sudden or a polite end.
  private void loadAndFaults() throws InterruptedException {
    var ended = new CountDownLatch(DEVICES);
    for (var sender : senders) {
      Thread.ofVirtual().start(() -> publish(sender, ended));
    }
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    for (long before = acknowledged(); acknowledged() < before + LOAD_MIN; ) {
      if (System.nanoTime() > limit) {
        throw new IllegalStateException("Nothing is acknowledged without any fault");
      }
      pause(20);
    }
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      pause(200 + random.nextInt(400));
      fault();
    }
    if (random.nextInt(4) == 0) {
      disk.healthy(); // a polite stop takes what it needs
      stops++;
      process().destroy();
      if (!process().waitFor(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("Millrace does not stop");
      }
    } else {
      kills++;
      process().destroyForcibly().waitFor();
    }
    if (!ended.await(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("Publishers did not see the end of the process");
    }
  }

  private void fault() throws InterruptedException {
    switch (random.nextInt(5)) {
      case 0 -> {
        full++;
        disk.failWrite(1 + random.nextInt(20), FaultyDisk.Fault.STAYS_FULL);
        pause(300 + random.nextInt(700));
        if (random.nextBoolean()) {
          disk.healthy();
        } // else it is killed with a full disk
      }
      case 1 -> {
        slow++;
        disk.slow(Duration.ofMillis(1 + random.nextInt(40)));
      }
      case 2 -> {
        jumps++;
        disk.shiftClock(Duration.ofMinutes(random.nextInt(-60, 61)));
      }
      default -> disk.healthy();
    }
  }

  private void publish(Sender sender, CountDownLatch ended) {
    try {
      while (process().isAlive()) {
        publishOnOneConnection(sender);
        pause(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended.countDown();
    }
  }

  private void publishOnOneConnection(Sender sender) {
    try (var client =
        MqttClient.connect(
            MqttClientOptions.to("127.0.0.1", port("mqtt.port"))
                .userName(sender.token)
                .window(50))) {
      while (client.isConnected()) {
        send(client, sender, sender.sent.getAndIncrement(), 15 + random.nextInt(10))
            .exceptionally(lost -> null);
      }
    } catch (MqttClientException lost) {
      // killed, or refused while the disk is full
    }
  }

  private java.util.concurrent.CompletableFuture<Void> send(
      MqttClient client, Sender sender, long n, int temperature) {
    var body =
        "{\"ts\":%d,\"values\":{\"n\":%d,\"temperature\":%d}}"
            .formatted(FIRST_TS + n, n, temperature);
    return client
        .send("v1/devices/me/telemetry", body.getBytes(StandardCharsets.UTF_8), 1, false)
        .thenAccept(
            code -> {
              if (code == ReasonCode.SUCCESS) {
                synchronized (sender.acknowledged) {
                  sender.acknowledged.set((int) n);
                }
              }
            });
  }

  /// Everything since the last check: acknowledged is stored, stored was sent, each once.
  private void check() throws IOException, InterruptedException {
    for (var sender : senders) {
      long sent = sender.sent.get();
      long newest = -1;
      for (long from = sender.checked; from < sent; from += PAGE) {
        newest = Math.max(newest, checkPage(sender, from, Math.min(from + PAGE, sent)));
      }
      if (newest >= 0 && sent > sender.checked) {
        checkLatest(sender, newest);
      }
      sender.checked = sent;
    }
  }

  private long checkPage(Sender sender, long from, long until)
      throws IOException, InterruptedException {
    var found = new BitSet();
    long newest = -1;
    var page =
        (JsonObject)
            send(
                values(sender)
                    + "?keys=n&useStrictDataTypes=true&orderBy=ASC&startTs=%d&endTs=%d&limit=%d"
                        .formatted(FIRST_TS + from, FIRST_TS + until, PAGE + 1),
                null);
    if (page.get("n") instanceof JsonArray points) {
      for (var each : points.values()) {
        long ts = number((JsonObject) each, "ts");
        long n = number((JsonObject) each, "value");
        if (n != ts - FIRST_TS || found.get((int) n)) {
          throw new IllegalStateException(
              "%s: at %d there is %d, or it is there twice".formatted(sender.token, ts, n));
        }
        found.set((int) n);
        newest = n;
      }
    }
    synchronized (sender.acknowledged) {
      for (int n = sender.acknowledged.nextSetBit((int) from);
          n >= 0 && n < until;
          n = sender.acknowledged.nextSetBit(n + 1)) {
        if (!found.get(n)) {
          throw new IllegalStateException(
              "%s: message %d was acknowledged and is not stored".formatted(sender.token, n));
        }
      }
    }
    return newest;
  }

  private void checkLatest(Sender sender, long newest) throws IOException, InterruptedException {
    var latest = (JsonObject) send(values(sender) + "?keys=n&useStrictDataTypes=true", null);
    if (!(latest.get("n") instanceof JsonArray points)
        || number((JsonObject) points.get(0), "value") != newest) {
      throw new IllegalStateException(
          "%s: the newest message is %d, the latest value %s"
              .formatted(sender.token, newest, latest));
    }
  }

  /// Every other device ends hot.
  private void lastMessages() {
    for (int i = 0; i < DEVICES; i++) {
      var sender = senders.get(i);
      try (var client =
          MqttClient.connect(
              MqttClientOptions.to("127.0.0.1", port("mqtt.port")).userName(sender.token))) {
        send(client, sender, sender.sent.getAndIncrement(), i % 2 == 0 ? 30 : 10).join();
      } catch (CompletionException e) {
        throw new IllegalStateException("The last message was not taken", e);
      }
    }
  }

  private void checkAlarms() throws IOException, InterruptedException {
    for (int i = 0; i < DEVICES; i++) {
      var page =
          (JsonObject)
              send(
                  "/api/alarm/DEVICE/%s?searchStatus=ACTIVE&pageSize=10&page=0"
                      .formatted(senders.get(i).id),
                  null);
      int active = page.get("data") instanceof JsonArray data ? data.values().size() : -1;
      if (active != (i % 2 == 0 ? 1 : 0)) {
        throw new IllegalStateException(
            "%s: %d active alarms after its last message".formatted(senders.get(i).token, active));
      }
    }
  }

  private static String values(Sender sender) {
    return "/api/plugins/telemetry/DEVICE/" + sender.id + "/values/timeseries";
  }

  private io.millrace.base.json.JsonValue send(String path, @Nullable String body)
      throws IOException, InterruptedException {
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
    var reply = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
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

  private int port(String setting) {
    return ports.get(setting) instanceof JsonLong(long port) ? (int) port : 0;
  }

  private static long number(JsonObject json, String name) {
    return switch (json.get(name)) {
      case JsonLong(long number) -> number;
      case JsonString(var text) -> Long.parseLong(text);
      case null, default -> throw new IllegalStateException("No " + name + " in " + json);
    };
  }

  private Process process() {
    var running = process;
    if (running == null) {
      throw new IllegalStateException("Nothing was started");
    }
    return running;
  }

  private static void pause(int ms) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(ms);
  }
}
