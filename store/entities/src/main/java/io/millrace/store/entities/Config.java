package io.millrace.store.entities;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;

/// Where entities are kept.
public record Config(Jdbc jdbc) {
  /// SQLite in the data directory, as when nothing is set.
  public static Config embedded() {
    return new Config(new Jdbc("", "", "", 8));
  }

  /// The database.
  public record Jdbc(
      @Doc(
              "JDBC address of a PostgreSQL database, as in jdbc:postgresql://host/millrace. Empty: SQLite in the data directory.")
          @Default("")
          String url,
      @Doc("User name for the database.") @Default("") String user,
      @Doc("Password for the database.") @Default("") String password,
      @Doc("Most connections to the database at once.") @Default("8") @Limit(min = 2, max = 100)
          int connectionsMax) {}
}
