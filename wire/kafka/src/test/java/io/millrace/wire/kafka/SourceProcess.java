package io.millrace.wire.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/// A house with one source in a process of its own, to be killed; says when it has read something.
final class SourceProcess {
  private SourceProcess() {}

  public static void main(String[] args) throws Exception {
    var house = new FlowHouse(Path.of(args[0]), args[1]);
    house.pipeline.start();
    var source = house.source(UUID.fromString(args[2]), args[3]);
    long said = 0;
    while (System.in.available() >= 0) { // fails when the test's JVM is gone
      LockSupport.parkNanos(5_000_000);
      long read = source.now().records();
      if (read != said) {
        said = read;
        System.out.println(read);
      }
    }
  }

  static Process start(Path directory, String servers, UUID source, String mapping) {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            SourceProcess.class.getName(),
            directory.toString(),
            servers,
            source.toString(),
            mapping);
    try {
      return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
