package io.millrace.bench;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Kafka in and out: records of a topic through a source and the default chain into the store, and
/// on to another topic by an export; beside a plain consumer that reads the same records.
@Command(
    name = "kafka",
    description = "Records per second from a Kafka topic through the default chain into the store.")
final class KafkaBench implements Callable<Integer> {
  private static final int PARTITIONS = 4;

  @Option(names = "--records", defaultValue = "500000", description = "A round (default: 500000).")
  private int records;

  @Option(names = "--devices", defaultValue = "1000", description = "Devices (default: 1000).")
  private int devices;

  @Option(names = "--rounds", defaultValue = "5", description = "Rounds (default: 5).")
  private int rounds;

  private final HttpClient http = HttpClient.newHttpClient();
  private String base = "";
  private String token = "";

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    try (var server = Server.withKafka()) {
      base = "http://127.0.0.1:" + server.port("http.port");
      token = post("/api/auth/login", server.login()).text("token", "");
      var servers = "127.0.0.1:" + server.port("kafka.port");
      await(() -> get("/api/kafka/health").toString().contains("\"UP\""));
      round(servers, "warm-up"); // compiles, makes the devices
      var plain = new ArrayList<Double>();
      var stored = new ArrayList<Double>();
      for (int i = 0; i < rounds; i++) {
        var topic = "bench-" + i;
        stored.add(round(servers, topic));
        plain.add(consume(servers, topic));
      }
      print("source, default chain, store", stored);
      print("plain Kafka consumer of the same topic", plain);
      System.out.printf("ratio %.2f%n", median(stored) / median(plain));
      exported(servers);
      System.out.printf("resident memory %d MB%n", server.residentMb());
    }
    return 0;
  }

  /// Fills a topic, then lets a new source read it.
  private double round(String servers, String topic)
      throws InterruptedException, ExecutionException {
    fill(servers, topic);
    long began = System.nanoTime();
    var source = source(topic);
    await(() -> number(source, "records") >= records && number(source, "inFlight") == 0);
    double seconds = (System.nanoTime() - began) / 1e9;
    delete(source);
    return records / seconds;
  }

  /// Sources and an export at the same time, then the export alone with what was left to it.
  private void exported(String servers) throws InterruptedException, ExecutionException {
    var export =
        "/api/kafka/exports/"
            + post("/api/kafka/exports", object("{'name':'bench','telemetryTopic':'bench-out'}"))
                .text("id", "");
    var together = new ArrayList<Double>();
    var alone = new ArrayList<Double>();
    for (int i = 0; i < rounds; i++) {
      var topic = "bench-export-" + i;
      fill(servers, topic);
      long before = number(export, "records");
      long began = System.nanoTime();
      var source = source(topic);
      await(() -> number(source, "records") >= records && number(source, "inFlight") == 0);
      long left = before + records - number(export, "records");
      long readAll = System.nanoTime();
      await(() -> number(export, "records") >= before + records);
      long exportedAll = System.nanoTime();
      together.add(records / ((exportedAll - began) / 1e9));
      if (left > records / 10) { // otherwise there was nothing to speak of
        alone.add(left / ((exportedAll - readAll) / 1e9));
      }
      delete(source);
    }
    delete(export);
    print("source and export of what it stored", together);
    if (!alone.isEmpty()) {
      print("export alone, of what then waited", alone);
    }
  }

  private String source(String topic) {
    var made =
        post(
            "/api/kafka/sources",
            object("{'name':'%s','topicPattern':'%s'}".formatted(topic, topic)));
    return "/api/kafka/sources/" + made.text("id", "");
  }

  private void fill(String servers, String topic) throws InterruptedException, ExecutionException {
    try (var admin = Admin.create(Map.of("bootstrap.servers", servers));
        var producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "linger.ms", 5, "batch.size", 65_536),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      create(admin, topic);
      for (int i = 0; i < records; i++) {
        var value = "{\"temperature\":%d.%d,\"humidity\":%d}".formatted(20 + i % 9, i % 10, i % 97);
        var _ =
            producer.send(new ProducerRecord<>(topic, bytes("bench-" + i % devices), bytes(value)));
      }
      producer.flush();
    }
  }

  /// Returns when the leaders of all partitions serve.
  private static void create(Admin admin, String topic)
      throws InterruptedException, ExecutionException {
    admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
    var ends = new HashMap<TopicPartition, OffsetSpec>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
    }
    admin.listOffsets(ends).all().get();
  }

  private double consume(String servers, String topic) {
    long began = System.nanoTime();
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            servers,
            "group.id",
            "bench-plain-" + topic,
            "auto.offset.reset",
            "earliest",
            "max.poll.records",
            2_000);
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(topic));
      for (int seen = 0; seen < records; ) {
        seen += consumer.poll(Duration.ofMillis(100)).count();
      }
    }
    return records / ((System.nanoTime() - began) / 1e9);
  }

  private static void print(String what, List<Double> figures) {
    System.out.printf(
        "%s: median %,.0f records/s (%,.0f to %,.0f in %d rounds)%n",
        what,
        median(figures),
        figures.stream().mapToDouble(f -> f).min().orElse(0),
        figures.stream().mapToDouble(f -> f).max().orElse(0),
        figures.size());
  }

  private static double median(List<Double> figures) {
    return figures.stream().sorted().toList().get(figures.size() / 2);
  }

  private long number(String flow, String name) {
    return get(flow).get("status") instanceof JsonObject status
            && status.get(name) instanceof JsonLong(long value)
        ? value
        : 0;
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition) {
    while (!condition.holds()) {
      LockSupport.parkNanos(20_000_000);
    }
  }

  private static JsonObject object(String json) {
    return (JsonObject) Json.parse(json.replace('\'', '"'));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private JsonObject get(String path) {
    return ask(request(path).GET().build());
  }

  private JsonObject post(String path, JsonObject body) {
    return ask(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build());
  }

  private void delete(String path) {
    ask(request(path).DELETE().build());
  }

  private HttpRequest.Builder request(String path) {
    var builder = HttpRequest.newBuilder(URI.create(base + path));
    return token.isEmpty() ? builder : builder.header("X-Authorization", "Bearer " + token);
  }

  private JsonObject ask(HttpRequest request) {
    try {
      var reply = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (reply.statusCode() != 200) {
        throw new IllegalStateException(request.uri() + ": " + reply.body());
      }
      return reply.body().isEmpty() ? JsonObject.EMPTY : (JsonObject) Json.parse(reply.body());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
