package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Starting: what a person reads when it works, and when something is in the way.
class StartIT {
  private static final Pattern FIRST_LOGIN =
      Pattern.compile("sign in as (\\S+) with password (\\S+)");

  @TempDir Path folder;

  @Test
  void theFirstRunPrintsAGeneratedPasswordOnceAndItWorks() {
    var data = folder.resolve("data");
    try (var millrace = MillraceProcess.start("run", data, "--bind.address=127.0.0.1")) {
      var login = FIRST_LOGIN.matcher(millrace.log());
      assertThat(login.find()).as(millrace.log()).isTrue();
      assertThat(Api.signIn(millrace.http(), login.group(1), login.group(2)).get("/api/auth/user"))
          .asString()
          .contains(login.group(1));
      assertThat(millrace.stop()).isZero();
    }
    try (var again = MillraceProcess.start("run", data, "--bind.address=127.0.0.1")) {
      assertThat(again.log().split("with password", -1)).as("printed once").hasSize(2);
      assertThat(again.stop()).isZero();
    }
    assertThat(data.resolve("ports.json")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mqtt.port", "mqtt.websocket.port", "http.port", "realtime.port"})
  void aTakenPortIsOneSentenceThatNamesTheSetting(String setting) throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var outcome = demo("--" + setting + "=" + taken.getLocalPort());
      assertThat(outcome)
          .startsWith("2 ")
          .contains(setting + "=" + taken.getLocalPort())
          .contains("in use")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void aSecondProcessOnTheSameDataIsRefused() {
    var data = folder.resolve("data");
    try (var first =
        MillraceProcess.start("demo", data, "--simulate=false", "--mqtt.extraPorts=")) {
      assertThat(demo())
          .startsWith("2 ")
          .contains(data + " is in use by another Millrace process")
          .doesNotContain("\tat ");
      assertThat(Api.signIn(first.http(), "tenant@thingsboard.org", "tenant").get("/api/auth/user"))
          .isNotNull();
    }
  }

  @Test
  void aDamagedDataDirectoryIsNamedWithTheCure() throws IOException {
    var data = folder.resolve("data");
    MillraceProcess.start("demo", data, "--simulate=false", "--mqtt.extraPorts=").close();
    try (var files = Files.list(data.resolve("rocksdb"))) {
      for (var file : files.filter(StartIT::isManifest).toList()) {
        Files.writeString(file, "this is not a manifest");
      }
    }
    assertThat(demo())
        .startsWith("2 ")
        .contains("The store in " + data + " cannot be opened")
        .contains("Restore a backup")
        .doesNotContain("\tat ");
  }

  @Test
  void settingsThatCannotBeUsedAreListedWithoutStartingAnything() throws IOException {
    var file =
        Files.writeString(
            folder.resolve("plant.conf"), "mqtt.receiveMaximum = many\nhttp.prot = 1\n");
    assertThat(demo("--config=" + file))
        .isEqualTo(
            """
            2 mqtt.receiveMaximum=many is not a whole number from 1 to 65535 (plant.conf, line 1)
            Unknown setting http.prot (plant.conf, line 2). Did you mean http.port?
            """);
    assertThat(folder.resolve("data")).doesNotExist();
  }

  private String demo(String... settings) {
    var line = new java.util.ArrayList<String>();
    line.add("demo");
    line.add("--data.dir=" + folder.resolve("data"));
    for (var port :
        new String[] {"mqtt.port", "mqtt.websocket.port", "http.port", "realtime.port"}) {
      if (settings.length == 0 || !settings[0].startsWith("--" + port + "=")) {
        line.add("--" + port + "=0");
      }
    }
    line.add("--mqtt.extraPorts=");
    line.addAll(java.util.List.of(settings));
    return MillraceProcess.outcome(line.toArray(String[]::new));
  }

  private static boolean isManifest(Path file) {
    return file.getFileName().toString().startsWith("MANIFEST");
  }
}
