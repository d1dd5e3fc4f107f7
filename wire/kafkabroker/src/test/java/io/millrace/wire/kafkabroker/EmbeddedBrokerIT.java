package io.millrace.wire.kafkabroker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
  @TempDir private static Path directory;
  private static EmbeddedBroker broker;
  private static Client client;

  @BeforeAll
  static void start() {
    broker = Brokers.in(directory);
    client = Client.of(broker);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void theJavaClientWritesAndReads() throws Exception {
    client.create("greetings");
    client.send("greetings", "hello");
    assertThat(client.all("greetings")).containsExactly("hello");
  }

  @Test
  void aRecordOfAMegabytePasses() throws Exception {
    client.create("large");
    var large = "x".repeat(1_000_000);
    client.send("large", large);
    assertThat(client.all("large")).containsExactly(large);
  }

  @Test
  void anotherBrokerOnTheSameDirectoryIsRefusedAndTheFirstStaysWell() throws Exception {
    try (var second = Brokers.in(directory)) {
      assertThatThrownBy(second::start)
          .isInstanceOf(BrokerStartException.class)
          .hasMessageContaining("Another broker uses " + directory)
          .hasMessageContaining("data.dir");
    }
    client.create("after-the-second"); // Kafka alone would have lost its controller here
  }

  @Test
  void aTakenPortIsNamedWithTheSettingAndTheCure(@TempDir Path other) throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        var second = new EmbeddedBroker(Brokers.options(other, taken.getLocalPort()), _ -> {})) {
      assertThatThrownBy(second::start)
          .isInstanceOf(BrokerStartException.class)
          .hasMessageContaining("kafka.port=%d".formatted(taken.getLocalPort()))
          .hasMessageContaining("--kafka.port=NUMBER")
          .hasMessageContaining("kafka.bootstrap.servers");
    }
  }

  @Test
  void kafkasLibrariesStayInTheirLoader() throws Exception {
    try (var loader = new BrokerLoader(BrokerLibrary.find())) {
      var theirs = loader.loadClass("org.apache.kafka.clients.admin.Admin");
      assertThat(theirs).isNotSameAs(org.apache.kafka.clients.admin.Admin.class);
      assertThatThrownBy(() -> loader.loadClass("org.junit.jupiter.api.Test"))
          .isInstanceOf(ClassNotFoundException.class);
    }
  }
}
