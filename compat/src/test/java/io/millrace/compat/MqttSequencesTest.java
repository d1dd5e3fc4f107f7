package io.millrace.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.base.config.Settings;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Ids;
import io.millrace.base.runtime.SystemScheduler;
import io.millrace.wire.mqtt.Authenticator;
import io.millrace.wire.mqtt.Authorizer;
import io.millrace.wire.mqtt.MqttConfig;
import io.millrace.wire.mqtt.MqttServer;
import io.millrace.wire.mqtt.Tap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Replays the byte-exact packet sequences, where they are, and compares with the committed list
/// of results; `-Dgolden=update` rewrites that list.
class MqttSequencesTest {
  private static final Path SEQUENCES = Path.of("..", "..", "shared", "mqtt-sequences");
  private static final Path EXPECTED = Path.of("src/test/resources/mqtt-sequences.expected");

  @Test
  void everySequenceAsExpected() throws IOException {
    assumeTrue(
        Files.isDirectory(SEQUENCES),
        "no packet sequences in ../shared/mqtt-sequences: nothing to replay");
    var results = results();
    if ("update".equals(System.getProperty("golden"))) {
      Files.write(EXPECTED, results);
    }
    assertThat(results).isEqualTo(Files.readAllLines(EXPECTED));
  }

  private static List<String> results() throws IOException {
    var lines = new ArrayList<String>();
    try (var scheduler = new SystemScheduler();
        var server = server(scheduler);
        var files = Files.list(SEQUENCES)) {
      var replay = new SequenceReplay(server.ports().getFirst());
      for (var file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        replay(file, replay, lines);
      }
    }
    return lines;
  }

  private static void replay(Path file, SequenceReplay replay, List<String> lines) {
    var sequences = Sequence.read(file);
    var misses = new ArrayList<String>();
    for (var sequence : sequences) {
      replay.play(sequence).ifPresent(why -> misses.add(sequence.name() + ": " + why));
    }
    int exact = sequences.size() - misses.size();
    lines.add("%s %d of %d".formatted(file.getFileName(), exact, sequences.size()));
    misses.forEach(miss -> lines.add("  " + miss));
  }

  private static MqttServer server(SystemScheduler scheduler) {
    var settings =
        Settings.of()
            .add(
                Map.of(
                    "mqtt.port", "0",
                    "mqtt.websocket.port", "-1",
                    "mqtt.topicAliasMaximum", "10",
                    "mqtt.maxPacketBytes", "2000000",
                    "mqtt.receiveMaximum", "20"),
                "test");
    var config = settings.bind("mqtt", MqttConfig.class);
    settings.check();
    return MqttServer.open(
        config,
        "127.0.0.1",
        Authenticator.NONE,
        Authorizer.ALL,
        Tap.NONE,
        Clock.SYSTEM,
        scheduler,
        new Ids(Clock.SYSTEM, new Random(1)),
        new Counters());
  }
}
