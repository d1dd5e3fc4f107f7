package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher script on machines that lack something: one sentence, with the cure.
class LauncherTest {
  private static final Path SCRIPT = Path.of("..", "millrace").toAbsolutePath().normalize();
  private static final String JDK = System.getProperty("java.home");

  @TempDir Path folder;

  @Test
  void withoutJdk25ItSaysWhatToInstall() throws Exception {
    var outcome = launch(Map.of("JAVA_HOME", "", "JDK_HOMES", "/nowhere"), tools("sh"));
    assertThat(outcome)
        .isEqualTo(
            "1 millrace: needs JDK 25 or newer and found none (JAVA_HOME=not set)."
                + " Install one (for example Temurin 25) and set JAVA_HOME to it.\n");
  }

  @Test
  void anOlderJdkDoesNotCount() throws Exception {
    var old = Files.createDirectories(folder.resolve("jdk-17"));
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
    var compiler = Files.createDirectories(old.resolve("bin")).resolve("javac");
    assertThat(Files.createFile(compiler).toFile().setExecutable(true)).isTrue();
    var outcome = launch(Map.of("JAVA_HOME", old.toString(), "JDK_HOMES", "/nowhere"), tools("sh"));
    assertThat(outcome).startsWith("1 millrace: needs JDK 25 or newer and found none");
  }

  @Test
  void withoutMavenItSaysWhatToInstall() throws Exception {
    var outcome = launch(Map.of("JAVA_HOME", JDK), tools("sh", "node", "npm"));
    assertThat(outcome)
        .isEqualTo(
            "1 millrace: building needs Maven 3.8 or newer and found no mvn."
                + " Install it (Debian: apt-get install maven).\n");
  }

  @Test
  void withoutNodeItSaysWhatToInstall() throws Exception {
    var outcome = launch(Map.of("JAVA_HOME", JDK), tools("sh", "mvn"));
    assertThat(outcome)
        .isEqualTo(
            "1 millrace: building the web UI needs Node 20 or newer and found none."
                + " Install it (Debian: apt-get install nodejs npm).\n");
  }

  @Test
  void anOldNodeIsNamedWithItsVersion() throws Exception {
    var path = tools("sh", "mvn", "npm");
    var node = folder.resolve("bin").resolve("node");
    Files.writeString(node, "#!/bin/sh\necho v18.19.0\n");
    assertThat(node.toFile().setExecutable(true)).isTrue();
    assertThat(launch(Map.of("JAVA_HOME", JDK), path))
        .startsWith("1 millrace: building the web UI needs Node 20 or newer and found 18.");
  }

  /// A `PATH` with the POSIX tools the script uses, and those named.
  private String tools(String... more) throws IOException {
    var bin = Files.createDirectories(folder.resolve("bin"));
    for (var tool :
        List.of("dirname", "sed", "find", "head", "mkdir", "date", "rm", "grep", "awk")) {
      link(bin, tool);
    }
    for (var tool : more) {
      link(bin, tool);
    }
    return bin.toString();
  }

  private static void link(Path bin, String tool) throws IOException {
    for (var place : System.getenv("PATH").split(":")) {
      var found = Path.of(place, tool);
      if (Files.isExecutable(found)) {
        Files.createSymbolicLink(bin.resolve(tool), found.toRealPath());
        return;
      }
    }
    throw new IllegalStateException(tool + " is not on the PATH of this machine");
  }

  /// Runs a copy of the script that has no build beside it: exit status, then what it printed.
  private String launch(Map<String, String> environment, String path) throws Exception {
    var copy =
        Files.copy(SCRIPT, Files.createDirectories(folder.resolve("home")).resolve("millrace"));
    var builder =
        new ProcessBuilder("/bin/sh", copy.toString(), "version").redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.environment().put("PATH", path);
    var process = builder.start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + " " + output;
  }
}
