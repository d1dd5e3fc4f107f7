package io.millrace.wire.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Firebase's own SDKs as clients; `src/test/node` has the claims. Skipped where npm cannot
/// install.
class FirebaseSdkIT {
  private static final Path SCRIPTS = Path.of("src/test/node");
  private static final Path WORK = Path.of("target/node");
  @TempDir Path directory;

  private record Ended(int status, String output) {}

  @BeforeAll
  static void install() throws Exception {
    Files.createDirectories(WORK);
    for (var file : List.of("package.json", "package-lock.json", "sdk.mjs", "admin.mjs")) {
      Files.write(WORK.resolve(file), Files.readAllBytes(SCRIPTS.resolve(file)));
    }
    if (Files.exists(WORK.resolve("node_modules/.package-lock.json"))) {
      return;
    }
    var ended = run(List.of("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"), 180);
    assertThat(ended.status).as("npm ci: %s", ended.output).isZero();
  }

  private static Ended run(List<String> command, int seconds) throws Exception {
    var output = Files.createTempFile("sdk", ".txt");
    var process =
        new ProcessBuilder(command)
            .directory(WORK.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean isDone = process.waitFor(seconds, TimeUnit.SECONDS);
    if (!isDone) {
      process.destroyForcibly().waitFor();
    }
    var text = Files.readString(output, StandardCharsets.UTF_8);
    Files.delete(output);
    return new Ended(isDone ? process.exitValue() : -1, text);
  }

  @Test
  void theJavaScriptSdkConnectsUnchanged() throws Exception {
    try (var db = new RealtimeFixture(directory, Map.of())) {
      var ended = run(List.of("node", "sdk.mjs", Integer.toString(db.api.port())), 120);
      assertThat(ended.output.lines().filter(line -> line.startsWith("ok ")).count())
          .as(ended.output)
          .isEqualTo(18);
      assertThat(ended.status).as(ended.output).isZero();
    }
  }

  @Test
  void theAdminSdkConnectsWithAnAdministratorsTokenOnly() throws Exception {
    try (var db = new RealtimeFixture(directory, Map.of("rules", "closed", "emulator", "true"))) {
      var port = Integer.toString(db.api.port());
      for (var token : List.of(RealtimeFixture.ADMIN, "owner")) {
        var ended = run(List.of("node", "admin.mjs", port, token), 60);
        assertThat(ended.output.lines()).contains("ok admin");
        assertThat(ended.status).isZero();
      }
    }
  }
}
