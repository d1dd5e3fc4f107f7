package io.millrace.wire.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.base.config.SettingsException;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.wire.kafka.KafkaHealth.State;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A cluster that wants a log-in.
class SaslIT {
  private static final String JAAS =
      "org.apache.kafka.common.security.plain.PlainLoginModule required user_fleet=\"it's"
          + " \\\"secret\\\"\";";
  private static final String PASSWORD = "it's \"secret\"";
  @TempDir private static Path directory;
  private static KafkaRaftServer broker;
  private static int port;

  @BeforeAll
  static void start() throws Exception {
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
    var settings = new HashMap<String, String>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "1");
    settings.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("inter.broker.listener.name", "INTERNAL");
    settings.put(
        "listener.security.protocol.map",
        "CONTROLLER:PLAINTEXT,INTERNAL:PLAINTEXT,OUTSIDE:SASL_PLAINTEXT");
    settings.put(
        "listeners",
        "CONTROLLER://127.0.0.1:%d,INTERNAL://127.0.0.1:%d,OUTSIDE://127.0.0.1:%d"
            .formatted(controller, internal, port));
    settings.put("sasl.enabled.mechanisms", "PLAIN");
    settings.put("listener.name.outside.plain.sasl.jaas.config", JAAS);
    settings.put("log.dirs", data.toString());
    settings.put("log.cleaner.dedupe.buffer.size", "2097152");
    broker = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    broker.startup();
  }

  @AfterAll
  static void stop() {
    broker.shutdown();
    broker.awaitShutdown();
  }

  @Test
  void theRightPasswordLetsIn() throws Exception {
    try (var kafka = open(PASSWORD)) {
      kafka.awaitUp(Duration.ofSeconds(30));
    }
  }

  @Test
  void aWrongOneIsSaidWithTheSettingsToLookAt() {
    try (var kafka = open("wrong")) {
      await().until(() -> kafka.health().state() == State.DOWN);
      assertThat(kafka.health().error())
          .contains("refused the log-in of user 'fleet' with PLAIN", "kafka.sasl.password")
          .doesNotContain("wrong");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--kafka.bootstrap.servers=broker                    | is not host:port; write for example",
        "--kafka.security.protocol=sasl_ssl                  | wants a log-in; set kafka.sasl.user",
        "--kafka.sasl.user=me                                | sends no user; set it to sasl_ssl",
        "--kafka.sasl.mechanism=MAGIC                        | is not one of PLAIN, SCRAM-SHA-256",
        "--kafka.security.protocol=carrier_pigeon            | is not one of plaintext, ssl",
        "--kafka.port=70000                                  | is not a whole number from 0 to"
            + " 65535",
      })
  void aWrongSettingIsSaidWithTheCure(String flag, String message) {
    assertThatThrownBy(() -> SharedKafka.config(flag))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(message);
  }

  private static KafkaConnection open(String password) {
    var config =
        SharedKafka.config(
            "--kafka.bootstrap.servers=127.0.0.1:" + port,
            "--kafka.security.protocol=sasl_plaintext",
            "--kafka.sasl.user=fleet",
            "--kafka.sasl.password=" + password);
    var kafka =
        KafkaConnection.open(
            config, directory.resolve("none"), "127.0.0.1", Clock.SYSTEM, new Counters());
    kafka.start();
    return kafka;
  }
}
