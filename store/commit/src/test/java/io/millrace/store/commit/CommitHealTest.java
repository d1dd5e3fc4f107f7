package io.millrace.store.commit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.FaultyDisk;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that fails in all the ways it can under one process, which goes on each time.
class CommitHealTest {
  private static final int BEFORE = 10;
  private static final int PATIENCE = 60;
  private static final int TRIES = 3;

  @TempDir Path directory;
  private final Random random = new Random(20261122);
  private final Set<Integer> acknowledged = new TreeSet<>();
  private final Set<Integer> refused = new TreeSet<>();
  private int read;

  @Test
  void whateverTheDiskDoesTheSameProcessWritesAgainAndNothingRefusedComesBack()
      throws IOException, InterruptedException {
    Assumptions.assumeTrue(FaultyDisk.isPossible(), "needs Linux and a C compiler");
    try (var disk = FaultyDisk.under(directory.resolve("data"), directory.resolve("disk"))) {
      var child = child(disk);
      try (var said = new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
        for (var fault : FaultyDisk.Fault.values()) {
          breakAndHeal(disk, fault, said);
        }
        acknowledge(said, BEFORE);
      } finally {
        child.destroyForcibly().waitFor();
      }
      disk.cutPower();
    }
    assertThat(refused).hasSizeGreaterThanOrEqualTo(FaultyDisk.Fault.values().length);
    assertThat(read).as("reads while writes were refused").isEqualTo(refused.size());
    checkWhatIsThere();
  }

  private void breakAndHeal(FaultyDisk disk, FaultyDisk.Fault fault, BufferedReader said)
      throws IOException {
    acknowledge(said, BEFORE);
    int before = refused.size();
    while (refused.size() == before) { // the failing write may be one of RocksDB's own log lines
      disk.failWrite(1 + random.nextInt(30), fault);
      for (int i = 0; i < PATIENCE && refused.size() == before; i++) {
        take(said);
      }
    }
    if (fault.isLasting()) {
      long tried = disk.writes();
      Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> disk.writes() > tried + TRIES);
    }
    disk.healthy();
  }

  private void acknowledge(BufferedReader said, int count) throws IOException {
    for (int wanted = acknowledged.size() + count; acknowledged.size() < wanted; ) {
      take(said);
    }
  }

  private void take(BufferedReader said) throws IOException {
    var line = said.readLine();
    assertThat(line).as("the child goes on").isNotNull();
    if (line.matches("[AR] \\d+")) {
      (line.charAt(0) == 'A' ? acknowledged : refused).add(Integer.parseInt(line.substring(2)));
    } else if (line.equals("READ")) {
      read++;
    }
  }

  private void checkWhatIsThere() {
    try (var store = CommitStore.open(directory.resolve("data"), 8 << 20)) {
      for (int number : acknowledged) {
        assertThat(isWhole(store, number)).as("acknowledged %d", number).isTrue();
      }
      for (int number : refused) {
        assertThat(store.get(Family.META, key(number))).as("refused %d", number).isNull();
        assertThat(store.get(Family.OUTBOX, key(number))).as("refused %d", number).isNull();
      }
    }
  }

  private Process child(FaultyDisk disk) throws IOException {
    var builder =
        new ProcessBuilder(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                directory.resolve("data").toString()));
    disk.lendTo(builder);
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static byte[] key(int number) {
    return "c%08d".formatted(number).getBytes(UTF_8);
  }

  private static boolean isWhole(CommitStore store, int number) {
    return store.get(Family.META, key(number)) != null
        && store.get(Family.OUTBOX, key(number)) != null;
  }

  /// The child: after a refusal it waits until the store says by itself that all is well.
  static final class Writer {
    public static void main(String[] args) {
      try (var store = CommitStore.open(Path.of(args[0]), 8 << 20, Duration.ofMillis(50))) {
        int last = -1;
        for (int number = 0; ; number++) {
          last = write(store, number, last);
          System.out.flush();
        }
      }
    }

    private static int write(CommitStore store, int number, int last) {
      try (var commit = store.begin()) {
        commit.put(Family.META, key(number), new byte[number * 31 % 40_000]);
        commit.put(Family.OUTBOX, key(number), new byte[number * 17 % 2_000]);
        commit.write();
        System.out.println("A " + number);
        return number;
      } catch (StoreFullException full) {
        System.out.println("R " + number);
        System.out.println(last < 0 || isWhole(store, last) ? "READ" : "LOST");
        System.out.flush();
      }
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> store.trouble().isEmpty());
      return last;
    }
  }
}
