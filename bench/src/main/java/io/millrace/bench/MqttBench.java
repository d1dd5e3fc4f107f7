package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./millrace bench mqtt`: the plain broker beside Mosquitto, in turns, under the same load.
@Command(
    name = "mqtt",
    mixinStandardHelpOptions = true,
    description = "Publish, fan-in, fan-out, pairs: rate and CPU beside Mosquitto.")
final class MqttBench implements Callable<Integer> {
  private static final int LATENCY_RATE = 10_000;

  @Option(names = "--seconds", defaultValue = "2", description = "Measured time of each run.")
  private double seconds;

  @Option(names = "--turns", defaultValue = "3", description = "Turns of each load and broker.")
  private int turns;

  @Option(names = "--only", defaultValue = "", description = "Loads whose name holds this.")
  private String only = "";

  @Option(
      names = "--latency-seconds",
      defaultValue = "5",
      description = "Measured time of each run of '" + LatencyTurns.NAME + "'.")
  private int latencySeconds;

  @Option(names = "--jvm", description = "JVM options of our broker.")
  private List<String> jvmOptions = new ArrayList<>();

  @Option(names = "--set", description = "Settings of our broker, as in --set=mqtt.threads=1.")
  private List<String> brokerSettings = new ArrayList<>();

  @Option(
      names = "--whole",
      description = "Measure the whole `millrace run` instead of the broker alone.")
  private boolean isWhole;

  @Option(names = "--json", defaultValue = "", description = "File for the figures.")
  private String json = "";

  private final Figures figures = new Figures();

  private record Figure(double rate, double cpuMicros, long lost) {}

  @Override
  public Integer call() throws IOException {
    System.out.printf("%-32s %12s %9s", "load", "Millrace/s", "cpu µs");
    System.out.println(
        Mosquitto.isInstalled() ? "  Mosquitto/s   cpu µs   rate x    cpu x   (spread)" : "");
    var folder = Files.createTempDirectory("millrace-bench");
    jvmOptions.add("-Dbench.store=" + folder);
    try (var ours = isWhole ? whole() : PlainBroker.start(jvmOptions, brokerSettings)) {
      if (Mosquitto.isInstalled()) {
        try (var peer = Mosquitto.start()) {
          compare(ours, peer);
        }
      } else {
        for (var scenario : scenarios()) {
          print(scenario, measure(scenario, ours.port(), ours::cpu));
        }
      }
    }
    delete(folder);
    figures.write(json);
    return 0;
  }

  private Measured whole() throws IOException {
    return Server.installation(
        brokerSettings.stream().map(setting -> "--" + setting).toArray(String[]::new));
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private List<LoadScenario> scenarios() {
    var all = new ArrayList<>(LoadScenario.standard());
    all.addAll(LoadScenario.durable());
    return all.stream().filter(s -> s.name().contains(only)).toList();
  }

  private void compare(Measured ours, Measured peer) throws IOException {
    for (var scenario : scenarios()) {
      measure(scenario, ours.port(), ours::cpu); // warms the JVM up
      var mine = new ArrayList<Figure>();
      var theirs = new ArrayList<Figure>();
      for (int turn = 0; turn < turns; turn++) {
        mine.add(measure(scenario, ours.port(), ours::cpu));
        theirs.add(measure(scenario, peer.port(), peer::cpu));
      }
      print(scenario, median(mine), median(theirs), mine);
    }
    if (LatencyTurns.NAME.contains(only)) {
      new LatencyTurns(LATENCY_RATE, Duration.ofSeconds(latencySeconds), turns)
          .run(ours, peer, figures);
    }
  }

  private Figure measure(LoadScenario scenario, int port, Supplier<Duration> cpu)
      throws IOException {
    try (var load = new MqttLoad(scenario, port)) {
      load.run(Duration.ofMillis(500));
      var cpuBefore = cpu.get();
      long count = load.run(Duration.ofMillis((long) (seconds * 1000)));
      double micros = cpu.get().minus(cpuBefore).toNanos() / 1000.0;
      return new Figure(count / seconds, micros / Math.max(count, 1), load.lost());
    }
  }

  private static Figure median(List<Figure> figures) {
    var rates = figures.stream().mapToDouble(Figure::rate).sorted().toArray();
    var cpus = figures.stream().mapToDouble(Figure::cpuMicros).sorted().toArray();
    long lost = figures.stream().mapToLong(Figure::lost).max().orElse(0);
    return new Figure(rates[rates.length / 2], cpus[cpus.length / 2], lost);
  }

  private void keep(String broker, LoadScenario scenario, Figure figure) {
    var name = scenario.name() + ", " + broker;
    figures.keep(name, "messages/s", figure.rate());
    figures.keep(name + ", CPU", "us", figure.cpuMicros());
    figures.keep(name + ", lost", "messages", (double) figure.lost());
  }

  private void print(LoadScenario scenario, Figure mine) {
    keep("Millrace", scenario, mine);
    System.out.printf("%-32s %,12.0f %9.2f%n", scenario.name(), mine.rate(), mine.cpuMicros());
  }

  private void print(LoadScenario scenario, Figure mine, Figure theirs, List<Figure> all) {
    keep("Millrace", scenario, mine);
    keep("Mosquitto", scenario, theirs);
    var rates = all.stream().mapToDouble(Figure::rate).summaryStatistics();
    System.out.printf(
        "%-32s %,12.0f %9.2f %,12.0f %9.2f %8.1f %8.1f   (%,.0f to %,.0f)%s%n",
        scenario.name(),
        mine.rate(),
        mine.cpuMicros(),
        theirs.rate(),
        theirs.cpuMicros(),
        mine.rate() / theirs.rate(),
        theirs.cpuMicros() / mine.cpuMicros(),
        rates.getMin(),
        rates.getMax(),
        mine.lost() + theirs.lost() == 0 ? "" : " lost " + mine.lost() + " and " + theirs.lost());
  }
}
