package io.millrace.store.entities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Ids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {
  @TempDir Path directory;

  @Test
  void newestIsTheNewestFile() throws IOException {
    try (var files = Files.list(Path.of("src/main/resources/db/migration"))) {
      assertThat(files.mapToInt(file -> version(file.getFileName().toString())).max())
          .hasValue(Migrations.NEWEST);
    }
  }

  @Test
  void databaseOfANewerMillraceIsRefusedWithTheCure() throws SQLException {
    open().close();
    change(
        "INSERT INTO flyway_schema_history SELECT 999, '999', description, type, script, checksum,"
            + " installed_by, installed_on, 1, 1 FROM flyway_schema_history WHERE installed_rank ="
            + " 1");
    assertThatThrownBy(this::open)
        .isInstanceOf(EntityStoreException.class)
        .hasMessage(
            "The entity database has format 999, this version of Millrace knows formats up to %d. Run a newer Millrace, or restore a backup made by this one."
                .formatted(Migrations.NEWEST));
  }

  @Test
  void migrationThatFailedBeforeIsReported() throws SQLException {
    open().close();
    change("UPDATE flyway_schema_history SET success = 0");
    assertThatThrownBy(this::open)
        .isInstanceOf(EntityStoreException.class)
        .hasMessageStartingWith("The entity database cannot be brought up to date:");
  }

  @Test
  void fileThatIsNoDatabaseIsRefusedWithTheCure() throws IOException {
    Files.writeString(directory.resolve("entities.sqlite"), "not a database ".repeat(500));
    assertThatThrownBy(this::open)
        .isInstanceOf(EntityStoreException.class)
        .hasMessageContaining("entities.sqlite")
        .hasMessageContaining("Restore a backup of it, or move it away to start empty.");
  }

  @Test
  void serverThatIsNotThereIsNamed() {
    var nowhere =
        new Config(new Config.Jdbc("jdbc:postgresql://127.0.0.1:1/millrace", "u", "p", 2));
    assertThatThrownBy(() -> EntityStore.open(nowhere, directory, Clock.SYSTEM, ids()))
        .isInstanceOf(EntityStoreException.class)
        .hasMessageContaining("entities.jdbc.url=jdbc:postgresql://127.0.0.1:1/millrace")
        .hasMessageContaining("Start that database or correct");
  }

  private EntityStore open() {
    return EntityStore.open(Config.embedded(), directory, Clock.SYSTEM, ids());
  }

  private static Ids ids() {
    return new Ids(Clock.SYSTEM, new Random(1));
  }

  private void change(String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("entities.sqlite"));
        var statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private static int version(String file) {
    return Integer.parseInt(file.substring(1, file.indexOf("__")));
  }
}
