package io.millrace.app;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.testkit.FaultyDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/// Millrace as a user runs it: a process of its own, on free ports, with its log in a file.
final class MillraceProcess implements AutoCloseable {
  private final Process process;
  private final Path data;
  private final Path log;
  private final JsonObject ports;

  private MillraceProcess(Process process, Path data, Path log) {
    this.process = process;
    this.data = data;
    this.log = log;
    Awaitility.await("ports.json of a Millrace that is ready")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> Files.exists(data.resolve("ports.json")) || !process.isAlive());
    if (!process.isAlive()) {
      throw new IllegalStateException("Millrace ended with " + process.exitValue() + ": " + log());
    }
    this.ports = readPorts();
  }

  /// Starts `command` (`run` or `demo`) with its data in `data` and every port chosen freely.
  static MillraceProcess start(String command, Path data, String... settings) {
    return start(command, data, _ -> {}, settings);
  }

  /// The same on a disk that can fail.
  static MillraceProcess start(String command, Path data, FaultyDisk disk, String... settings) {
    return start(command, data, disk::lendTo, settings);
  }

  private static MillraceProcess start(
      String command, Path data, Consumer<ProcessBuilder> change, String... settings) {
    var line = line(command);
    line.add("--data.dir=" + data);
    for (var port :
        List.of("mqtt.port", "mqtt.websocket.port", "http.port", "realtime.port", "kafka.port")) {
      line.add("--" + port + "=0");
    }
    line.add("--mqtt.extraPorts=");
    line.add("--kafka.embedded=false"); // seconds that most tests need not spend
    line.addAll(List.of(settings));
    try {
      Files.createDirectories(data);
      Files.deleteIfExists(data.resolve("ports.json"));
      var log = data.resolveSibling(data.getFileName() + ".log");
      var builder = new ProcessBuilder(line).redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      change.accept(builder);
      return new MillraceProcess(builder.start(), data, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Runs a command to its end.
  ///
  /// @return the exit status, a space, and all that it printed
  static String outcome(String... command) {
    try {
      var process = new ProcessBuilder(line(command)).redirectErrorStream(true).start();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() + " " + output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static List<String> line(String... command) {
    var line = new ArrayList<String>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName()));
    line.addAll(List.of(command));
    return line;
  }

  int port(String setting) {
    if (ports.get(setting) instanceof JsonLong(long port)) {
      return Math.toIntExact(port);
    }
    throw new IllegalStateException("ports.json has no " + setting + ": " + ports);
  }

  int extraPort() {
    if (ports.get("mqtt.extraPorts") instanceof JsonArray list
        && list.get(0) instanceof JsonLong(long port)) {
      return Math.toIntExact(port);
    }
    throw new IllegalStateException("ports.json has no mqtt.extraPorts: " + ports);
  }

  String http() {
    return "http://127.0.0.1:" + port("http.port");
  }

  String realtime() {
    return "http://127.0.0.1:" + port("realtime.port");
  }

  /// All that it has printed and logged, over all starts on this data directory.
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  /// kill -9.
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /// The polite signal; waits until the process has ended.
  int stop() {
    process.destroy();
    return process.onExit().join().exitValue();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }

  private JsonObject readPorts() {
    try {
      return (JsonObject) Json.parse(Files.readAllBytes(data.resolve("ports.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
