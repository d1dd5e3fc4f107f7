package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./millrace bench connections`: new connections per second beside Mosquitto, in turns, and what
/// many idle ones cost a whole `millrace run` with the default heap.
@Command(
    name = "connections",
    mixinStandardHelpOptions = true,
    description = "MQTT connections: new ones per second, memory of idle ones, beside Mosquitto.")
final class ConnectionBench implements Callable<Integer> {
  /// Files that a broker opens besides its connections.
  private static final int OTHER_FILES = 500;

  @Option(names = "--idle", defaultValue = "20000", description = "Idle connections (20000).")
  private int idle;

  @Option(names = "--settle", defaultValue = "25", description = "Seconds until they are idle.")
  private int settleSeconds;

  @Option(names = "--parallel", defaultValue = "100", description = "New ones at a time (100).")
  private int parallel;

  @Option(names = "--seconds", defaultValue = "2", description = "Measured time of each turn.")
  private double seconds;

  @Option(names = "--turns", defaultValue = "3", description = "Turns of each broker.")
  private int turns;

  @Option(names = "--json", defaultValue = "", description = "File for the figures.")
  private String json = "";

  private final Figures figures = new Figures();

  private record Rate(double perSecond, double cpuMicros) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (var ours = PlainBroker.start(List.of(), List.of())) {
      if (Mosquitto.isInstalled()) {
        try (var peer = Mosquitto.start()) {
          compare(ours, peer);
        }
      } else {
        System.out.println("Mosquitto is not installed: new connections are not compared");
      }
    }
    idle();
    figures.write(json);
    return 0;
  }

  private void compare(PlainBroker ours, Mosquitto peer) throws IOException {
    measure(ours.port(), () -> ours.cpu().toNanos()); // warms the JVM up
    var mine = new ArrayList<Rate>();
    var theirs = new ArrayList<Rate>();
    for (int turn = 0; turn < turns; turn++) {
      mine.add(measure(ours.port(), () -> ours.cpu().toNanos()));
      theirs.add(measure(peer.port(), () -> peer.cpu().toNanos()));
    }
    var rate = Spread.of(mine, Rate::perSecond);
    var peers = Spread.of(theirs, Rate::perSecond);
    var cpu = Spread.of(mine, Rate::cpuMicros);
    var peersCpu = Spread.of(theirs, Rate::cpuMicros);
    figures.keep("new connections, Millrace", "1/s", rate.median());
    figures.keep("new connections, Mosquitto", "1/s", peers.median());
    figures.keep("CPU of each, Millrace", "us", cpu.median());
    figures.keep("CPU of each, Mosquitto", "us", peersCpu.median());
    System.out.printf(
        "new connections per second, %d at a time: Millrace %s, Mosquitto %s, ratio %.2f%n",
        parallel, rate, peers, rate.median() / peers.median());
    System.out.printf(
        "  broker's CPU us each: Millrace %s, Mosquitto %s, ratio %.2f%n",
        cpu, peersCpu, peersCpu.median() / cpu.median());
  }

  private Rate measure(int port, LongSupplier cpuNanos) throws IOException {
    try (var load = new ConnectLoad(port, false)) {
      load.run(parallel, Duration.ofMillis(500));
      long before = cpuNanos.getAsLong();
      long began = System.nanoTime();
      long count = load.run(parallel, Duration.ofMillis((long) (seconds * 1000)));
      double elapsed = (System.nanoTime() - began) / 1e9;
      return new Rate(count / elapsed, (cpuNanos.getAsLong() - before) / 1000.0 / count);
    }
  }

  private void idle() throws IOException, InterruptedException {
    int count = allowed();
    try (var server = Server.installation()) {
      hold("Millrace (millrace run)", server.port("mqtt.port"), count, server::residentMb);
    }
    if (Mosquitto.isInstalled()) {
      try (var peer = Mosquitto.start()) {
        hold("Mosquitto", peer.port(), count, peer::residentMb);
      }
    }
  }

  private void hold(String what, int port, int count, LongSupplier residentMb)
      throws IOException, InterruptedException {
    TimeUnit.SECONDS.sleep(settleSeconds);
    long before = residentMb.getAsLong();
    try (var load = new ConnectLoad(port, true)) {
      load.open(count, parallel);
      long open = residentMb.getAsLong();
      TimeUnit.SECONDS.sleep(settleSeconds);
      long after = residentMb.getAsLong();
      figures.keep(what + ", idle connections", "", count);
      figures.keep(what + ", resident memory", "MB", (double) after);
      System.out.printf(
          "%s, %,d idle connections: resident %d MB; %d MB when the last one came, %d MB before"
              + " the first; %.1f KB each%n",
          what, count, after, open, before, (after - before) * 1024.0 / count);
    }
  }

  /// As many as one process may open here, at most those asked for.
  private int allowed() throws IOException {
    long limit = openFiles();
    if (limit >= idle + OTHER_FILES) {
      return idle;
    }
    int count = (int) Math.max(1, limit - OTHER_FILES);
    System.out.printf(
        "A process may open %,d files here, %,d connections need %,d: only %,d are opened. Raise"
            + " `ulimit -Hn` and start again for all of them.%n",
        limit, idle, idle + OTHER_FILES, count);
    return count;
  }

  /// The hard limit: Java raises its own to it.
  private static long openFiles() throws IOException {
    for (var line : Files.readAllLines(Path.of("/proc/self/limits"))) {
      if (line.startsWith("Max open files")) {
        var columns = line.substring(26).strip().split("\\s+");
        return columns[1].equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(columns[1]);
      }
    }
    return Long.MAX_VALUE;
  }
}
