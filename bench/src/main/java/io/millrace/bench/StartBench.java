package io.millrace.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// How long until Millrace is ready, and how much memory it then holds.
@Command(name = "start", description = "Time to ready and idle memory, over several starts.")
final class StartBench implements Callable<Integer> {
  @Option(names = "--runs", defaultValue = "5", description = "Starts (default: 5).")
  private int runs;

  @Option(
      names = "--idle",
      defaultValue = "20",
      description = "Seconds to wait before memory is read (default: 20).")
  private int idleSeconds;

  @Override
  public Integer call() throws IOException {
    try (var first = Server.demo()) {
      System.out.printf("first start, empty data directory: %d ms%n", first.ready().toMillis());
      first.stop();
      var times = new long[runs];
      for (int i = 0; i < runs; i++) {
        var server = Server.demo(first.folder());
        times[i] = server.ready().toMillis();
        if (i == runs - 1) {
          LockSupport.parkNanos(Duration.ofSeconds(idleSeconds).toNanos());
          System.out.printf(
              "resident memory after %d s idle: %d MB%n", idleSeconds, server.residentMb());
        }
        server.stop();
      }
      Arrays.sort(times);
      System.out.printf(
          "later starts, command to ready: median %d ms (%d to %d ms, %d runs)%n",
          times[runs / 2], times[0], times[runs - 1], runs);
    }
    return 0;
  }
}
