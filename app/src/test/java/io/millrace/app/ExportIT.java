package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonString;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.model.Point;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Ids;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.entities.Config;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.DeviceProfile;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.Tenant;
import io.millrace.store.timeseries.RangeQuery;
import io.millrace.store.timeseries.TimeseriesStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Export to CSV and Parquet, import from CSV.
class ExportIT {
  private static final int ROWS = 12_000;

  @TempDir Path folder;
  private Path data;
  private EntityId device;

  @BeforeEach
  void fill() {
    data = folder.resolve("data");
    device = entity("T");
    var points = new ArrayList<Point>();
    for (int i = 0; i < ROWS; i++) {
      points.add(new Point("n", 1_000L * i, Json.parse("" + i)));
    }
    points.add(new Point("word", 1, new JsonString("20")));
    points.add(new Point("word", 2, new JsonString("a,\"b\"\nc")));
    points.add(new Point("word", 3, Json.parse("{\"x\":[1,true]}")));
    points.add(new Point("word", 4, Json.parse("20.5")));
    points.add(new Point("on", 5, Json.parse("true")));
    try (var store = CommitStore.open(data, 16 << 20);
        var commit = store.begin()) {
      TimeseriesStore.open(store).save(commit, device, points);
      commit.write();
    }
  }

  @Test
  void whatIsExportedAsCsvIsImportedTheSame() throws IOException {
    var csv = folder.resolve("all.csv");
    assertThat(run("export", csv.toString(), "--device=" + device.id(), "--data.dir=" + data))
        .startsWith("0 ");
    assertThat(run("import-telemetry", csv.toString(), "--data.dir=" + other())).startsWith("0 ");
    assertThat(points(other())).isEqualTo(points(data)).hasSize(ROWS + 5);
  }

  @Test
  void anExportThatWasBrokenOffGoesOnAfterTheLastWholeDevice() throws IOException {
    var second = entity("Another");
    try (var store = CommitStore.open(data, 16 << 20);
        var commit = store.begin()) {
      TimeseriesStore.open(store).save(commit, second, List.of(new Point("n", 7, Json.parse("7"))));
      commit.write();
    }
    var csv = folder.resolve("all.csv");
    var asked = "--device=" + device.id();
    run("export", csv.toString(), asked, "--data.dir=" + data);
    var whole = Files.readString(csv);
    Files.delete(csv);
    var draft = folder.resolve("all.csv.part");
    Files.writeString(draft, whole + "DEVICE,half of a li");
    new ExportMark(device.id() + "    ", 1, whole.length(), ROWS + 5).write(draft);
    assertThat(run("export", csv.toString(), asked, "--data.dir=" + data)).startsWith("0 ");
    assertThat(Files.readString(csv)).isEqualTo(whole);
    new ExportMark(device.id() + "    ", 1, 0, 0).write(draft);
    run("export", csv.toString(), "--device=" + second.id(), "--data.dir=" + data);
    assertThat(Files.readAllLines(csv)).as("another export begins anew").hasSize(2);
  }

  @Test
  void aRunningMillraceImportsThroughItsApi() throws IOException {
    var csv = folder.resolve("all.csv");
    var running = folder.resolve("running");
    try (var millrace = MillraceProcess.start("demo", running, "--simulate=false")) {
      var url = "http://127.0.0.1:" + millrace.port("http.port");
      var api = Api.signIn(url, "tenant@thingsboard.org", "tenant");
      var id = api.createDevice("Imported", "IMPORTED");
      run("export", csv.toString(), "--device=" + device.id(), "--data.dir=" + data);
      var theirs = Files.readString(csv).replace(device.id().toString(), id);
      Files.writeString(csv, theirs);
      assertThat(run("import-telemetry", csv.toString(), "--data.dir=" + running))
          .startsWith("2 ")
          .contains("--url=");
      assertThat(
              run(
                  "import-telemetry",
                  csv.toString(),
                  "--url=" + url,
                  "--user=tenant@thingsboard.org",
                  "--password=wrong"))
          .startsWith("2 ")
          .contains("log-in", "401");
      assertThat(
              run(
                  "import-telemetry",
                  csv.toString(),
                  "--url=" + url,
                  "--user=tenant@thingsboard.org",
                  "--password=tenant"))
          .startsWith("0 ");
      var back = folder.resolve("back.csv");
      assertThat(run("export", back.toString(), "--device=" + id, "--data.dir=" + running))
          .startsWith("0 ");
      assertThat(withoutNames(back)).isEqualTo(withoutNames(csv));
    }
  }

