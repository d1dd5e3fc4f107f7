package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.model.Point;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import io.millrace.store.timeseries.TimeseriesStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Random;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// Backup of a running Millrace, restore, verify, inspect, rehearsal of an upgrade.
@Isolated("captures standard output")
class BackupIT {
  @TempDir Path folder;

  @Test
  void aRunningMillraceIsBackedUpVerifiedAndRestored() throws IOException {
    var backup = folder.resolve("all.backup");
    var data = folder.resolve("data");
    String device;
    try (var millrace = demo(data)) {
      var tenant = signIn(millrace);
      device = tenant.createDevice("Saved", "SAVED_TOKEN");
      tenant.post(
          "/api/plugins/telemetry/DEVICE/" + device + "/timeseries/ANY",
          Json.parse("{\"ts\":1000,\"values\":{\"t\":42}}"));
      assertThat(run("backup", backup.toString(), "--data.dir=" + data)).startsWith("0 ");
      tenant.post(
          "/api/plugins/telemetry/DEVICE/" + device + "/attributes/SERVER_SCOPE",
          Json.parse("{\"a\":1}"));
      assertThat(run("verify", "--data.dir=" + data))
          .startsWith("0 ")
          .contains("attributes of ", "messages in the log", "All is well.");
      assertThat(Files.list(data.resolve("snapshots"))).as("left snapshots").isEmpty();
      tenant.post(
          "/api/plugins/telemetry/DEVICE/" + device + "/timeseries/ANY",
          Json.parse("{\"ts\":2000,\"values\":{\"t\":43}}"));
    }
    assertThat(run("verify", backup.toString())).startsWith("0 ").contains("All is well.");
    var restored = folder.resolve("restored");
    assertThat(run("restore", backup.toString(), "--data.dir=" + restored)).startsWith("0 ");
    assertThat(run("restore", backup.toString(), "--data.dir=" + restored))
        .startsWith("2 ")
        .contains("is not empty");
    try (var millrace = demo(restored)) {
      var latest =
          signIn(millrace)
              .get("/api/plugins/telemetry/DEVICE/" + device + "/values/timeseries?keys=t");
      assertThat(latest.toString()).contains("\"ts\":1000", "42").doesNotContain("43");
    }
  }

