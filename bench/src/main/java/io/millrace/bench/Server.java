package io.millrace.bench;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/// A Millrace process under measurement: the launcher's own command, on free ports, in a folder of
/// its own.
final class Server implements Measured {
  private static final Pattern FIRST_LOGIN =
      Pattern.compile("sign in as (\\S+) with password ([^\\s;]+)");
  private final Process process;
  private final Path folder;
  private final JsonObject ports;
  private final Duration ready;

  private Server(Process process, Path folder, JsonObject ports, Duration ready) {
    this.process = process;
    this.folder = folder;
    this.ports = ports;
    this.ready = ready;
  }

  /// Starts `millrace demo` without the simulated sensor and waits until it is ready.
  static Server demo() throws IOException {
    return demo(Files.createTempDirectory("millrace-bench"));
  }

  /// The same, on what an earlier server left in `folder`.
  static Server demo(Path folder) throws IOException {
    return start(folder, "demo", "--simulate=false");
  }

  /// The same with the Kafka broker inside.
  static Server demoWithKafka(Path folder) throws IOException {
    return start(folder, "demo", "--simulate=false", "--kafka.embedded=true");
  }

  /// Starts `millrace run`: one tenant with ThingsBoard's default root chain.
  static Server installation(String... settings) throws IOException {
    var all = new ArrayList<>(List.of(settings));
    all.add("--bind.address=127.0.0.1");
    return start(Files.createTempDirectory("millrace-bench"), "run", all.toArray(String[]::new));
  }

  /// The same with a Kafka broker inside.
  static Server withKafka() throws IOException {
    return start(
        Files.createTempDirectory("millrace-bench"),
        "run",
        "--bind.address=127.0.0.1",
        "--kafka.embedded=true");
  }

  private static Server start(Path folder, String command, String... settings) throws IOException {
    var line =
        new ArrayList<>(
            List.of(
                System.getProperty("millrace.launcher", "./millrace"),
                command,
                "--data.dir=" + folder,
                "--mqtt.extraPorts=",
                "--kafka.embedded=false"));
    for (var port :
        List.of("mqtt.port", "mqtt.websocket.port", "http.port", "realtime.port", "kafka.port")) {
      line.add("--" + port + "=0");
    }
    line.addAll(List.of(settings));
    var portsFile = folder.resolve("ports.json");
    Files.deleteIfExists(portsFile);
    long began = System.nanoTime();
    var process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolveSibling(folder.getFileName() + ".log").toFile())
            .start();
    while (!Files.exists(portsFile)) {
      if (!process.isAlive() || System.nanoTime() - began > TimeUnit.MINUTES.toNanos(2)) {
        process.destroyForcibly();
        throw new IllegalStateException("Millrace did not start; see " + folder + ".log");
      }
      LockSupport.parkNanos(2_000_000);
    }
    var ready = Duration.ofNanos(System.nanoTime() - began);
    var ports = (JsonObject) Json.parse(Files.readAllBytes(portsFile));
    return new Server(process, folder, ports, ready);
  }

  /// From the start of the command to `ports.json`.
  Duration ready() {
    return ready;
  }

  /// Signs in as the administrator of the demo, or of a new installation.
  ///
  /// @return the body of the log-in request
  JsonObject login() throws IOException {
    var first =
        FIRST_LOGIN.matcher(Files.readString(folder.resolveSibling(folder.getFileName() + ".log")));
    var login = JsonObject.builder();
    return first.find()
        ? login.put("username", first.group(1)).put("password", first.group(2)).build()
        : login.put("username", "tenant@thingsboard.org").put("password", "tenant").build();
  }

  @Override
  public int port() {
    return port("mqtt.port");
  }

  int port(String setting) {
    if (ports.get(setting) instanceof JsonLong(long port)) {
      return Math.toIntExact(port);
    }
    throw new IllegalStateException("ports.json has no " + setting);
  }

  /// Resident memory in MiB (Linux).
  long residentMb() {
    return residentMb(process.pid());
  }

  @Override
  public Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /// Resident memory of a process in MiB (Linux).
  static long residentMb(long pid) {
    return status(pid, "VmRSS:") / 1024;
  }

  private static long status(long pid, String name) {
    try (var lines = Files.lines(Path.of("/proc", "" + pid, "status"))) {
      return lines
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Stops the process and keeps its folder.
  void stop() {
    process.destroy();
    process.onExit().join();
  }

  Path folder() {
    return folder;
  }

  @Override
  public void close() {
    stop();
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
      Files.deleteIfExists(folder.resolveSibling(folder.getFileName() + ".log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
