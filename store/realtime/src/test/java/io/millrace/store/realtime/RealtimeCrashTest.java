package io.millrace.store.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.JsonLong;
import io.millrace.base.runtime.Clock;
import io.millrace.store.commit.CommitStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealtimeCrashTest {
  @TempDir Path directory;

  @Test
  void afterKillNineAllThatWasAcknowledgedIsThereAndNoWriteIsHalfThere() throws Exception {
    long acknowledged = 0;
    for (int kill = 1; kill <= 4; kill++) {
      acknowledged = writeAndKill(acknowledged + 1, acknowledged + 3_000L * kill);
      var root = reopened();
      long stored = number(root.at(TreePath.of("a")));
      assertThat(stored).as("kill %d", kill).isGreaterThanOrEqualTo(acknowledged);
      assertThat(number(root.at(TreePath.of("b", "c")))).isEqualTo(stored);
      var list = (Branch) root.child("list");
      assertThat(list.downFrom("", true).next().key()).isEqualTo(Long.toString(stored));
      assertThat(list.size()).as("none is missing, none is left over").isEqualTo((int) stored);
      acknowledged = stored;
    }
  }

  /// @return the last number whose write was acknowledged
  private long writeAndKill(long first, long killAfter) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                CrashingWriter.class.getName(),
                directory.toString(),
                Long.toString(first))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    long last = first - 1;
    try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
      last = readUntil(lines, last, killAfter);
      process.toHandle().destroyForcibly(); // SIGKILL; the output stays readable
      last = readUntil(lines, last, Long.MAX_VALUE); // what it still had said
    }
    process.waitFor();
    assertThat(last).isGreaterThanOrEqualTo(killAfter);
    return last;
  }

  private static long readUntil(BufferedReader lines, long last, long end) throws IOException {
    long read = last;
    for (var line = ""; read < end && (line = lines.readLine()) != null; ) {
      if (line.matches("\\d+")) { // a torn last line is no acknowledgement
        read = Math.max(read, Math.min(Long.parseLong(line), read + 1));
      }
    }
    return read;
  }

  private Node reopened() {
    var commits = CommitStore.open(directory, 16 << 20);
    var store = RealtimeStore.open(commits, Nodes.LIMITS, Clock.SYSTEM, new Random(1));
    try {
      return store.find("crash").orElseThrow().root();
    } finally {
      store.close();
      commits.close();
    }
  }

  private static long number(Node node) {
    return ((JsonLong) ((Leaf) node).value()).value();
  }
}
