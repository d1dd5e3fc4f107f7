package io.millrace.wire.kafkabroker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/// Makes new directories ready, as `kafka-storage.sh format` does. Inside the class loader.
final class Formatting {
  private Formatting() {}

  /// Does nothing when an earlier start did it.
  static void once(Path metadata, Path data) {
    if (Files.exists(metadata.resolve("meta.properties"))) {
      return;
    }
    try {
      Files.createDirectories(metadata);
      Files.createDirectories(data);
      var formatter = new Formatter();
      formatter
          .setNodeId(1)
          .setClusterId(Uuid.randomUuid().toString())
          .addDirectory(metadata.toString())
          .addDirectory(data.toString())
          .setMetadataLogDirectory(metadata.toString())
          .setControllerListenerName("CONTROLLER")
          .setIgnoreFormatted(true) // of an attempt that was cut off
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
      formatter.run();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot prepare " + metadata + " for Kafka", e);
    } catch (Exception e) {
      throw new IllegalStateException("Cannot prepare " + metadata + " for Kafka: " + e, e);
    }
  }
}
