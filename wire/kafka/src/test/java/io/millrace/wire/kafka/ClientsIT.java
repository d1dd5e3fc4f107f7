package io.millrace.wire.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Other people's clients against the broker inside this process, unchanged.
class ClientsIT {
  private static final Path NODE = Path.of("target/node");
  private final String topic = SharedKafka.name("clients");
  private final String group = SharedKafka.name("clients-group");

  private record Ended(int status, String output) {}

  @Test
  void kafkaPythonWorks() throws Exception {
    var ended =
        run(
            List.of(
                "/usr/bin/python3",
                "src/test/python/clients.py",
                SharedKafka.servers(),
                topic,
                group),
            "");
    assertThat(ended.output.lines()).contains("ok admin", "ok producer", "ok consumer");
    assertThat(ended.output).contains("ok KafkaClient");
    assertThat(ended.status).as(ended.output).isZero();
  }

  @Test
  void theCoursesProducerMakesItsTopicWithOnePartition() throws Exception {
    var ended =
        run(
            List.of(
                "/usr/bin/python3",
                "../../examples/vehicle_producer.py",
                SharedKafka.servers(),
                topic,
                "3",
                "0"),
            "");
    assertThat(ended.status).as(ended.output).isZero();
    assertThat(values(topic))
        .hasSize(3)
        .allMatch(value -> value.matches("\\{\"longitude\": -?\\d+, \"latitude\": -?\\d+}"));
    var described = SharedKafka.connection().admin().describeTopics(List.of(topic));
    assertThat(described.allTopicNames().get().get(topic).partitions()).hasSize(1);
  }

  @Test
  void kcatWritesAndReadsEveryCompression() throws Exception {
    for (var codec : List.of("none", "gzip", "snappy", "lz4", "zstd")) {
      var written =
          run(
              List.of(
                  "kcat",
                  "-b",
                  SharedKafka.servers(),
                  "-t",
                  topic,
                  "-P",
                  "-K:",
                  "-H",
                  "h=x",
                  "-z",
                  codec),
              "key:" + codec + "\n");
      assertThat(written.status).as(written.output).isZero();
    }
    var read =
        run(
            List.of(
                "kcat",
                "-b",
                SharedKafka.servers(),
                "-t",
                topic,
                "-C",
                "-o",
                "beginning",
                "-e",
                "-q",
                "-f",
                "%k %s %h\n"),
            "");
    assertThat(read.output.lines())
        .containsExactly(
            "key none h=x", "key gzip h=x", "key snappy h=x", "key lz4 h=x", "key zstd h=x");
  }

  @Test
  void kafkajsWorks() throws Exception {
    Files.createDirectories(NODE);
    for (var file : List.of("package.json", "package-lock.json", "clients.mjs")) {
      Files.write(NODE.resolve(file), Files.readAllBytes(Path.of("src/test/node", file)));
    }
    if (!Files.exists(NODE.resolve("node_modules/.package-lock.json"))) {
      var installed =
          run(List.of("npm", "ci", "--no-audit", "--no-fund", "--prefix", NODE.toString()), "");
      assertThat(installed.status).as("npm ci: %s", installed.output).isZero();
    }
    var ended =
        run(
            List.of(
                "node",
                NODE.resolve("clients.mjs").toString(),
                SharedKafka.servers(),
                topic,
                group),
            "");
    assertThat(ended.output.lines()).contains("ok admin", "ok transaction", "ok group");
    assertThat(ended.status).as(ended.output).isZero();
  }

  @Test
  void kafkaStreamsCountsWordsExactlyOnce(@TempDir Path state) throws Exception {
    var kafka = SharedKafka.connection();
    var counts = topic + "-counts";
    kafka
        .admin()
        .createTopics(
            List.of(new NewTopic(topic, 1, (short) 1), new NewTopic(counts, 1, (short) 1)))
        .all()
        .get();
    for (var line : List.of("to be", "or not", "to be")) {
      kafka
          .producer()
          .send(new ProducerRecord<>(topic, line.getBytes(StandardCharsets.UTF_8)))
          .get();
    }
    try (var streams = new KafkaStreams(wordCount(counts).build(), streamsSettings(state))) {
      streams.start();
      await().atMost(Duration.ofSeconds(60)).until(() -> values(counts).size() == 6);
      streams.close(Duration.ofSeconds(10));
    }
    var last = new HashMap<String, String>();
    for (var each : values(counts)) {
      last.put(each.split("=")[0], each.split("=")[1]);
    }
    assertThat(last).isEqualTo(Map.of("to", "2", "be", "2", "or", "1", "not", "1"));
  }

  private StreamsBuilder wordCount(String counts) {
    var builder = new StreamsBuilder();
    builder.stream(topic, Consumed.with(Serdes.ByteArray(), Serdes.String()))
        .flatMapValues(line -> List.of(line.split(" ")))
        .groupBy((_, word) -> word, Grouped.with(Serdes.String(), Serdes.String()))
        .count(
            Materialized.<String, Long>as(Stores.inMemoryKeyValueStore("counts"))
                .withKeySerde(Serdes.String())
                .withValueSerde(Serdes.Long())
                .withCachingDisabled())
        .toStream()
        .mapValues((word, count) -> word + "=" + count)
        .to(counts, Produced.with(Serdes.String(), Serdes.String()));
    return builder;
  }

  private Properties streamsSettings(Path state) {
    var settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, group);
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, SharedKafka.servers());
    settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put("auto.offset.reset", "earliest");
    return settings;
  }

  private static List<String> values(String topic) {
    var values = new java.util.ArrayList<String>();
    var partition = new TopicPartition(topic, 0);
    try (var consumer =
        SharedKafka.connection().consumer("", Map.of("isolation.level", "read_committed"))) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(record -> values.add(new String(record.value(), StandardCharsets.UTF_8)));
      }
    }
    return values;
  }

  private static Ended run(List<String> command, String input)
      throws IOException, InterruptedException {
    var output = Files.createTempFile("client", ".txt");
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try (var stdin = process.outputWriter()) {
      stdin.write(input);
    }
    boolean isDone = process.waitFor(180, TimeUnit.SECONDS);
    if (!isDone) {
      process.destroyForcibly().waitFor();
    }
    var text = Files.readString(output);
    Files.delete(output);
    return new Ended(isDone ? process.exitValue() : -1, text);
  }
}
