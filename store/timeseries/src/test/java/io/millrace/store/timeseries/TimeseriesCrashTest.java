package io.millrace.store.timeseries;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.JsonLong;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.model.Point;
import io.millrace.store.commit.CommitStore;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a child process that saves, deletes and seals all the time, and compares what is left.
class TimeseriesCrashTest {
  private static final int KILLS = 5;
  private static final int MESSAGES = 20;
  private static final int DEVICES = 7;
  private static final TimeseriesStore.Limits SEALING = new TimeseriesStore.Limits(50, 300, true);

  @TempDir Path directory;

  @Test
  void whatWasAcknowledgedIsThereOnceAndWhatWasDeletedIsNot() throws IOException {
    var random = new Random(5);
    int commits = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      commits = check(runUntilKilled(commits, 20 + random.nextInt(150)));
    }
    assertThat(commits).isGreaterThan(KILLS * 20);
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
    try (var commits = CommitStore.open(directory, 8 << 20)) {
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
    command.addAll(List.of(Writer.class.getName(), directory.toString(), "" + next));
    var child = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (var lines = new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
      int acknowledged = next;
      for (int i = 0; i < acknowledgements; i++) {
        acknowledged = Integer.parseInt(lines.readLine()) + 1;
      }
      child.toHandle().destroyForcibly(); // SIGKILL; Process would close the pipe too
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        acknowledged = Integer.parseInt(line) + 1;
      }
      return acknowledged;
    }
  }

  /// The child.
  static final class Writer {
    public static void main(String[] args) {
      try (var commits = CommitStore.open(Path.of(args[0]), 8 << 20)) {
        var store = TimeseriesStore.open(commits, SEALING);
        for (int number = Integer.parseInt(args[1]); ; number++) {
          write(commits, store, number);
          System.out.println(number);
          System.out.flush();
        }
      }
    }
  }
}
