package io.millrace.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `./millrace bench WHAT`: measures and prints figures.
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures Millrace on this machine and prints figures.",
    subcommands = {
      StartBench.class,
      IngestBench.class,
      KafkaBench.class,
      MqttBench.class,
      ConnectionBench.class,
      PipelineBench.class,
      ChainsBench.class,
      CoverageBench.class,
      MemoryBench.class,
      QueryBench.class,
      RealtimeBench.class,
      StoreBench.class,
    })
public final class Bench implements Callable<Integer> {
  private Bench() {}

  static void main(String[] arguments) {
    System.exit(new CommandLine(new Bench()).execute(arguments));
  }

  @Override
  public Integer call() {
    new CommandLine(this).usage(System.out);
    return 0;
  }
}
