package io.millrace.wire.kafka;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/// An Apache Kafka broker in a process of its own, to be stopped, killed and started again.
final class BrokerProcess implements AutoCloseable {
  private static final Set<Integer> GIVEN_OUT = ConcurrentHashMap.newKeySet();
  private static BrokerProcess shared;
  private final Path directory;
  private final int port = freePort();
  private final int controllerPort = freePort();
  private Process process;

  BrokerProcess(Path directory) {
    this.directory = directory;
    start();
  }

  /// One for all tests of this JVM that do not stop it.
  static synchronized BrokerProcess shared() {
    if (shared == null) {
      try {
        var broker = new BrokerProcess(Files.createTempDirectory("kafka"));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::kill));
        shared = broker;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return shared;
  }

  String servers() {
    return "127.0.0.1:" + port;
  }

  /// Returns when it serves.
  void start() {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            BrokerProcess.class.getName(),
            directory.toString(),
            Integer.toString(port),
            Integer.toString(controllerPort));
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      var out = process.inputReader();
      for (var line = out.readLine(); !"serves".equals(line); line = out.readLine()) {
        if (line == null) {
          throw new IllegalStateException("The broker did not start in " + directory);
        }
      }
      Thread.ofVirtual().start(() -> out.lines().forEach(_ -> {}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// kill -9.
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  /// A port that nobody uses, and that was not given out before.
  static int freePort() {
    while (true) {
      try (var socket = new ServerSocket(0)) {
        if (GIVEN_OUT.add(socket.getLocalPort())) {
          return socket.getLocalPort();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  public static void main(String[] args) throws Exception {
    var directory = Path.of(args[0]);
    var settings = settings(directory, args[1], args[2]);
    if (!Files.exists(directory.resolve("metadata/meta.properties"))) {
      new Formatter()
          .setPrintStream(new PrintStream(PrintStream.nullOutputStream()))
          .setNodeId(1)
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName("CONTROLLER")
          .setMetadataLogDirectory(directory.resolve("metadata").toString())
          .addDirectory(directory.resolve("metadata").toString())
          .addDirectory(directory.resolve("data").toString())
          .run();
    }
    new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM).startup();
    new PrintStream(System.out, true, StandardCharsets.UTF_8).println("serves");
    System.in.read(); // until it is killed, or the test's JVM is gone
    Runtime.getRuntime().halt(0);
  }

  private static Map<String, String> settings(Path directory, String port, String controller) {
    var settings = new HashMap<String, String>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "1");
    settings.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:%s,CONTROLLER://127.0.0.1:%s".formatted(port, controller));
    settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
    settings.put("log.dirs", directory.resolve("data").toString());
    settings.put("metadata.log.dir", directory.resolve("metadata").toString());
    for (var topic :
        List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
      settings.put(topic + ".replication.factor", "1");
    }
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("transaction.state.log.num.partitions", "1");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("log.cleaner.dedupe.buffer.size", "2097152");
    settings.put("broker.session.timeout.ms", "2000");
    settings.put("broker.heartbeat.interval.ms", "250");
    settings.put("auto.create.topics.enable", "true");
    settings.put("message.max.bytes", "8388608");
    return settings;
  }
}
