package io.millrace.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

  @Option(names = "--json", defaultValue = "", description = "File for the figures.")
  private String json = "";

  private final Figures figures = new Figures();

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (var first = start(Files.createTempDirectory("millrace-bench"))) {
      figures.one("first start, empty data directory", "ms", (double) first.ready().toMillis());
      long firstKafka = kafkaMillis(first);
      first.stop();
      var times = new double[runs];
      var kafkaTimes = new double[runs];
      for (int i = 0; i < runs; i++) {
        var server = start(first.folder());
        times[i] = (double) server.ready().toMillis();
        kafkaTimes[i] = (double) kafkaMillis(server);
        if (i == runs - 1) {
          LockSupport.parkNanos(Duration.ofSeconds(idleSeconds).toNanos());
          figures.one(
              "resident memory after %d s idle".formatted(idleSeconds),
              "MB",
              (double) server.residentMb());
        }
        server.stop();
      }
      figures.times("later starts, command to ready", "ms", times);
      if (isWithKafka) {
        figures.one("Kafka up after that, first start", "ms", (double) firstKafka);
        figures.times("Kafka up after that, later starts", "ms", kafkaTimes);
      }
    }
    figures.write(json);
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
