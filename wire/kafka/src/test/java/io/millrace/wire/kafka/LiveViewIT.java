package io.millrace.wire.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveViewIT {
  @TempDir private static Path directory;
  private static ApiHouse house;
  private final String topic = SharedKafka.name("live");

  @BeforeAll
  static void open() {
    house =
        new ApiHouse(directory, SharedKafka.connection(), "--kafka.api.viewRecordsPerSecond=100");
  }

  @AfterAll
  static void close() {
    house.close();
  }

  @Test
  void anEventStreamShowsWhatArrivesAndEndsWhenTheTopicGoes() throws Exception {
    create();
    send("before", "0");
    SharedKafka.connection().producer().flush();
    try (var events = events("?from=latest&token=" + house.adminToken)) {
      await().until(() -> !events.frames().isEmpty()); // it has begun
      send("bus", "{\"longitude\":51,\"latitude\":35}");
      await().until(() -> events.records().size() == 1);
      assertThat(events.records().getFirst().get("value"))
          .hasToString("{\"longitude\":51,\"latitude\":35}");
      house.delete("/api/kafka/topics/" + topic);
      await().until(() -> events.text().contains("event: error"));
      assertThat(events.text()).contains("'%s' was deleted".formatted(topic));
    }
  }

  /// Nothing is lost from the count, and each key's newest comes first.
  @Test
  void aFloodIsSampledAndCounted() throws Exception {
    create();
    for (int i = 0; i < 20_000; i++) {
      send("k" + i % 5, Integer.toString(i));
    }
    SharedKafka.connection().producer().flush();
    try (var events = events("?from=earliest&token=" + house.adminToken)) {
      await().until(() -> last(events.frames(), "received") == 20_000);
      long sent = events.records().size();
      assertThat(sent).isLessThan(5_000);
      assertThat(sent + last(events.frames(), "sampledOut")).isEqualTo(20_000);
    }
  }

  @Test
  void aFilterRunsOnTheServer() throws Exception {
    create();
    try (var events = events("?contains=needle&key=k&from=earliest&token=" + house.adminToken)) {
      send("k", "hay");
      send("k", "a Needle");
      send("other", "needle");
      await().until(() -> last(events.frames(), "received") == 3);
      assertThat(events.records())
          .singleElement()
          .satisfies(record -> assertThat(record.text("value", "")).isEqualTo("a Needle"));
    }
  }

  @Test
  void aMegabyteIsCutForALiveViewAndMarked() throws Exception {
    create();
    send("k", "x".repeat(1 << 20));
    try (var events = events("?from=earliest&token=" + house.adminToken)) {
      await().until(() -> !events.records().isEmpty());
      var record = events.records().getFirst();
      assertThat(record.get("truncated")).hasToString("true");
      assertThat(record.text("value", "")).hasSize(64 << 10);
      assertThat(record.get("sizeBytes")).hasToString(Integer.toString((1 << 20) + 1));
    }
  }

  @Test
  void aSocketPausesAndGoesOnCounting() throws Exception {
    create();
    var frames = new CopyOnWriteArrayList<JsonObject>();
    var socket = socket("topic=" + topic + "&token=" + house.adminToken, frames).join();
    await().until(() -> !frames.isEmpty());
    socket.sendText("{\"cmd\":\"pause\"}", true).join();
    socket.sendText("{\"cmd\":\"pau", true).join();
    await().until(() -> frames.stream().anyMatch(frame -> frame.has("error"))); // both are taken
    frames.removeIf(frame -> frame.has("error"));
    send("k", "1");
    await().until(() -> last(frames, "received") == 1);
    assertThat(last(frames, "sampledOut")).isOne();
    socket.sendText("{\"cmd\":\"resume\"}", true).join();
    send("k", "2");
    await().until(() -> last(frames, "received") == 2);
    assertThat(frames.getLast().get("records")).asString().contains("\"value\":2");
    socket.abort();
  }

  @Test
  void aSocketWithoutATokenOrTopicIsClosedWithTheReason() {
    var frames = new CopyOnWriteArrayList<JsonObject>();
    socket("topic=" + topic, frames).join();
    await()
        .until(() -> frames.stream().anyMatch(f -> f.text("error", "").contains("Authentication")));
    socket("token=x", frames).join();
    await()
        .until(
            () ->
                frames.stream().anyMatch(f -> f.text("error", "").contains("'topic' is missing")));
  }

  private static CompletableFuture<WebSocket> socket(String query, List<JsonObject> frames) {
    return ApiHouse.HTTP
        .newWebSocketBuilder()
        .buildAsync(
            URI.create("ws://127.0.0.1:%d/api/kafka/ws?%s".formatted(house.port(), query)),
            new WebSocket.Listener() {
              private final StringBuilder text = new StringBuilder();

              @Override
              public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
                text.append(part);
                if (last) {
                  frames.add((JsonObject) Json.parse(text.toString()));
                  text.setLength(0);
                }
                socket.request(1);
                return CompletableFuture.completedFuture(null);
              }
            });
  }

  /// An event stream being read in the background.
  private record Events(Stream<String> lines, List<String> read) implements AutoCloseable {
    List<JsonObject> frames() {
      return read.stream()
          .filter(line -> line.startsWith("data: {\"records\""))
          .map(line -> (JsonObject) Json.parse(line.substring(6)))
          .toList();
    }

    List<JsonObject> records() {
      return frames().stream()
          .flatMap(frame -> ((JsonArray) frame.get("records")).values().stream())
          .map(JsonObject.class::cast)
          .toList();
    }

    String text() {
      return String.join("\n", read);
    }

    @Override
    public void close() {
      lines.close();
    }
  }

  private Events events(String query) throws Exception {
    var request = HttpRequest.newBuilder(house.uri("/api/kafka/topics/" + topic + "/live" + query));
    var answer = ApiHouse.HTTP.send(request.build(), HttpResponse.BodyHandlers.ofLines());
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValue("text/event-stream; charset=utf-8");
    var read = new CopyOnWriteArrayList<String>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                answer.body().forEach(read::add);
              } catch (java.io.UncheckedIOException closed) {
                read.add("");
              }
            });
    return new Events(answer.body(), read);
  }

  private static long last(List<JsonObject> frames, String name) {
    return frames.isEmpty() ? -1 : ((JsonLong) frames.getLast().get(name)).value();
  }

  private void create() {
    house.post("/api/kafka/topics", "{\"name\":\"%s\"}".formatted(topic));
  }

  private void send(String key, String value) {
    SharedKafka.connection()
        .producer()
        .send(
            new ProducerRecord<>(
                topic,
                key.getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8)));
  }
}
