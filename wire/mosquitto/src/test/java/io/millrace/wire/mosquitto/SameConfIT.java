package io.millrace.wire.mosquitto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.TestCertificates;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The same mosquitto.conf with Debian's mosquitto and with ours: what mosquitto_pub and
/// mosquitto_sub see must be the same.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SameConfIT {
  private static final Executor BOTH = command -> Thread.ofVirtual().start(command);
  @TempDir static Path folder;
  private TestCertificates made;

  @BeforeAll
  void files() throws Exception {
    made = TestCertificates.in(folder).issue("server", "localhost").issue("pump", "pump");
    passwd("-c", "ann", "apple");
    passwd("bob", "berry");
    ConfBroker.write(
        folder.resolve("acl"),
        """
        topic read open/#
        user ann
        topic readwrite room/#
        topic deny room/safe
        pattern readwrite own/%u/#
        """);
  }

  @Test
  void anonymousClientsAsAllowed() {
    same(
        "listener PORT 127.0.0.1\nallow_anonymous true\n",
        "-t a/b -m hello",
        "-t a/b -m hello -q 1",
        "-u any -P thing -t a/b -m named",
        "-V 5 -t a/b -m five -q 2");
    same("listener PORT 127.0.0.1\n", "-t a -m x", "-u any -P thing -t a -m x", "-V 5 -t a -m x");
  }

  @Test
  void usersOfAPasswordFile() {
    same(
        "listener PORT 127.0.0.1\npassword_file DIR/passwd\n",
        "-t a -m x",
        "-u ann -P apple -t a -m x",
        "-u ann -P wrong -t a -m x",
        "-u ann -t a -m x",
        "-u eve -P apple -t a -m x",
        "-V 5 -u eve -P apple -t a -m x");
    same(
        "listener PORT 127.0.0.1\nallow_anonymous true\npassword_file DIR/passwd\n",
        "-t a -m x",
        "-u bob -P berry -t a -m x",
        "-u bob -P apple -t a -m x");
  }

  @Test
  void topicsOfAnAclFile() {
    var conf =
        "listener PORT 127.0.0.1\n"
            + "allow_anonymous true\n"
            + "password_file DIR/passwd\n"
            + "acl_file DIR/acl\n";
    same(
        conf,
        "-u ann -P apple -t room/1 -m x -q 1",
        "-u ann -P apple -t room/safe -m x -q 1",
        "-u ann -P apple -t own/ann/a -m x -q 1",
        "-u bob -P berry -t own/bob/a -m x -q 1",
        "-u bob -P berry -t room/1 -m x -q 1",
        "-t open/1 -m x -q 1",
        "-V 5 -u bob -P berry -t room/1 -m x -q 1");
  }

  @Test
  void securityOfEachListenerApart() {
    same(
        "per_listener_settings true\n"
            + "listener 0 DIR/OTHER.sock\n"
            + "allow_anonymous true\n"
            + "listener PORT 127.0.0.1\n"
            + "password_file DIR/passwd\n"
            + "allow_anonymous false\n",
        "-t a -m x",
        "-u ann -P apple -t a -m x",
        "-u ann -P wrong -t a -m x");
    same(
        "per_listener_settings true\n"
            + "listener 0 DIR/OTHER.sock\n"
            + "password_file DIR/passwd\n"
            + "acl_file DIR/acl\n"
            + "allow_zero_length_clientid false\n"
            + "listener PORT 127.0.0.1\n"
            + "allow_anonymous true\n",
        "-t room/1 -m x",
        "-u eve -P none -t room/safe -m x -q 1");
  }

  @Test
  void tlsWithAndWithoutClientCertificates() {
    var tls =
        "listener PORT 127.0.0.1\n"
            + "allow_anonymous true\n"
            + "cafile DIR/ca.pem\n"
            + "certfile DIR/server.pem\n"
            + "keyfile DIR/server.key\n";
    var trusting = "-h localhost --cafile DIR/ca.pem ";
    same(tls, trusting + "-t a -m x", trusting + "--tls-version tlsv1.2 -t a -m x", "-t a -m x");
    same(
        tls + "require_certificate true\nuse_identity_as_username true\n",
        trusting + "--cert DIR/pump.pem --key DIR/pump.key -t a -m x",
        trusting + "-t a -m x");
  }

  @Test
  void clientIdentifiers() {
    same(
        "listener PORT 127.0.0.1\nallow_anonymous true\nuse_username_as_clientid true\n",
        "-u ann -P x -t a -m x -q 1",
        "-t a -m x");
    same(
        "listener PORT 127.0.0.1\nallow_anonymous true\nallow_zero_length_clientid false\n",
        "-i me -t a -m x -q 1");
  }

  @Test
  void nothingRetained() {
    same("listener PORT 127.0.0.1\nallow_anonymous true\nretain_available false\n", "-t a -m x");
  }

  @Test
  void limits() {
    same(
        "listener PORT 127.0.0.1\nallow_anonymous true\nmax_qos 1\n",
        "-V 5 -t a -m x -q 1",
        "-t a -m x -q 0");
  }

  /// Runs each command against both brokers; a subscriber to everything tells what arrived.
  private void same(String conf, String... commands) {
    var both = both(conf, commands, 1);
    if (!both.ours.equals(both.theirs)) {
      both = both(conf, commands, 20); // a busy machine takes longer than a second
    }
    assertThat(both.ours).isEqualTo(both.theirs);
  }

  private record Both(List<String> theirs, List<String> ours) {}

  /// @param patience how long a subscriber waits, in seconds
  private Both both(String conf, String[] commands, int patience) {
    var theirs =
        CompletableFuture.supplyAsync(() -> outcomes(conf, commands, patience, true), BOTH);
    var ours = CompletableFuture.supplyAsync(() -> outcomes(conf, commands, patience, false), BOTH);
    return new Both(theirs.join(), ours.join()); // mostly they wait, so side by side
  }

  private List<String> outcomes(String text, String[] commands, int patience, boolean mosquitto) {
    int port = ConfBroker.freePort();
    var conf =
        ConfBroker.write(
            folder.resolve(mosquitto ? "theirs.conf" : "ours.conf"),
            (mosquitto ? "user root\n" : "") // else it cannot read our folder
                + text.replace("PORT", Integer.toString(port))
                    .replace("OTHER", mosquitto ? "theirs" : "ours")
                    .replace("DIR", folder.toString()));
    var all = new ArrayList<String>();
    var process = mosquitto ? ConfBroker.mosquitto(conf, port) : null;
    try (var ours = mosquitto ? null : ConfBroker.open(conf)) {
      for (var command : commands) {
        all.add(command + " => " + run(command, port, patience));
      }
    } finally {
      if (process != null) {
        process.destroy();
        process.onExit().join();
      }
    }
    return all;
  }

  /// Subscribes with the command's own identity to the command's own topic, publishes, and tells
  /// the exit statuses, what was printed and what arrived.
  private String run(String command, int port, int patience) {
    var words = Arrays.asList(command.replace("DIR", folder.toString()).split(" ", -1));
    var topic = words.get(words.indexOf("-t") + 1);
    var identity = new ArrayList<>(words.subList(0, words.indexOf("-t")));
    if (!identity.contains("-h")) {
      identity.addAll(List.of("-h", "127.0.0.1"));
    }
    var sub = new ArrayList<>(List.of("mosquitto_sub", "-p", "" + port, "-t", topic, "-v"));
    sub.addAll(List.of("-C", "1", "-W", "" + patience, "-q", "1"));
    sub.addAll(identity);
    var pub = new ArrayList<>(List.of("mosquitto_pub", "-p", "" + port, "-r"));
    pub.addAll(words);
    if (!words.contains("-h")) {
      pub.addAll(List.of("-h", "127.0.0.1"));
    }
    return run(pub) + " / " + run(sub); // retained: no race between the two
  }

  static String run(List<String> line) {
    try {
      var process = new ProcessBuilder(line).redirectErrorStream(true).start();
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return "hangs";
      }
      var text = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      var told = process.exitValue() + " " + text.replaceAll("\\s+", " ");
      // how a TLS connection dies is a race inside the client
      return told.matches("(1 Error: Protocol error|7 Error: The connection was lost).*")
          ? "lost"
          : told;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void passwd(String... arguments) throws Exception {
    var line = new ArrayList<>(List.of("mosquitto_passwd"));
    boolean create = arguments[0].equals("-c");
    if (create) {
      line.add("-c");
    }
    line.addAll(List.of("-b", folder.resolve("passwd").toString()));
    line.addAll(List.of(arguments).subList(create ? 1 : 0, arguments.length));
    assertThat(new ProcessBuilder(line).start().waitFor()).isZero();
  }
}
