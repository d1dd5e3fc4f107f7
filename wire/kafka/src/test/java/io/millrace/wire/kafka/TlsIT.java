package io.millrace.wire.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.testkit.TestCertificates;
import io.millrace.wire.kafka.KafkaHealth.State;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A cluster behind TLS that wants a certificate of its clients.
class TlsIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  @TempDir private static Path directory;
  private static TestCertificates certificates;
  private static Path client;
  private static Path stranger;
  private static KafkaRaftServer broker;
  private static int port;

  @BeforeAll
  static void start() throws Exception {
    var ours = Files.createDirectories(directory.resolve("ours"));
    certificates = TestCertificates.in(ours).issue("broker", "localhost").issue("client", "fleet");
    client = keystore("client");
    stranger =
        TestCertificates.in(Files.createDirectories(directory.resolve("strange"))).authority();
    port = BrokerProcess.freePort();
    int internal = BrokerProcess.freePort();
    int controller = BrokerProcess.freePort();
    var data = Files.createDirectories(directory.resolve("kafka"));
    new Formatter()
        .setNodeId(1)
        .setClusterId(Uuid.randomUuid().toString())
        .addDirectory(data.toString())
        .setControllerListenerName("CONTROLLER")
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .run();
    broker =
        new KafkaRaftServer(
            new KafkaConfig(settings(data, internal, controller), false), Time.SYSTEM);
    broker.startup();
  }

  private static Map<String, String> settings(Path data, int internal, int controller)
      throws Exception {
    var settings = new HashMap<String, String>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "1");
    settings.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("inter.broker.listener.name", "INTERNAL");
    settings.put(
        "listener.security.protocol.map", "CONTROLLER:PLAINTEXT,INTERNAL:PLAINTEXT,OUTSIDE:SSL");
    settings.put(
        "listeners",
        "CONTROLLER://127.0.0.1:%d,INTERNAL://127.0.0.1:%d,OUTSIDE://127.0.0.1:%d"
            .formatted(controller, internal, port));
    settings.put("listener.name.outside.ssl.keystore.type", "PEM");
    settings.put("listener.name.outside.ssl.keystore.location", keystore("broker").toString());
    settings.put("listener.name.outside.ssl.truststore.type", "PEM");
    settings.put(
        "listener.name.outside.ssl.truststore.location", certificates.authority().toString());
    settings.put("listener.name.outside.ssl.client.auth", "required");
    settings.put("log.dirs", data.toString());
    settings.put("log.cleaner.dedupe.buffer.size", "2097152");
    settings.put("offsets.topic.replication.factor", "1");
    return settings;
  }

  /// Kafka's PEM: the key and the certificate in one file.
  private static Path keystore(String name) throws Exception {
    return Files.writeString(
        directory.resolve(name + "-both.pem"),
        Files.readString(certificates.key(name))
            + Files.readString(certificates.certificate(name))
            + Files.readString(certificates.authority()));
  }

  @AfterAll
  static void stop() {
    broker.shutdown();
    broker.awaitShutdown();
  }

  @Test
  void withTheRightCertificatesRecordsAreWritten() throws Exception {
    try (var kafka = open(certificates.authority(), client)) {
      kafka.awaitUp(SOON);
      var record =
          new ProducerRecord<byte[], byte[]>("over-tls", "x".getBytes(StandardCharsets.UTF_8));
      assertThat(kafka.producer().send(record).get().offset()).isZero();
    }
  }

  @Test
  void anAuthorityThatDidNotSignTheBrokersCertificateIsSaid() {
    try (var kafka = open(stranger, client)) {
      assertThat(down(kafka)).contains("TLS with Kafka at", "check kafka.ssl.truststore");
    }
  }

  @Test
  void aMissingCertificateOfOursIsSaid() {
    try (var kafka = open(certificates.authority(), null)) {
      assertThat(down(kafka)).contains("TLS with Kafka at", "set kafka.ssl.keystore");
    }
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    try (var kafka = open(directory.resolve("none.pem"), client)) {
      assertThat(down(kafka)).contains("none.pem", "kafka.ssl.truststore");
    }
  }

  @Test
  void aListenerWithTlsThatIsSpokenToWithoutNamesTheProtocol() {
    try (var kafka = open("--kafka.security.protocol=plaintext")) {
      assertThat(down(kafka)).contains("kafka.security.protocol");
    }
  }

  private static String down(KafkaConnection kafka) {
    await().atMost(SOON).until(() -> kafka.health().state() == State.DOWN);
    return kafka.health().error();
  }

  private static KafkaConnection open(Path truststore, Path keystore) {
    return open(
        "--kafka.security.protocol=ssl",
        "--kafka.ssl.truststore=" + truststore,
        "--kafka.ssl.keystore=" + (keystore == null ? "" : keystore));
  }

  private static KafkaConnection open(String... flags) {
    var all = new ArrayList<>(List.of(flags));
    all.add("--kafka.bootstrap.servers=127.0.0.1:" + port);
    all.add("--kafka.checkInterval=1s");
    all.add("--kafka.requestTimeout=3s");
    var kafka =
        KafkaConnection.open(
            SharedKafka.config(all.toArray(String[]::new)),
            directory.resolve("none"),
            "127.0.0.1",
            Clock.SYSTEM,
            new Counters());
    kafka.start();
    return kafka;
  }
}
