package io.millrace.wire.mosquitto;

import io.millrace.base.config.Settings;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Ids;
import io.millrace.base.runtime.SystemScheduler;
import io.millrace.wire.mqtt.Authenticator;
import io.millrace.wire.mqtt.Authenticators;
import io.millrace.wire.mqtt.Authorizer;
import io.millrace.wire.mqtt.BrokerStores;
import io.millrace.wire.mqtt.ListenerConfig;
import io.millrace.wire.mqtt.MqttConfig;
import io.millrace.wire.mqtt.MqttServer;
import io.millrace.wire.mqtt.Tap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/// Our broker with a mosquitto.conf, and Debian's broker with the same.
final class ConfBroker implements AutoCloseable {
  final MqttServer server;
  final Counters counters = new Counters();
  private final SystemScheduler scheduler = new SystemScheduler();
  private final Doors doors = new Doors(Clock.SYSTEM, scheduler);
  private final Bridges bridges;

  private ConfBroker(MosquittoConf conf, Map<String, String> millraceConf) {
    var settings = Settings.of().add(conf.settings(), "mosquitto.conf");
    var config = settings.bind("mqtt", MqttConfig.class);
    settings.check();
    var listeners =
        new ArrayList<>(conf.listeners(doors, Authenticators::inTurn, UnaryOperator.identity()));
    var all = new ArrayList<>(conf.bridges());
    var own = Settings.of().add(millraceConf, "millrace.conf");
    own.bind("mqtt", Config.class).bridges().forEach((name, it) -> all.add(it.bridge(name)));
    bridges = new Bridges(all, new Random(1), counters);
    listeners.addAll(bridges.listeners());
    server =
        MqttServer.open(
            config,
            List.<ListenerConfig>copyOf(listeners),
            Authenticator.NONE,
            Authorizer.ALL,
            Tap.NONE,
            Clock.SYSTEM,
            scheduler,
            new Ids(Clock.SYSTEM, new Random(1)),
            counters,
            BrokerStores.NONE);
    bridges.start(server);
  }

  static ConfBroker open(Path conf) {
    return new ConfBroker(MosquittoConf.read(conf), Map.of());
  }

  /// With bridges of a millrace.conf besides.
  static ConfBroker open(Path folder, String text, Map<String, String> millraceConf) {
    var conf = MosquittoConf.read(write(folder.resolve("ours.conf"), text));
    return new ConfBroker(conf, millraceConf);
  }

  static ConfBroker open(Path folder, String text) {
    return open(write(folder.resolve("ours.conf"), text));
  }

  /// Debian's mosquitto, ready to serve `port`.
  static Process mosquitto(Path conf, int port) {
    try {
      var process =
          new ProcessBuilder("/usr/sbin/mosquitto", "-c", conf.toString())
              .redirectErrorStream(true)
              .redirectOutput(conf.resolveSibling(conf.getFileName() + ".log").toFile())
              .start();
      Awaitility.await()
          .pollInterval(Duration.ofMillis(20))
          .until(() -> !process.isAlive() || accepts(port));
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean accepts(int port) {
    try (var socket = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Map<String, Long> counts() {
    return counters.snapshot();
  }

  @Override
  public void close() {
    bridges.close();
    server.close();
    doors.close();
    scheduler.close();
  }
}
