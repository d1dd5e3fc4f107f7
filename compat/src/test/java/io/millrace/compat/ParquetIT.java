package io.millrace.compat;

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
import io.millrace.store.timeseries.TimeseriesStore;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `millrace export` writes as Parquet, read by DuckDB.
class ParquetIT {
  private static final int ROWS = 120_000; // more than one row group
  private static final String NAME = "Kältemaschine, \"die\" 1";

  @TempDir Path folder;
  private EntityId device;

  @Test
  void duckDbReadsEveryRowAsItWasSaved() throws Exception {
    fill();
    var parquet = folder.resolve("all.parquet");
    export(parquet);
    try (var duck = DriverManager.getConnection("jdbc:duckdb:")) {
      assertThat(rows(duck, "DESCRIBE SELECT * FROM '%s'", parquet))
          .extracting(row -> row.get(0) + " " + row.get(1))
          .containsExactly(
              "entity_type VARCHAR",
              "entity_id VARCHAR",
              "name VARCHAR",
              "ts TIMESTAMP",
              "key VARCHAR",
              "number DOUBLE",
              "text VARCHAR");
      assertThat(
              rows(
                  duck,
                  "SELECT key, count(*), count(number), count(text), CAST(sum(number) AS BIGINT)"
                      + " FROM '%s' GROUP BY key ORDER BY key",
                  parquet))
          .containsExactly(
              List.of("half", "1", "1", "0", "0"),
              List.of("n", "" + ROWS, "" + ROWS, "0", "" + (ROWS - 1L) * ROWS / 2),
              List.of("word", "4", "0", "4", "null"));
      assertThat(
              rows(
                  duck,
                  "SELECT epoch_ms(ts), number FROM '%s' WHERE key = 'n'"
                      + " AND epoch_ms(ts) <> CAST(number AS BIGINT) * 1000",
                  parquet))
          .as("points at another time than they were saved with")
          .isEmpty();
      assertThat(
              rows(
                  duck,
                  "SELECT epoch_ms(ts), text, entity_type, entity_id, name FROM '%s'"
                      + " WHERE key = 'word' ORDER BY ts",
                  parquet))
          .containsExactly(
              List.of("1", "20", "DEVICE", "" + device.id(), NAME),
              List.of("2", "a,\"b\"\nc ü", "DEVICE", "" + device.id(), NAME),
              List.of("3", "{\"x\":[1,true]}", "DEVICE", "" + device.id(), NAME),
              List.of("4", "true", "DEVICE", "" + device.id(), NAME));
    }
  }

  private static List<List<String>> rows(Connection duck, String question, Path parquet)
      throws SQLException {
    var rows = new ArrayList<List<String>>();
    try (var statement = duck.createStatement();
        var found = statement.executeQuery(question.formatted(parquet))) {
      int columns = found.getMetaData().getColumnCount();
      while (found.next()) {
        var row = new ArrayList<String>();
        for (int i = 1; i <= columns; i++) {
          row.add(String.valueOf((Object) found.getString(i)));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private void fill() {
    var data = folder.resolve("data");
    device = entity(data);
    var points = new ArrayList<Point>();
    for (int i = 0; i < ROWS; i++) {
      points.add(new Point("n", 1_000L * i, Json.parse("" + i)));
    }
    points.add(new Point("half", -1, Json.parse("0.25")));
    points.add(new Point("word", 1, new JsonString("20")));
    points.add(new Point("word", 2, new JsonString("a,\"b\"\nc ü")));
    points.add(new Point("word", 3, Json.parse("{\"x\":[1,true]}")));
    points.add(new Point("word", 4, Json.parse("true")));
    try (var store = CommitStore.open(data, 16 << 20);
        var commit = store.begin()) {
      TimeseriesStore.open(store).save(commit, device, points);
      commit.write();
    }
  }

  private static EntityId entity(Path data) {
    try (var entities =
        EntityStore.open(
            Config.embedded(), data, Clock.SYSTEM, new Ids(Clock.SYSTEM, new Random(1)))) {
      var tenant = entities.tenants().save(Tenant.named(entities.newId(EntityType.TENANT), "T"));
      var profile =
          entities
              .deviceProfiles()
              .save(
                  DeviceProfile.named(entities.newId(EntityType.DEVICE_PROFILE), tenant.id(), "P"));
      return entities
          .devices()
          .save(Device.named(entities.newId(EntityType.DEVICE), NAME, profile))
          .id();
    }
  }

  /// As a person does: the command, in a process of its own.
  private void export(Path parquet) throws IOException, InterruptedException {
    var command =
        List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "io.millrace.app.Main",
            "export",
            parquet.toString(),
            "--device=" + device.id(),
            "--data.dir=" + folder.resolve("data"));
    var process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
  }
}
