package io.millrace.wire.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.wire.kafka.KafkaHealth.Mode;
import io.millrace.wire.kafka.KafkaHealth.State;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaConnectionIT {
  @Test
  void theBrokerInsideServesProducerAdminAndConsumer() throws Exception {
    var kafka = SharedKafka.connection();
    var topic = SharedKafka.name("door");
    kafka.admin().createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    var record = new ProducerRecord<>(topic, bytes("k"), bytes("v"));
    assertThat(kafka.producer().send(record).get().offset()).isZero();
    try (var consumer = kafka.consumer("", Map.of())) {
      var partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      var records = consumer.poll(Duration.ofSeconds(20)).records(partition);
      assertThat(records)
          .singleElement()
          .satisfies(r -> assertThat(r.value()).asString().isEqualTo("v"));
    }
    var health = kafka.health();
    assertThat(health.state()).isEqualTo(State.UP);
    assertThat(health.mode()).isEqualTo(Mode.EMBEDDED);
    assertThat(health.clusterId()).isNotEmpty();
    assertThat(health.brokers()).hasSize(1);
  }

  @Test
  void withoutKafkaEverythingSaysHowToHaveOne(@TempDir Path directory) {
    try (var kafka = open(directory)) {
      assertThat(kafka.health().state()).isEqualTo(State.OFF);
      assertThatThrownBy(kafka::producer)
          .isInstanceOf(KafkaUnavailableException.class)
          .hasMessageContaining("kafka.embedded=true")
          .hasMessageContaining("kafka.bootstrap.servers");
      assertThatThrownBy(() -> kafka.awaitUp(Duration.ofMinutes(1)))
          .isInstanceOf(KafkaUnavailableException.class);
    }
  }

  @Test
  void aClusterIsReachedByItsAddress(@TempDir Path directory) throws Exception {
    try (var kafka = open(directory, "--kafka.bootstrap.servers=" + SharedKafka.servers())) {
      kafka.awaitUp(Duration.ofSeconds(30));
      assertThat(kafka.health().mode()).isEqualTo(Mode.CLUSTER);
      assertThat(directory).isEmptyDirectory(); // no broker was started
    }
  }

  @Test
  void aClusterThatDoesNotAnswerIsDownWithTheSettingToLookAt(@TempDir Path directory)
      throws Exception {
    int nobody;
    try (var free = new ServerSocket(0)) {
      nobody = free.getLocalPort();
    }
    var flags =
        new String[] {"--kafka.bootstrap.servers=127.0.0.1:" + nobody, "--kafka.requestTimeout=1s"};
    try (var kafka = open(directory, flags)) {
      await().until(() -> kafka.health().state() == State.DOWN);
      assertThat(kafka.health().error())
          .contains("127.0.0.1:" + nobody, "kafka.bootstrap.servers", "kafka.security.protocol");
      assertThatThrownBy(kafka::admin)
          .isInstanceOf(KafkaUnavailableException.class)
          .hasMessageContaining("does not answer");
    }
  }

  @Test
  void aNameWithoutAnAddressIsNamed(@TempDir Path directory) {
    try (var kafka = open(directory, "--kafka.bootstrap.servers=no-such-host.invalid:9092")) {
      await().until(() -> kafka.health().state() == State.DOWN);
      assertThat(kafka.health().error()).contains("no-such-host.invalid", "check the names");
    }
  }

  /// The rest of Millrace lives, and Kafka comes when the port is free.
  @Test
  void aTakenPortIsSaidAndTriedAgain(@TempDir Path directory) throws Exception {
    var told = new CopyOnWriteArrayList<KafkaHealth>();
    try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        var kafka =
            open(
                directory,
                "--kafka.embedded",
                "--kafka.checkInterval=200ms",
                "--kafka.port=" + taken.getLocalPort())) {
      kafka.onChange(told::add);
      await().until(() -> kafka.health().state() == State.DOWN);
      assertThat(kafka.health().error()).contains("--kafka.port=NUMBER");
      taken.close();
      kafka.awaitUp(Duration.ofMinutes(1));
      assertThat(told).extracting(KafkaHealth::state).contains(State.DOWN, State.UP);
    }
  }

  private static KafkaConnection open(Path directory, String... flags) {
    var kafka =
        KafkaConnection.open(
            SharedKafka.config(flags), directory, "127.0.0.1", Clock.SYSTEM, new Counters());
    kafka.start();
    return kafka;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
