package io.millrace.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// From publish to subscriber at a fixed rate, our broker and Mosquitto in turns.
final class LatencyTurns {
  static final String NAME = "latency QoS 1";

  private static final Duration WARM_UP = Duration.ofSeconds(15);

  /// A JVM compiles by counts: at the measured rate it would still do so in the measured turns.
  private static final int WARM_UP_RATE = 100_000;

  private final int perSecond;
  private final Duration time;
  private final int turns;

  LatencyTurns(int perSecond, Duration time, int turns) {
    this.perSecond = perSecond;
    this.time = time;
    this.turns = turns;
  }

  private record Figure(double p50, double p99, double highest) {}

  void run(Measured ours, Measured peer, Figures figures) throws IOException {
    warmUp(ours.port());
    var mine = new ArrayList<Figure>();
    var theirs = new ArrayList<Figure>();
    for (int turn = 0; turn < turns; turn++) {
      mine.add(measure(ours.port()));
      theirs.add(measure(peer.port()));
    }
    System.out.printf("%s, 50 pairs, %,d messages/s, us:%n", NAME, perSecond);
    print("p50", mine, theirs, Figure::p50, figures);
    print("p99", mine, theirs, Figure::p99, figures);
    print("highest", mine, theirs, Figure::highest, figures);
  }

  /// As long as a JVM compiles what this load needs.
  private void warmUp(int port) throws IOException {
    try (var load = new MqttLoad(LoadScenario.paced(), port)) {
      load.paced(WARM_UP_RATE, WARM_UP, _ -> {});
    }
  }

  private Figure measure(int port) throws IOException {
    try (var load = new MqttLoad(LoadScenario.paced(), port)) {
      load.paced(perSecond, Duration.ofMillis(500), _ -> {});
      var latencies = new Latencies();
      load.paced(perSecond, time, latencies);
      return new Figure(latencies.micros(0.5), latencies.micros(0.99), latencies.micros(1));
    }
  }

  private static void print(
      String what,
      List<Figure> mine,
      List<Figure> theirs,
      ToDoubleFunction<Figure> value,
      Figures figures) {
    var ours = Spread.of(mine, value);
    var peers = Spread.of(theirs, value);
    figures.keep(NAME + " " + what + ", Millrace", "us", ours.median());
    figures.keep(NAME + " " + what + ", Mosquitto", "us", peers.median());
    System.out.printf(
        "  %-8s Millrace %s   Mosquitto %s   Millrace/Mosquitto %.2f%n",
        what, ours, peers, ours.median() / peers.median());
  }
}
