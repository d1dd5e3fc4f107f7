package io.millrace.wire.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.testkit.TestCertificates;
import io.millrace.wire.mqtt.OtherClient.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Other people's clients, each through everything that people do with them, over each transport.
class ClientMatrixTest {
  private static final Map<String, OtherClient> CLIENTS = new LinkedHashMap<>();
  @TempDir static Path folder;
  private static TestServer broker;
  private static Path authority;

  @BeforeAll
  static void open() {
    var made = TestCertificates.in(folder).issue("server", "localhost");
    authority = made.authority();
    var rules = ListenerRules.anonymous(AllowAnonymous.ALL);
    var address = "localhost";
    var tls = TlsConfig.server(made.certificate("server"), made.key("server"));
    broker =
        TestServer.open(
            List.of(
                ListenerConfig.tcp("tcp", "test", address, 0, rules),
                ListenerConfig.tcp("tls", "test", address, 0, rules).withTls(tls),
                ListenerConfig.webSocket("ws", "test", address, 0, "", rules)),
            Authenticator.NONE,
            Authorizer.ALL);
  }

  @AfterAll
  static void close() {
    broker.close();
  }

  static {
    CLIENTS.put("Paho Java 3.1.1", new PahoV3Client());
    CLIENTS.put("Paho Java 5.0", new PahoV5Client());
    CLIENTS.put("HiveMQ 3.1.1", new HiveV3Client());
    CLIENTS.put("HiveMQ 5.0", new HiveV5Client());
    CLIENTS.put("Mosquitto 3.1", new MosquittoClient("mqttv31"));
    CLIENTS.put("Mosquitto 3.1.1", new MosquittoClient("mqttv311"));
    CLIENTS.put("Mosquitto 5.0", new MosquittoClient("mqttv5"));
    var python = List.of("/usr/bin/python3", "src/test/clients/client.py");
    CLIENTS.put("Python Paho 3.1.1", new ScriptClient(python, 4));
    CLIENTS.put("Python Paho 5.0", new ScriptClient(python, 5));
    var node = List.of("node", "target/clients/client.mjs");
    CLIENTS.put("npm mqtt 3.1.1", new ScriptClient(node, 4));
    CLIENTS.put("npm mqtt 5.0", new ScriptClient(node, 5));
  }

  /// npm's mqtt at the version of `package-lock.json`, fetched once per build folder.
  @BeforeAll
  static void fetchNpm() throws IOException, InterruptedException {
    var target = Path.of("target", "clients");
    Files.createDirectories(target);
    for (var name : List.of("package.json", "package-lock.json", "client.mjs")) {
      Files.copy(
          Path.of("src", "test", "clients", name),
          target.resolve(name),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
    if (Files.isDirectory(target.resolve("node_modules/mqtt"))) {
      return;
    }
    var npm =
        new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund")
            .directory(target.toFile())
            .redirectErrorStream(true)
            .start();
    npm.getOutputStream().close();
    var said = new String(npm.getInputStream().readAllBytes(), UTF_8);
    assertThat(npm.waitFor()).as("npm ci in target/clients: %s", said).isZero();
  }

  record Cell(String name, Way.Transport transport) {
    @Override
    public String toString() {
      return name + " over " + transport;
    }
  }

  static Stream<Cell> cells() {
    return CLIENTS.keySet().stream()
        .flatMap(name -> Stream.of(Way.Transport.values()).map(way -> new Cell(name, way)))
        .filter(
            cell -> cell.transport() != Way.Transport.WS || !cell.name().startsWith("Mosquitto"));
  }

  static Stream<String> names() {
    return CLIENTS.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void publishesAndSubscribesAtEachQos(Cell cell) {
    var client = client(cell.name());
    var way = way(cell.transport());
    var got = new CopyOnWriteArrayList<String>();
    try (var _ = client.subscribe(way, id(cell), false, topic(cell) + "/+", 2, got::add)) {
      client.publishEach(way, topic(cell) + "/q");
      await().until(() -> got.size() == 3);
      assertThat(got).containsExactly("qos0", "qos1", "qos2");
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void seesRetainedMessages(String name) {
    var client = client(name);
    var way = way(Way.Transport.TCP);
    var topic = "retained/" + name;
    client.publish(way, topic, "kept", 1, true);
    var got = new CopyOnWriteArrayList<String>();
    try (var _ = client.subscribe(way, "r", false, topic, 1, got::add)) {
      await().until(() -> got.contains("kept"));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void leavesItsWill(String name) {
    var client = client(name);
    var way = way(Way.Transport.TCP);
    var topic = "will/" + name;
    var got = new CopyOnWriteArrayList<String>();
    try (var _ = client.subscribe(way, "mourner", false, topic, 1, got::add);
        var _ = client.withWill(way, "dying", topic, "gone")) {
      assertThat(broker.server.view().kick("dying")).isTrue();
      await().until(() -> got.contains("gone"));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void resumesItsSession(String name) {
    var client = client(name);
    var way = way(Way.Transport.TCP);
    var topic = "session/" + name;
    client.subscribe(way, "keeper", true, topic, 2, _ -> {}).close();
    await().until(() -> !broker.server.view().session("keeper").orElseThrow().isConnected());
    client.publishEach(way, topic);
    var got = new CopyOnWriteArrayList<String>();
    try (var _ = client.subscribe(way, "keeper", true, topic, 2, got::add)) {
      await().until(() -> got.size() >= 2);
      assertThat(got).contains("qos1", "qos2").doesNotContain("qos0");
    }
    broker.server.view().deleteSession("keeper");
  }

  @ParameterizedTest
  @MethodSource("names")
  void sharesASubscription(String name) {
    var client = client(name);
    var way = way(Way.Transport.TCP);
    var got = new CopyOnWriteArrayList<String>();
    var filter = "$share/g/shared/" + name;
    try (var _ = client.subscribe(way, "one", false, filter, 1, got::add);
        var _ = client.subscribe(way, "two", false, filter, 1, got::add);
        var publisher = MqttClient.connect(broker.to("publisher"))) {
      var all = IntStream.range(0, 20).mapToObj(Integer::toString).toList();
      all.forEach(text -> publisher.publish("shared/" + name, text.getBytes(), 1, false));
      await().until(() -> got.size() >= 20);
      assertThat(new ArrayList<>(got)).containsExactlyInAnyOrderElementsOf(all);
    }
  }

  private static OtherClient client(String name) {
    return Optional.ofNullable(CLIENTS.get(name)).orElseThrow();
  }

  private static Way way(Way.Transport transport) {
    var port = broker.server.listening().get(transport.ordinal()).port();
    return new Way(transport, port, authority);
  }

  private static String id(Cell cell) {
    return cell.transport() + "-reader";
  }

  private static String topic(Cell cell) {
    return cell.name().replace(' ', '-') + "/" + cell.transport();
  }
}