  /// Sorted rows: the names differ, and so does the order of keys with that of their saving.
  private static List<String> withoutNames(Path csv) throws IOException {
    return Files.readString(csv)
        .replace("\"D, the \"\"first\"\"\"", "X")
        .replace(",Imported,", ",X,")
        .lines()
        .sorted()
        .toList();
  }

  @Test
  void anImportThatFailsSaysWhereAndGoesOnThere() throws IOException {
    var csv = folder.resolve("all.csv");
    run("export", csv.toString(), "--device=" + device.id(), "--keys=n", "--data.dir=" + data);
    var lines = new ArrayList<>(Files.readAllLines(csv));
    var good = lines.set(11_001, "DEVICE,no-uuid,x,1,k,1");
    Files.write(csv, lines);
    assertThat(run("import-telemetry", csv.toString(), "--data.dir=" + other()))
        .startsWith("2 ")
        .contains("row 11001", "no-uuid");
    assertThat(points(other())).hasSize(10_000);
    lines.set(11_001, good);
    Files.write(csv, lines);
    assertThat(run("import-telemetry", csv.toString(), "--data.dir=" + other())).startsWith("0 ");
    assertThat(points(other())).hasSize(ROWS);
    assertThat(folder.resolve("all.csv.progress")).doesNotExist();
  }

  @Test
  void parquetHasItsMarksAndItsFooterWhereTheFormatSays() throws IOException {
    var parquet = folder.resolve("all.parquet");
    var tenant = tenant();
    assertThat(run("export", parquet.toString(), "--tenant=" + tenant, "--data.dir=" + data))
        .startsWith("0 ");
    var bytes = Files.readAllBytes(parquet);
    assertThat(new String(bytes, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("PAR1");
    assertThat(new String(bytes, bytes.length - 4, 4, StandardCharsets.US_ASCII)).isEqualTo("PAR1");
    int footer =
        ByteBuffer.wrap(bytes, bytes.length - 8, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
    assertThat(footer).isBetween(100, bytes.length - 12);
    var names = new String(bytes, bytes.length - 8 - footer, footer, StandardCharsets.ISO_8859_1);
    assertThat(names).contains("entity_type", "entity_id", "name", "ts", "key", "number", "text");
  }

  @Test
  void whatIsWrongIsSaid() {
    assertThat(run("export", "x.csv", "--data.dir=" + data)).startsWith("2 ").contains("--device");
    assertThat(
            run(
                "export",
                folder.resolve("x.txt").toString(),
                "--device=" + device.id(),
                "--data.dir=" + data))
        .startsWith("2 ")
        .contains(".parquet");
    assertThat(
            run(
                "export",
                folder.resolve("x.csv").toString(),
                "--device=" + device.id(),
                "--from=monday",
                "--data.dir=" + data))
        .startsWith("2 ")
        .contains("--from=monday");
  }

  private Path other() {
    var other = folder.resolve("other");
    if (!Files.exists(other)) {
      CommitStore.open(other, 16 << 20).close();
    }
    return other;
  }

  private List<Point> points(Path directory) {
    try (var store = CommitStore.open(directory, 16 << 20)) {
      var timeseries = TimeseriesStore.open(store);
      var all = new ArrayList<Point>();
      for (var key : timeseries.keys(device)) {
        all.addAll(timeseries.read(device, RangeQuery.oldest(key, 0, Long.MAX_VALUE, 1_000_000)));
      }
      return all;
    }
  }

  private String tenant() {
    try (var entities = entities()) {
      return entities.devices().find(device).orElseThrow().tenantId().id().toString();
    }
  }

  private EntityStore entities() {
    return EntityStore.open(
        Config.embedded(), data, Clock.SYSTEM, new Ids(Clock.SYSTEM, new Random(1)));
  }

  private EntityId entity(String title) {
    try (var entities = entities()) {
      var tenant = entities.tenants().save(Tenant.named(entities.newId(EntityType.TENANT), title));
      var profile =
          entities
              .deviceProfiles()
              .save(
                  DeviceProfile.named(entities.newId(EntityType.DEVICE_PROFILE), tenant.id(), "P"));
      return entities
          .devices()
          .save(Device.named(entities.newId(EntityType.DEVICE), "D, the \"first\"", profile))
          .id();
    }
  }

  private static String run(String... arguments) {
    var err = new StringWriter();
    int status = Main.commandLine().setErr(new PrintWriter(err, true)).execute(arguments);
    return status + " " + err;
  }
}
