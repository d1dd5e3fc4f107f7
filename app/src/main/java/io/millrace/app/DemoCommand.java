package io.millrace.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/// `millrace demo`: everything on, on this machine only, with the demo tenant and a simulated
/// DHT11.
@Command(
    name = "demo",
    description =
        "Starts Millrace on this machine only, with the demo tenant and a simulated sensor.")
final class DemoCommand implements Callable<Integer> {
  /// What `demo` sets unless somebody sets it otherwise.
  static final Map<String, String> DEFAULTS =
      Map.of(
          "bind.address", "127.0.0.1",
          "kafka.embedded", "true",
          "mqtt.extraPorts", "9883",
          "realtime.createDatabases", "true",
          "realtime.embedFirebase", "true",
          "realtime.emulator", "true",
          "realtime.rules", "open");

  @Option(names = "--config", description = "Settings file; ./millrace.conf when there is one.")
  private @Nullable Path file;

  @Option(
      names = "--simulate",
      arity = "0..1",
      defaultValue = "true",
      fallbackValue = "true",
      description = "Whether a simulated DHT11 publishes every 3 s (default: ${DEFAULT-VALUE}).")
  private boolean simulate;

  @Unmatched private List<String> flags = new ArrayList<>();

  @Override
  public Integer call() {
    var config = MillraceConfig.read(DEFAULTS, "demo", file, flags);
    try (var millrace = Millrace.start(config, true)) {
      millrace.installDemo();
      Banner.print(millrace);
      Banner.printDemoLogin();
      if (simulate) {
        millrace.simulate();
      }
      Foreground.stay(millrace);
    }
    return 0;
  }
}
