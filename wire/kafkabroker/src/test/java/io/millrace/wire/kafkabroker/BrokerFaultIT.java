package io.millrace.wire.kafkabroker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Kafka does not survive ends Kafka, not the process.
class BrokerFaultIT {
  @Test
  void aLostDiskEndsTheBrokerAndIsTold(@TempDir Path directory) throws Exception {
    var told = new CopyOnWriteArrayList<String>();
    try (var broker = new EmbeddedBroker(Brokers.options(directory, 0), told::add)) {
      var client = Client.of(broker);
      remove(directory.resolve("data"));
      client.create("lost"); // the controller takes it; the broker cannot make the folder
      await().until(() -> broker.fault().isPresent());
      assertThat(told)
          .singleElement()
          .asString()
          .contains("has ended itself", "MB are free", "start Millrace again");
    }
  }

  private static void remove(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
    Files.writeString(folder, "a file where the folder was");
  }
}
