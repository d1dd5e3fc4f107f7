package io.millrace.wire.kafkabroker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerKillIT {
  /// And after a clean stop, of the same directory, too.
  @Test
  void whatWasAcknowledgedIsThereAfterAKill(@TempDir Path directory) throws Exception {
    killWhileItWrites(directory);
    for (int start = 1; start <= 2; start++) {
      try (var broker = Brokers.in(directory)) {
        var client = Client.of(broker);
        assertThat(client.all("readings"))
            .startsWith(
                IntStream.range(0, BrokerProcess.ACKNOWLEDGED)
                    .mapToObj(i -> "r" + i)
                    .toArray(String[]::new))
            .doesNotHaveDuplicates();
        assertThat(client.committed("watchers", "readings")).isEqualTo(1_234);
      }
    }
  }

  private static void killWhileItWrites(Path directory) throws IOException {
    var process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-cp",
                    System.getProperty("java.class.path"),
                    BrokerProcess.class.getName(),
                    directory.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var output = process.inputReader()) {
      assertThat(output.lines().filter("acknowledged"::equals).findFirst()).isPresent();
    } finally {
      process.destroyForcibly().onExit().join();
    }
  }
}
