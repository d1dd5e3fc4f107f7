package io.millrace.store.timeseries;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.JsonLong;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.model.Point;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.StoreFullException;
import io.millrace.testkit.FaultyDisk;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a child process that saves, deletes and seals all the time, and compares what is left.
///
/// A campaign of a thousand kills: `-Dmillrace.kills=1000`, see `docs/benchmarks.md`.
class TimeseriesCrashTest {
  private static final int KILLS = Integer.getInteger("millrace.kills", 3);
  private static final int KILLS_PER_STORE = 20; // what is compared grows with each
  private static final int POWER_CUTS = 3;
  private static final int ROUNDS = 1;
  private static final int MESSAGES = 20;
  private static final int DEVICES = 7;
  private static final TimeseriesStore.Limits SEALING = new TimeseriesStore.Limits(50, 300, true);

  @TempDir Path directory;
  private @Nullable FaultyDisk disk;
  private Runnable failing = () -> {};

  @Test
  void whatWasAcknowledgedIsThereOnceAndWhatWasDeletedIsNot() throws IOException {
    var random = new Random(5);
    int all = 0;
    int commits = 0;
    for (int kill = 1; kill <= KILLS; kill++) {
      commits = check(runUntilKilled(commits, 20 + random.nextInt(150)));
      if (kill % KILLS_PER_STORE == 0) {
        System.out.printf("%d kills, %d commits%n", kill, all + commits);
        CommitStore.deleteTree(directory.resolve("data"));
        all += commits;
        commits = 0;
      }
    }
    assertThat(all + commits).isGreaterThan(KILLS * 20);
  }

  @Test
  void afterAPowerCutEverythingAcknowledgedIsThere() throws IOException {
    Assumptions.assumeTrue(FaultyDisk.isPossible(), "needs Linux and a C compiler");
    var random = new Random(6);
    int commits = 0;
    long cut = 0;
    for (int kill = 0; kill < POWER_CUTS; kill++) {
      try (var power =
          FaultyDisk.under(directory.resolve("data"), directory.resolve("disk" + kill))) {
        disk = power;
        int acknowledged = runUntilKilled(commits, 20 + random.nextInt(100));
        assertThat(power.syncs()).isGreaterThanOrEqualTo(acknowledged - commits);
        cut += power.cutPower();
        commits = check(acknowledged);
      }
    }
    assertThat(commits).isGreaterThan(POWER_CUTS * 20);
    assertThat(cut).as("bytes that were never synced").isPositive();
  }

  @Test
  void whicheverWriteFailsWhatWasAcknowledgedIsThere() throws IOException {
    Assumptions.assumeTrue(FaultyDisk.isPossible(), "needs Linux and a C compiler");
    var random = new Random(7);
    int commits = 0;
    for (var fault : FaultyDisk.Fault.values()) {
      for (int round = 0; round < ROUNDS; round++) {
        try (var faulty = FaultyDisk.under(directory.resolve("data"), directory.resolve("lib"))) {
          disk = faulty;
          int n = 1 + random.nextInt(70);
          failing = () -> faulty.failWrite(n, fault);
          commits = check(runUntilKilled(commits, 60));
        }
      }
    }
    assertThat(commits).isPositive();
  }

  /// One commit: twenty messages in and out of order, and a deletion.
  private static void write(CommitStore commits, TimeseriesStore store, int number) {
    try (var commit = commits.begin()) {
      for (int i = 0; i < MESSAGES; i++) {
        store.save(commit, device(number, i), points(number, i));
      }
      store.delete(commit, device(number, 0), "a", deletedFrom(number), deletedFrom(number) + 15);
      commit.write();
    }
  }

  private static void write(Map<String, Map<Long, Long>> model, int number) {
    for (int i = 0; i < MESSAGES; i++) {
      for (var point : points(number, i)) {
        var series = model.computeIfAbsent(device(number, i) + point.key(), _ -> new TreeMap<>());
        series.put(point.ts(), ((JsonLong) point.value()).value());
      }
    }
    long from = deletedFrom(number);
    model
        .getOrDefault(device(number, 0) + "a", new TreeMap<>())
        .keySet()
        .removeIf(ts -> ts >= from && ts < from + 15);
  }

  private static List<Point> points(int number, int message) {
    long ts = number * 10L + (message % 4 == 0 ? -70 : message);
    return List.of(
        new Point("a", ts, new JsonLong(number)), new Point("b", ts, new JsonLong(message)));
  }

  private static long deletedFrom(int number) {
    return number * 10L - 40;
  }

  private static EntityId device(int number, int message) {
    return new EntityId(EntityType.DEVICE, new UUID(0, (number + message) % DEVICES));
  }

  /// Says which number of commits is there: all that were acknowledged, or one more.
  private int check(int acknowledged) {
    try (var commits = CommitStore.open(directory.resolve("data"), 8 << 20)) {
      var found = found(TimeseriesStore.open(commits, SEALING));
      var model = new TreeMap<String, Map<Long, Long>>();
      for (int number = 0; number < acknowledged; number++) {
        write(model, number);
      }
      if (found.equals(model)) {
        return acknowledged;
      }
      write(model, acknowledged); // the one in flight
      assertThat(found).isEqualTo(model);
      return acknowledged + 1;
    }
  }

  private static Map<String, Map<Long, Long>> found(TimeseriesStore store) {
    var found = new TreeMap<String, Map<Long, Long>>();
    for (int i = 0; i < DEVICES; i++) {
      var device = device(0, i);
      for (var key : store.keys(device)) {
        var series = new TreeMap<Long, Long>();
        var points = store.read(device, RangeQuery.oldest(key, -1_000, 1_000_000, 1_000_000));
        points.forEach(point -> series.put(point.ts(), ((JsonLong) point.value()).value()));
        assertThat(series).as("each ts once").hasSize(points.size());
        assertThat(store.latest(device, List.of(key))).containsExactly(points.getLast());
        found.put(device + key, series);
      }
    }
    return found;
  }

  /// Says how many commits were acknowledged, from the very first.
  private int runUntilKilled(int next, int acknowledgements) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(
        List.of(Writer.class.getName(), directory.resolve("data").toString(), "" + next));
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    if (disk != null) {
      disk.lendTo(builder);
    }
    var child = builder.start();
    try (var lines = new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
      int acknowledged = next;
      for (int i = 0; i < acknowledgements; i++) {
        var line = number(lines);
        if (line == null) {
          return acknowledged; // it gave up by itself
        }
        acknowledged = Integer.parseInt(line) + 1;
        if (i == 0) {
          failing.run();
        }
      }
      child.toHandle().destroyForcibly(); // SIGKILL; Process would close the pipe too
      for (var line = number(lines); line != null; line = number(lines)) {
        acknowledged = Integer.parseInt(line) + 1;
      }
      return acknowledged;
    }
  }

  /// The next line that is a number: the child logs there too.
  private static @Nullable String number(BufferedReader lines) throws IOException {
    var line = lines.readLine();
    while (line != null && !line.matches("\\d+")) {
      line = lines.readLine();
    }
    return line;
  }

  /// The child.
  static final class Writer {
    public static void main(String[] args) {
      try (var commits = CommitStore.open(Path.of(args[0]), 8 << 20)) {
        var store = TimeseriesStore.open(commits, SEALING);
        for (int number = Integer.parseInt(args[1]); ; number++) {
          try {
            write(commits, store, number);
          } catch (StoreFullException refused) {
            Runtime.getRuntime().halt(1);
          }
          System.out.println(number);
          System.out.flush();
        }
      }
    }
  }
}
