package io.millrace.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
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

  @Option(names = "--kafka", description = "With the Kafka broker inside, and until it is up.")
  private boolean isWithKafka;

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (var first = start(Files.createTempDirectory("millrace-bench"))) {
      System.out.printf("first start, empty data directory: %d ms%n", first.ready().toMillis());
      long firstKafka = kafkaMillis(first);
      first.stop();
      var times = new long[runs];
      var kafkaTimes = new long[runs];
      for (int i = 0; i < runs; i++) {
        var server = start(first.folder());
        times[i] = server.ready().toMillis();
        kafkaTimes[i] = kafkaMillis(server);
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
      if (isWithKafka) {
        Arrays.sort(kafkaTimes);
        System.out.printf(
            "Kafka up after that: first start %d ms, later median %d ms (%d to %d ms)%n",
            firstKafka, kafkaTimes[runs / 2], kafkaTimes[0], kafkaTimes[runs - 1]);
      }
    }
    return 0;
  }

  private Server start(Path folder) throws IOException {
    return isWithKafka ? Server.demoWithKafka(folder) : Server.demo(folder);
  }

  /// From now, when the rest is ready, until Kafka answers; 0 without Kafka.
  private long kafkaMillis(Server server) throws IOException, InterruptedException {
    if (!isWithKafka) {
      return 0;
    }
    long began = System.nanoTime();
    var question =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:%d/health".formatted(server.port("http.port"))))
            .build();
    try (var http = HttpClient.newHttpClient()) {
      while (!http.send(question, BodyHandlers.ofString()).body().contains("\"kafka\":\"UP\"")) {
        LockSupport.parkNanos(20_000_000);
      }
    }
    return Duration.ofNanos(System.nanoTime() - began).toMillis();
  }
}
