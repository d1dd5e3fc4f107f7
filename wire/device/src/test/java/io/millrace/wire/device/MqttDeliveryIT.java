package io.millrace.wire.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.OutsideCall;
import io.millrace.wire.mqtt.MqttClient;
import io.millrace.wire.mqtt.MqttClientOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `mqtt` nodes send, with Mosquitto as the other broker.
class MqttDeliveryIT {
  @TempDir Path directory;
  private Process mosquitto;
  private int port;
  private final MqttDelivery delivery = new MqttDelivery(new UUID(1, 2));

  @BeforeEach
  void open() throws IOException {
    for (int tries = 0; tries < 5 && !start(); tries++) { // somebody else was quicker
      mosquitto.destroyForcibly();
    }
  }

  @AfterEach
  void close() throws InterruptedException {
    delivery.close();
    mosquitto.destroyForcibly().waitFor();
  }

  @Test
  void anotherBrokersSubscribersGetWhatIsPublished() throws Exception {
    var received = new LinkedBlockingQueue<String>();
    try (var client =
        MqttClient.connect(
            MqttClientOptions.to("127.0.0.1", port),
            publish -> received.add(new String(publish.payload(), StandardCharsets.UTF_8)))) {
      client.subscribe("out/#", 1);
      for (int i = 0; i < 3; i++) {
        assertThat(deliver("MQTT_5", "out/a", "{\"n\":%d}".formatted(i)).delivered()).isTrue();
      }
      for (int i = 0; i < 3; i++) {
        assertThat(received.poll(60, TimeUnit.SECONDS)).isEqualTo("{\"n\":%d}".formatted(i));
      }
      assertThat(deliver("MQTT_3_1_1", "out/b", "text").delivered()).isTrue();
      assertThat(received.poll(60, TimeUnit.SECONDS)).isEqualTo("text");
    }
  }

  @Test
  void aTopicThatIsNoneIsAnAnswerAndABrokerThatIsGoneIsTriedAgain() throws Exception {
    var wrong = deliver("MQTT_3_1_1", "out/#", "x");
    assertThat(wrong.delivered()).isFalse();
    assertThat(wrong.result().text("error", "")).contains("out/#");

    mosquitto.destroyForcibly().waitFor();
    assertThatThrownBy(() -> deliver("MQTT_3_1_1", "out/a", "x"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("127.0.0.1:" + port);
  }

  private Answer deliver(String version, String topic, String payload) throws IOException {
    var request =
        JsonObject.builder()
            .put(
                "connection",
                Json.parse(
                    "{\"host\":\"127.0.0.1\",\"port\":%d,\"timeoutSec\":30,\"clientId\":\"m\",\"suffix\":true,\"clean\":true,\"version\":\"%s\"}"
                        .formatted(port, version)))
            .put("topic", topic)
            .put("payload", payload)
            .put("retain", false)
            .build();
    return delivery.deliver(new OutsideCall(MqttDelivery.KIND, request), "key");
  }

  private boolean start() throws IOException {
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    var conf = directory.resolve("mosquitto.conf");
    Files.writeString(
        conf, "listener %d 127.0.0.1\nallow_anonymous true\nlog_type none\n".formatted(port));
    mosquitto =
        new ProcessBuilder("/usr/sbin/mosquitto", "-c", conf.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    for (int tries = 0; tries < 3_000 && mosquitto.isAlive(); tries++) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return socket.isConnected();
      } catch (IOException notYet) {
        LockSupport.parkNanos(10_000_000);
      }
    }
    return false;
  }
}
