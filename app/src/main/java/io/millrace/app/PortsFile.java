package io.millrace.app;

import io.millrace.base.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// `ports.json` in the data directory: where a running Millrace listens, for scripts and tests.
///
/// It is there from the moment everything is ready until a clean stop.
final class PortsFile {
  private final Path file;

  PortsFile(Path dataDirectory) {
    file = dataDirectory.resolve("ports.json");
  }

  void write(JsonObject ports) {
    var draft = file.resolveSibling("ports.json.new");
    try {
      Files.writeString(draft, ports + "\n");
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove " + file, e);
    }
  }
}
