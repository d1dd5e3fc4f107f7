package io.millrace.wire.kafka;

import io.millrace.base.config.Settings;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// One broker for all tests of the room, started when the first one needs it. Tests stay apart by
/// topics and groups of their own.
final class SharedKafka {
  private static final AtomicInteger names = new AtomicInteger();
  private static final Path directory = temporary();
  private static final KafkaConnection connection = open();

  private SharedKafka() {}

  /// Up.
  static KafkaConnection connection() {
    return connection;
  }

  static String servers() {
    return connection.health().bootstrapServers();
  }

  /// A topic or group name that no other test has.
  static String name(String what) {
    return what + "-" + names.incrementAndGet();
  }

  static Config config(String... flags) {
    var settings = Settings.of().addFlags(List.of(flags));
    var config = settings.bind("kafka", Config.class);
    settings.check();
    return config;
  }

  private static KafkaConnection open() {
    var config =
        config(
            "--kafka.embedded", "--kafka.port=0", "--kafka.linger=0ms", "--kafka.checkInterval=1s");
    var opened = KafkaConnection.open(config, directory, "127.0.0.1", Clock.SYSTEM, new Counters());
    Runtime.getRuntime().addShutdownHook(new Thread(SharedKafka::stop));
    opened.start();
    try {
      opened.awaitUp(Duration.ofMinutes(1));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return opened;
  }

  private static void stop() {
    connection.close();
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("millrace-kafka");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
