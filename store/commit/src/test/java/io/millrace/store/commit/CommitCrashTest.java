package io.millrace.store.commit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a child process that commits, again and again, and looks at what is left.
///
/// kill -9 leaves the page cache alone, so this shows that nothing is acknowledged before it was
/// handed to the operating system and that no half of a commit is ever seen; not that it was
/// synced.
class CommitCrashTest {
  private static final int KILLS = 6;
  private static final int ROWS = 20;
  private static final Family[] FAMILIES = {Family.META, Family.TELEMETRY, Family.OUTBOX};

  @TempDir Path directory;

  @Test
  void acknowledgedCommitsAreThereAfterKillAndNoneIsHalfThere() throws Exception {
    var random = new Random(20261122);
    int next = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      int acknowledged = runUntilKilled(next, 1 + random.nextInt(400));
      next = check(acknowledged);
    }
    assertThat(next).isGreaterThan(KILLS);
  }

  /// Lets a child commit from number `next` on, and kills it after so many acknowledgements.
  ///
  /// @return one more than the last number that was acknowledged
  private int runUntilKilled(int next, int acknowledgements) throws IOException {
    var child =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                directory.toString(),
                "" + next)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var lines = new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
      int acknowledged = next;
      for (int i = 0; i < acknowledgements; i++) {
        acknowledged = Integer.parseInt(lines.readLine()) + 1;
      }
      child.toHandle().destroyForcibly(); // SIGKILL; Process would close the pipe too
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        acknowledged = Integer.parseInt(line) + 1; // was on its way when the child died
      }
      return acknowledged;
    }
  }

  /// @return one more than the last number found
  private int check(int acknowledged) {
    try (var store = CommitStore.open(directory, 8 << 20)) {
      Map<Integer, Set<String>> rows = new HashMap<>();
      for (var family : FAMILIES) {
        store.scan(
            family,
            "c".getBytes(UTF_8),
            "d".getBytes(UTF_8),
            (key, value) -> {
              var text = new String(key, UTF_8);
              assertThat(value).hasSize(size(number(text)));
              return rows.computeIfAbsent(number(text), _ -> new HashSet<>()).add(family + text);
            });
      }
      IntStream.range(0, acknowledged).forEach(i -> assertThat(rows).containsKey(i));
      rows.forEach((number, found) -> assertThat(found).as("commit %d", number).hasSize(ROWS));
      assertThat(rows.size() - acknowledged).isBetween(0, 1); // at most the one in flight
      return rows.size();
    }
  }

  private static int number(String key) {
    return Integer.parseInt(key.substring(1, 9));
  }

  private static int size(int number) {
    return number * 31 % 2_000;
  }

  /// The child.
  static final class Writer {
    public static void main(String[] args) {
      try (var store = CommitStore.open(Path.of(args[0]), 8 << 20)) {
        for (int number = Integer.parseInt(args[1]); ; number++) {
          try (var commit = store.begin()) {
            for (int row = 0; row < ROWS; row++) {
              var key = "c%08d.%02d".formatted(number, row).getBytes(UTF_8);
              commit.put(FAMILIES[row % FAMILIES.length], key, new byte[size(number)]);
            }
            int done = number;
            commit.onDurable(() -> System.out.println(done));
            commit.write();
          }
          System.out.flush();
        }
      }
    }
  }
}