  @Test
  void anAdministratorBacksUpOverRestAndWatchesIt() throws IOException {
    var data = folder.resolve("data");
    var backups = folder.resolve("data-backups");
    try (var millrace = demo(data)) {
      var tenant = signIn(millrace);
      assertThat(tenant.get("/api/millrace/backup").toString()).contains("\"state\":\"NONE\"");
      for (int i = 0; i < 2; i++) {
        tenant.post("/api/millrace/backup", JsonObject.EMPTY);
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> tenant.get("/api/millrace/backup").toString().contains("\"DONE\""));
      }
      assertThat(tenant.get("/api/millrace/backup").toString()).contains("millrace-", ".backup");
    }
    try (var files = Files.list(backups)) {
      var newest = files.sorted(Comparator.reverseOrder()).findFirst().orElseThrow();
      assertThat(run("verify", newest.toString())).startsWith("0 ").contains("All is well.");
    }
  }

  @Test
  void aDamagedBackupIsRefusedByName() throws IOException {
    var data = filled();
    var backup = folder.resolve("all.backup");
    assertThat(run("backup", backup.toString(), "--data.dir=" + data)).startsWith("0 ");
    var whole = Files.readAllBytes(backup);
    var random = new Random(5);
    for (int i = 0; i < 6; i++) {
      var damaged = folder.resolve("damaged" + i);
      var bytes = whole.clone();
      int at = random.nextInt(bytes.length / 2);
      for (int j = 0; j < 64; j++) {
        bytes[at + j] ^= 0x55;
      }
      Files.write(damaged, i == 0 ? java.util.Arrays.copyOf(whole, whole.length / 2) : bytes);
      var outcome = run("restore", damaged.toString(), "--data.dir=" + folder.resolve("r" + i));
      assertThat(outcome).startsWith("2 ").contains(damaged.getFileName().toString());
      assertThat(folder.resolve("r" + i)).doesNotExist();
    }
  }

  @Test
  void verifyFindsAFlippedByteAndSaysInWhichFile() throws IOException {
    var data = filled();
    Path largest;
    try (var files = Files.list(data.resolve("rocksdb"))) {
      largest =
          files
              .filter(file -> file.toString().endsWith(".sst"))
              .max(java.util.Comparator.comparingLong(file -> file.toFile().length()))
              .orElseThrow();
    }
    var bytes = Files.readAllBytes(largest);
    bytes[bytes.length / 4] ^= 1;
    Files.write(largest, bytes);
    assertThat(run("verify", "--data.dir=" + data))
        .startsWith("1 ")
        .contains("FAULT", largest.getFileName().toString());
  }

  @Test
  void telemetryOfNobodyIsAFaultAndInspectShowsBlocks() throws IOException {
    var data = filled();
    var device = new UUID(1, 2);
    assertThat(run("verify", "--data.dir=" + data))
        .startsWith("1 ")
        .contains("FAULT telemetry of DEVICE " + device, "FAULT an attribute cannot be read");
    assertThat(run("inspect", "--device=" + device, "--points", "--data.dir=" + data))
        .startsWith("0 ")
        .contains("1024 rows", "    1000000 t 0")
        .contains("5,000 points");
    assertThat(run("inspect", "--data.dir=" + folder.resolve("nothing")))
        .startsWith("2 ")
        .contains("holds no data of Millrace");
  }

  @Test
  void anUpgradeIsRehearsedAndKeepsACopy() throws IOException {
    var data = filled();
    try (var store = CommitStore.open(data, 16 << 20);
        var commit = store.begin()) {
      commit.put(
          Family.META,
          "format".getBytes(StandardCharsets.UTF_8),
          "1".getBytes(StandardCharsets.UTF_8));
      commit.write();
    }
    assertThat(run("upgrade", "--dry-run", "--data.dir=" + data))
        .startsWith("0 ")
        .contains("to format 2", "Rehearsed on a copy", "5,000 points", "Nothing was changed");
    assertThat(data.resolve("before-format-2")).doesNotExist();
    assertThat(run("upgrade", "--data.dir=" + data)).startsWith("0 ").contains("Done.");
    assertThat(data.resolve("before-format-2/complete")).exists();
    assertThat(run("upgrade", "--data.dir=" + data)).contains("Nothing was changed");
  }

  /// 5,000 points of a device that is not among the entities, in blocks.
  private Path filled() {
    var data = folder.resolve("filled");
    try (var store = CommitStore.open(data, 16 << 20)) {
      var timeseries = TimeseriesStore.open(store);
      var points = new ArrayList<Point>();
      var random = new Random(1);
      for (int i = 0; i < 5_000; i++) {
        points.add(
            new Point("t", 1_000_000 + i * 1_000L, new JsonLong(i == 0 ? 0 : random.nextLong())));
      }
      try (var commit = store.begin()) {
        timeseries.save(commit, new EntityId(EntityType.DEVICE, new UUID(1, 2)), points);
        commit.put(Family.ATTRIBUTES, new byte[] {1, 2, 3}, new byte[] {4});
        commit.write();
      }
    }
    try (var store = CommitStore.open(data, 16 << 20)) {
      store.tidy();
    }
    return data;
  }

  /// Runs a command in this process: its exit status, a space, and what it printed.
  private static String run(String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new StringWriter();
    var before = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      int status = Main.commandLine().setErr(new PrintWriter(err, true)).execute(arguments);
      return status + " " + out.toString(StandardCharsets.UTF_8) + err;
    } finally {
      System.setOut(before);
    }
  }

  private static MillraceProcess demo(Path data) {
    return MillraceProcess.start("demo", data, "--simulate=false", "--mqtt.extraPorts=");
  }

  private static Api signIn(MillraceProcess millrace) {
    return Api.signIn(millrace.http(), "tenant@thingsboard.org", "tenant");
  }
}
