package io.millrace.bench;

import io.millrace.base.config.Settings;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Ids;
import io.millrace.base.runtime.SystemScheduler;
import io.millrace.store.commit.CommitStore;
import io.millrace.wire.mqtt.Authenticator;
import io.millrace.wire.mqtt.Authorizer;
import io.millrace.wire.mqtt.BrokerStores;
import io.millrace.wire.mqtt.ListenerConfig;
import io.millrace.wire.mqtt.MqttConfig;
import io.millrace.wire.mqtt.MqttServer;
import io.millrace.wire.mqtt.Tap;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Our broker alone, without the platform, in a process of its own; prints its port.
final class PlainBroker implements Measured {
  private final Process process;
  private final int port;

  private PlainBroker(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static void main(String[] arguments) throws InterruptedException {
    var settings =
        Settings.of().add(Map.of("mqtt.port", "0", "mqtt.websocket.port", "-1"), "bench");
    settings.addFlags(List.of(arguments));
    var config = settings.bind("mqtt", MqttConfig.class);
    settings.check();
    var server =
        MqttServer.open(
            config,
            ListenerConfig.of(config, "127.0.0.1"),
            Authenticator.NONE,
            Authorizer.ALL,
            Tap.NONE,
            Clock.SYSTEM,
            new SystemScheduler(),
            new Ids(Clock.SYSTEM, new SecureRandom()),
            new Counters(),
            stores());
    System.out.println(server.ports().getFirst());
    Thread.currentThread().join();
  }

  /// In the folder of `-Dbench.store`, else nothing is kept.
  private static BrokerStores stores() {
    var folder = System.getProperty("bench.store");
    return folder == null
        ? BrokerStores.NONE
        : BrokerStores.open(CommitStore.open(Path.of(folder), 64L << 20));
  }

  /// Starts one.
  ///
  /// @param settings as `mqtt.threads=1`
  static PlainBroker start(List<String> jvmOptions, List<String> settings) throws IOException {
    var line = new ArrayList<String>();
    line.add(System.getProperty("java.home") + "/bin/java");
    line.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    line.addAll(jvmOptions);
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), PlainBroker.class.getName()));
    settings.forEach(setting -> line.add("--" + setting));
    var process = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var first =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
            .readLine();
    if (first == null || !first.matches("\\d+")) {
      process.destroy();
      throw new IOException("the broker's process said no port but " + first);
    }
    return new PlainBroker(process, Integer.parseInt(first));
  }

  @Override
  public int port() {
    return port;
  }

  /// Resident memory in MiB (Linux).
  long residentMb() {
    return Server.residentMb(process.pid());
  }

  @Override
  public Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
