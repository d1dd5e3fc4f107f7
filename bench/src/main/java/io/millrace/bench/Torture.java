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
      "Runs Millrace under load and kills it, fills its disk, slows its disk and moves its clock.",
      "After each restart: what was acknowledged is stored, once, and the latest value is the"
          + " newest;",
      "at the end alarms agree with the last messages. Needs Linux and a C compiler."
    })
public final class Torture implements Callable<Integer> {
  @Option(names = "--minutes", defaultValue = "10", description = "How long (10).")
  private double minutes;

  @Option(
      names = "--seed",
      defaultValue = "0",
      description = "Repeats the faults of a run; 0: new.")
  private long seed;

  private Torture() {}

  static void main(String[] arguments) {
    System.exit(new CommandLine(new Torture()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    long chosen = seed == 0 ? System.nanoTime() : seed;
    var launcher = List.of(System.getProperty("millrace.launcher", "./millrace"));
    var report = run(launcher, Duration.ofMillis((long) (minutes * 60_000)), chosen);
    System.out.println(report);
    return 0;
  }

  /// One run.
  ///
  /// @param launcher what starts Millrace; its arguments are appended
  /// @return figures for people
  /// @throws IllegalStateException when something that must hold does not; names the seed
  static String run(List<String> launcher, Duration length, long seed)
      throws IOException, InterruptedException {
    System.out.printf("torture --seed=%d%n", seed);
    var folder = Files.createTempDirectory("millrace-torture");
    boolean isFine = false;
    try (var disk = FaultyDisk.under(folder.resolve("data"), folder.resolve("disk"))) {
      var report = new TortureRun(launcher, folder, disk, seed).run(length);
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
