package io.millrace.bench;

import io.millrace.testkit.FaultyDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./millrace torture`: the whole process under load with faults, and what must hold after each.
@Command(
    name = "torture",
    mixinStandardHelpOptions = true,
    description = {
      "Runs Millrace under load and kills it, fills, breaks and slows its disk and moves its"
          + " clock.",
      "After each restart: what was acknowledged is stored, once; the latest value is the newest;",
      "alarms agree with the messages. At the end the message log holds each of them once.",
      "Needs Linux and a C compiler."
    })
public final class Torture implements Callable<Integer> {
  @Option(names = "--minutes", defaultValue = "10", description = "How long (10).")
  private double minutes;

  @Option(
      names = "--seed",
      defaultValue = "0",
      description = "Repeats the faults of a run; 0: new.")
  private long seed;

  @Option(
      names = "--kills",
      defaultValue = "0",
      description = "Goes on until so many kills, one soon after the other.")
  private int kills;

  private Torture() {}

  static void main(String[] arguments) {
    System.exit(new CommandLine(new Torture()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    long chosen = seed == 0 ? System.nanoTime() : seed;
    var launcher = List.of(System.getProperty("millrace.launcher", "./millrace"));
    var length = kills > 0 ? Duration.ZERO : Duration.ofMillis((long) (minutes * 60_000));
    var report = run(launcher, length, kills, chosen);
    System.out.println(report);
    return 0;
  }

  /// One run.
  ///
  /// @param launcher what starts Millrace; its arguments are appended
  /// @param kills at least so many, one soon after the other; 0: as they come
  /// @return figures for people
  /// @throws IllegalStateException when something that must hold does not; names the seed
  static String run(List<String> launcher, Duration length, int kills, long seed)
      throws IOException, InterruptedException {
    System.out.printf("torture --seed=%d%n", seed);
    var folder = Files.createTempDirectory("millrace-torture");
    boolean isFine = false;
    try (var disk = FaultyDisk.under(folder.resolve("data"), folder.resolve("disk"));
        var server = new TortureServer(launcher, folder, disk)) {
      var report = new TortureRun(server, disk, seed, kills > 0).run(length, kills);
      isFine = true;
      return report;
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "%s; repeat with --seed=%d; its data is in %s".formatted(e.getMessage(), seed, folder),
          e);
    } finally {
      if (isFine) {
        delete(folder);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    io.millrace.store.commit.CommitStore.deleteTree(folder);
  }
}
