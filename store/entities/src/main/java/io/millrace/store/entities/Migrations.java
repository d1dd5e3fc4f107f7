package io.millrace.store.entities;

import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// Brings the tables up to date with the files in `db/migration`.
///
/// Flyway costs a third of the whole start, so it is not even loaded when its own table says that
/// the last migration is the newest one that this version knows.
final class Migrations {
  /// The number of the newest file in `db/migration`; a test compares.
  static final int NEWEST = 7;

  private Migrations() {}

  static void bringUpToDate(Connection connection, Config.Jdbc address) {
    int current = current(connection);
    if (current > NEWEST) {
      throw new EntityStoreException(
          "The entity database has format %d, this version of Millrace knows formats up to %d. Run a newer Millrace, or restore a backup made by this one."
              .formatted(current, NEWEST),
          new SQLException("newer schema"));
    }
    if (current < NEWEST) {
      migrate(address);
    }
  }

  private static void migrate(Config.Jdbc address) {
    try {
      Flyway.configure()
          .dataSource(address.url(), address.user(), address.password())
          .locations("classpath:db/migration")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new EntityStoreException(
          "The entity database cannot be brought up to date: %s".formatted(e.getMessage()), e);
    }
  }

  /// The newest migration that succeeded; 0 in an empty database.
  private static int current(Connection connection) {
    try (var tables =
        connection.getMetaData().getTables(null, null, "flyway_schema_history", null)) {
      return tables.next() ? recorded(connection) : 0;
    } catch (SQLException e) {
      throw new EntityStoreException(
          "The entity database cannot be read: %s. Restore a backup of it, or move it away to start empty."
              .formatted(e.getMessage()),
          e);
    }
  }

  private static int recorded(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT version, success FROM flyway_schema_history")) {
      int newest = 0;
      while (rows.next()) {
        if (!rows.getBoolean("success")) {
          return 0; // let Flyway say what is wrong
        }
        var version = rows.getString("version");
        newest = version == null ? newest : Math.max(newest, Integer.parseInt(version));
      }
      return newest;
    }
  }
}
