package io.millrace.wire.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.store.commit.CommitStore;
import io.millrace.wire.mqtt.codec.Properties;
import io.millrace.wire.mqtt.codec.Property;
import io.millrace.wire.mqtt.codec.ProtocolVersion;
import io.millrace.wire.mqtt.codec.Publish;
import io.millrace.wire.mqtt.codec.TopicName;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Retained messages outlive the process when they were acknowledged.
class RetainedStoreTest {
  @TempDir Path directory;

  @Test
  void whatWasAcknowledgedIsThereAfterARestart() {
    try (var commits = CommitStore.open(directory, 8 << 20);
        var store = BrokerStores.open(commits);
        var broker = TestServer.open(Map.of(), store);
        var client = MqttClient.connect(broker.to("p").version(ProtocolVersion.V5))) {
      var properties = Properties.NONE.with(Property.CONTENT_TYPE, "text/plain").with("unit", "°C");
      for (int i = 0; i < 200; i++) {
        client.send("old/" + i, new byte[] {1}, 1, true);
      }
      client
          .send(
              new Publish(TopicName.of("kept"), "v".getBytes(UTF_8), 2, true, false, 0, properties))
          .join();
      client.publish("gone", new byte[] {1}, 1, true);
      client.publish("gone", new byte[0], 1, true);
    }
    var got = new CopyOnWriteArrayList<Publish>();
    try (var commits = CommitStore.open(directory, 8 << 20);
        var store = BrokerStores.open(commits);
        var broker = TestServer.open(Map.of(), store);
        var client = MqttClient.connect(broker.to("s").version(ProtocolVersion.V5), got::add)) {
      client.subscribe("#", 2);
      await().until(() -> got.size() == 201);
      var kept = got.stream().filter(p -> p.topicText().equals("kept")).findFirst().orElseThrow();
      assertThat(kept.retain()).isTrue();
      assertThat(kept.qos()).isEqualTo(2);
      assertThat(kept.properties().text(Property.CONTENT_TYPE)).isEqualTo("text/plain");
      assertThat(kept.properties().userProperties()).hasSize(1);
      assertThat(got).noneMatch(p -> p.topicText().equals("gone"));
    }
  }
}
