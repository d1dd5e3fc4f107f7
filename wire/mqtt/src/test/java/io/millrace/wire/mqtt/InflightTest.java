package io.millrace.wire.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is on its way to a client when the connection, or the broker, ends: very many messages,
/// and messages that the client does not take any more.
class InflightTest {
  private static final Map<String, String> SETTINGS =
      Map.of("maxInflight", "65535", "maxQueued", "100000");
  private static final String BIG = "x".repeat(50);
  private static final String CONNACK = "22 H10 27 L2000000 21 H20";
  private static final int MANY = 17_000;
  @TempDir Path directory;
  private DurableBroker durable;

  @BeforeEach
  void open() {
    durable = new DurableBroker(directory, SETTINGS);
  }

  @AfterEach
  void close() {
    durable.close();
  }

  @Test
  void moreThanAreGivenAheadKeepTheirIdentifiersThroughAKill() {
    try (var raw = RawClient.connect(durable.broker.port())) {
      raw.send("10 r16 s4 'MQTT' 04 00 k0 s4 'here'");
      raw.expect("20 r2 00 00");
      raw.send("82 r9 m1 s4 'news' 02");
      raw.expect("90 r3 m1 02");
      publishMany();
      raw.expect(many("34"));
      restart();
    }
    try (var raw = RawClient.connect(durable.broker.port())) {
      raw.send("10 r16 s4 'MQTT' 04 00 k0 s4 'here'");
      raw.expect("20 r2 01 00");
      raw.expect(many("3C"));
      raw.send("50 r2 m%1$d".formatted(MANY));
      raw.expect("62 r2 m%1$d".formatted(MANY));
      raw.send("70 r2 m%1$d".formatted(MANY));
      await().until(() -> session("here").inflight() == MANY - 1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Clause("MQTT-3.1.2-24")
  void whatHasBecomeTooLargeIsConcluded(boolean killed) {
    try (var raw = RawClient.connect(durable.broker.port())) {
      raw.send("10 r22 s4 'MQTT' 05 00 k0 05 11 L100 s4 'here'");
      raw.expect("20 r14 00000B " + CONNACK);
      raw.send("82 r10 m1 00 s4 'news' 02");
      raw.expect("90 r4 m1 00 02");
      publish("news", BIG, 1);
      raw.expect("32 r59 s4 'news' m1 00 '%s'".formatted(BIG));
      publish("news", BIG, 2);
      raw.expect("34 r59 s4 'news' m2 00 '%s'".formatted(BIG));
      publish("news", "3", 2);
      raw.expect("34 r10 s4 'news' m3 00 '3'");
      if (killed) {
        restart();
      }
    }
    await().until(() -> !session("here").isConnected());
    try (var raw = RawClient.connect(durable.broker.port())) {
      raw.send("10 r27 s4 'MQTT' 05 00 k0 0A 11 L100 27 L40 s4 'here'");
      raw.expect("20 r14 01000B " + CONNACK);
      raw.expect("62 r2 m2"); // it may have the message, and remembers the identifier
      raw.expect("3C r10 s4 'news' m3 00 '3'");
      assertThat(durable.broker.count("mqtt.dropped_too_large_for_client")).isEqualTo(2);
      assertThat(session("here").inflight()).isEqualTo(2);
      raw.send("70 r2 m2 50 r2 m3");
      raw.expect("62 r2 m3");
      raw.send("70 r2 m3");
      await().until(() -> session("here").inflight() == 0);
    }
  }

  @Test
  @Clause("MQTT-3.1.2-24")
  void aLongRowOfMessagesThatAreTooLargeIsDropped() {
    try (var raw = RawClient.connect(durable.broker.port())) {
      raw.send("10 r27 s4 'MQTT' 05 00 k0 0A 11 L100 27 L20 s4 'here'");
      raw.expect("20 r14 00000B " + CONNACK);
      raw.send("82 r10 m1 00 s4 'news' 02");
      raw.expect("90 r4 m1 00 02");
    }
    await().until(() -> !session("here").isConnected());
    publishMany(); // 17 bytes in MQTT 5.0
    publish("news", "9", 1);
    try (var raw = RawClient.connect(durable.broker.port())) {
      raw.send("10 r27 s4 'MQTT' 05 00 k0 0A 11 L100 27 L16 s4 'here'");
      raw.expect("20 r14 01000B " + CONNACK);
      raw.expect("32 r10 s4 'news' m%d 00 '9'".formatted(MANY + 1));
      await().until(() -> durable.broker.count("mqtt.dropped_too_large_for_client") == MANY);
    }
  }

  @Test
  @Clause("MQTT-3.1.2-24")
  void aTopicKeepsItsAliasWhenAMessageIsTooLarge() {
    try (var raw = RawClient.connect(durable.broker.port())) {
      raw.send("10 r25 s4 'MQTT' 05 02 k0 08 27 L40 22 H10 s4 'here'");
      raw.expect("20 r14 00000B " + CONNACK);
      raw.send("82 r7 m1 00 s1 '+' 00");
      raw.expect("90 r4 m1 00 00");
      publish("a", "1", 0);
      raw.expect("30 r8 s1 'a' 03 23 H1 '1'");
      publish("b", "2", 0);
      raw.expect("30 r8 s1 'b' 03 23 H2 '2'");
      publish("a", BIG, 0);
      await().until(() -> durable.broker.count("mqtt.dropped_too_large_for_client") == 1);
      publish("c", "3", 0);
      raw.expect("30 r8 s1 'c' 03 23 H3 '3'");
      publish("b", "4", 0);
      raw.expect("30 r7 m0 03 23 H2 '4'");
    }
  }

  private BrokerView.SessionInfo session(String id) {
    return durable.broker.server.view().session(id).orElseThrow();
  }

  private void restart() {
    durable.kill();
    durable = new DurableBroker(directory, SETTINGS);
  }

  private void publishMany() {
    try (var publisher = MqttClient.connect(durable.broker.to("many").window(5000))) {
      IntStream.rangeClosed(1, MANY)
          .mapToObj(i -> publisher.send("news", text(i).getBytes(UTF_8), 2, false))
          .toList()
          .forEach(answer -> assertThat(answer.join().isError()).isFalse());
    }
  }

  private void publish(String topic, String text, int qos) {
    try (var publisher = MqttClient.connect(durable.broker.to("publisher"))) {
      publisher.publish(topic, text.getBytes(UTF_8), qos, false);
    }
  }

  private static String text(int number) {
    return Integer.toString(100_000 + number);
  }

  private static String many(String first) {
    return IntStream.rangeClosed(1, MANY)
        .mapToObj(i -> "%s r14 s4 'news' m%d '%s'".formatted(first, i, text(i)))
        .collect(Collectors.joining(" "));
  }
}
