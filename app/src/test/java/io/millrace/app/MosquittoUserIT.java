package io.millrace.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What somebody does who comes from Mosquitto: the same file, the same data, the same tools.
class MosquittoUserIT {
  @TempDir Path folder;

  @Test
  void theFileAndTheDataOfMosquittoMoveOver() throws Exception {
    int port = freePort();
    var conf =
        Files.writeString(
            folder.resolve("mosquitto.conf"),
            """
            user root
            listener %d 127.0.0.1
            allow_anonymous true
            persistence true
            persistence_location %s/
            log_dest file %s
            """
                .formatted(port, folder, folder.resolve("mosquitto.log")));
    var mosquitto = new ProcessBuilder("/usr/sbin/mosquitto", "-c", conf.toString()).start();
    Awaitility.await().until(() -> accepts(port));
    run("mosquitto_pub -p %d -r -q 1 -t kept/a -m retained".formatted(port));
    run("mosquitto_sub -p %d -c -i plant -q 1 -t work/# -E".formatted(port));
    run("mosquitto_pub -p %d -q 1 -t work/1 -m first".formatted(port));
    run("mosquitto_pub -p %d -q 1 -t work/2 -m second".formatted(port));
    mosquitto.destroy();
    assertThat(mosquitto.waitFor()).isZero();

    var data = folder.resolve("data");
    assertThat(
            MillraceProcess.outcome(
                "import",
                "mosquitto-db",
                folder.resolve("mosquitto.db").toString(),
                "--data.dir=" + data))
        .contains("1 retained messages, 1 sessions with 1 subscriptions, 2 waiting messages");

    try (var millrace =
        MillraceProcess.start(
            "run", data, "--bind.address=127.0.0.1", "--mosquitto-conf=" + conf)) {
      assertThat(millrace.port("mqtt.port")).isEqualTo(port);
      assertThat(run("mosquitto_sub -p %d -t kept/# -C 1 -W 5 -v".formatted(port)))
          .isEqualTo("kept/a retained\n");
      assertThat(run("mosquitto_sub -p %d -c -i plant -q 1 -t work/# -C 2 -W 5 -v".formatted(port)))
          .isEqualTo("work/1 first\nwork/2 second\n");
      assertThat(Files.readString(folder.resolve("mosquitto.log")))
          .contains("persistence_location", "data.dir", "the process stays the user");
      run("kill -HUP " + millrace.pid()); // reads files again, and does not end the process
      Awaitility.await()
          .until(() -> Files.readString(folder.resolve("mosquitto.log")).contains("HUP: files"));
      assertThat(millrace.stop()).isZero();
    }
  }

  /// Debian's broker takes the users whom `millrace passwd` wrote.
  @Test
  void passwdWritesFilesThatMosquittoReads() throws Exception {
    var file = folder.resolve("passwd").toString();
    assertThat(MillraceProcess.outcome("passwd", "-c", "-b", file, "ann", "apple"))
        .isEqualTo("0 Added ann\n");
    assertThat(MillraceProcess.outcome("passwd", "-b", file, "bob", "berry")).startsWith("0 ");
    assertThat(MillraceProcess.outcome("passwd", "-D", file, "bob")).startsWith("0 ");
    int port = freePort();
    var conf =
        Files.writeString(
            folder.resolve("mosquitto.conf"),
            "user root\nlistener %d 127.0.0.1\npassword_file %s\n".formatted(port, file));
    var mosquitto = new ProcessBuilder("/usr/sbin/mosquitto", "-c", conf.toString()).start();
    try {
      Awaitility.await().until(() -> accepts(port));
      assertThat(publishes(port, "ann", "apple")).isTrue();
      assertThat(publishes(port, "bob", "berry")).isFalse();
    } finally {
      mosquitto.destroy();
      mosquitto.waitFor();
    }
  }

  @Test
  void filesThatCannotBeReadAreNamed() throws Exception {
    var file = Files.writeString(folder.resolve("x.conf"), "listner 1883\n");
    assertThat(MillraceProcess.outcome("run", "--mosquitto-conf", file.toString()))
        .isEqualTo("2 " + file + ", line 1: unknown option listner. Did you mean listener?\n");
    assertThat(MillraceProcess.outcome("import", "mosquitto-db", file.toString()))
        .startsWith("2 ")
        .contains("damaged")
        .doesNotContain("\tat ");
  }

  private static String run(String line) throws Exception {
    var process =
        new ProcessBuilder(
                List.of((line.startsWith("kill") ? line : line + " -h 127.0.0.1").split(" ", -1)))
            .start();
    var text = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return text;
  }

  private static boolean publishes(int port, String user, String password) throws Exception {
    var line = "mosquitto_pub -h 127.0.0.1 -p %d -u %s -P %s -q 1 -t a -m x";
    var words = line.formatted(port, user, password).split(" ", -1);
    return new ProcessBuilder(words).start().waitFor() == 0;
  }

  private static int freePort() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean accepts(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (java.io.IOException e) {
      return false;
    }
  }
}
