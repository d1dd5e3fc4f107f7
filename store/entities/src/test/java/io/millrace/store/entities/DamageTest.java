package io.millrace.store.entities;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Ids;
import io.millrace.testkit.SimulatedTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Flipped bytes in SQLite's file and in the log that a killed process leaves.
class DamageTest {
  private static final String FILE = "entities.sqlite";
  private static final String LOG = "entities.sqlite-wal";

  @TempDir Path folder;
  private final SimulatedTime time = new SimulatedTime(1_000);
  private final Ids ids = new Ids(time, new Random(1));
  private Path closed;
  private Path killed;

  @BeforeEach
  void fill() throws IOException {
    closed = folder.resolve("closed");
    killed = Files.createDirectories(folder.resolve("killed"));
    try (var store = open(closed)) {
      fill(store, 60);
    }
    try (var store = open(closed)) {
      fill(store, 10);
      for (var name : List.of(FILE, LOG)) {
        Files.copy(closed.resolve(name), killed.resolve(name));
      }
    }
  }

  private static void fill(EntityStore store, int count) {
    var tenant = store.tenants().save(Tenant.named(store.newId(EntityType.TENANT), "T" + count));
    var about = (JsonObject) Json.parse("{\"description\":\"what it is for\",\"n\":[1,2.5]}");
    for (int i = 0; i < count; i++) {
      var profile = store.newId(EntityType.DEVICE_PROFILE);
      store
          .deviceProfiles()
          .save(
              new DeviceProfile(
                  profile, i, tenant.id(), "p" + i, "é", false, null, "MQTT", "X", about, 0));
    }
  }

  @Test
  void everyFlippedByteOfTheFileIsNamedOrChangesNothing() throws Exception {
    assertThat(flip(closed.resolve(FILE), 24)).as("flips that were named").isGreaterThan(12);
  }

  @Test
  void everyFlippedByteOfALogThatAKillLeftIsNamedOrChangesNothing() throws Exception {
    assertThat(flip(killed.resolve(LOG), 12)).as("flips that were named").isGreaterThan(9);
  }

  @Test
  void aRowThatAnotherProgramChangedIsTold() throws SQLException {
    try (var other = DriverManager.getConnection("jdbc:sqlite:" + closed.resolve(FILE));
        var statement = other.createStatement()) {
      statement.execute("UPDATE device_profile SET name = 'q7' WHERE name = 'p7'");
    }
    assertThat(problems(closed))
        .singleElement()
        .asString()
        .contains("table device_profile", "changed by another program");
  }

  /// Flips a bit at a time, of a byte that is not zero, in copies of the directory.
  ///
  /// @return how many of them were named
  private int flip(Path file, int flips) throws Exception {
    var directory = file.getParent();
    assertThat(problems(copy(directory))).isEmpty();
    var rows = rows(copy(directory));
    var random = new Random(5);
    int named = 0;
    for (int i = 0; i < flips; i++) {
      var damaged = copy(directory);
      var bytes = Files.readAllBytes(file);
      int at = random.nextInt(bytes.length);
      while (bytes[at] == 0) { // most of the file is room that is not used
        at = random.nextInt(bytes.length);
      }
      bytes[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(damaged.resolve(file.getFileName()), bytes);
      if (!problems(damaged).isEmpty()) {
        named++;
      } else {
        assertThat(rows(damaged)).as("byte %d of %s is flipped", at, file).isEqualTo(rows);
      }
    }
    return named;
  }

  private Path copy(Path directory) throws IOException {
    var copy = Files.createTempDirectory(folder, "copy");
    for (var name : List.of(FILE, LOG)) {
      if (Files.exists(directory.resolve(name))) {
        Files.copy(directory.resolve(name), copy.resolve(name));
      }
    }
    return copy;
  }

  private List<String> problems(Path directory) {
    try {
      var damage = EntityStore.damage(Config.embedded(), directory);
      if (damage.isPresent()) {
        return List.of(damage.get());
      }
      try (var store = open(directory)) {
        return store.problems();
      }
    } catch (IOException | RuntimeException e) {
      return List.of("" + e.getMessage());
    }
  }

  private EntityStore open(Path directory) {
    return EntityStore.open(Config.embedded(), directory, time, ids);
  }

  private static List<String> rows(Path directory) throws SQLException {
    var rows = new ArrayList<String>();
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(FILE));
        var statement = connection.createStatement()) {
      for (var table : List.of("tenant", "device_profile", "device", "account", "queue")) {
        try (var found = statement.executeQuery("SELECT * FROM " + table)) {
          int columns = found.getMetaData().getColumnCount();
          while (found.next()) {
            var row = new StringBuilder(table);
            for (int i = 1; i <= columns; i++) {
              row.append('|').append(found.getString(i));
            }
            rows.add(row.toString());
          }
        }
      }
    }
    return rows;
  }
}
