package io.millrace.store.entities;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;

/// Where entities are kept.
public record Config(
    Jdbc jdbc,
    @Doc("Versions that are kept of each rule chain; the oldest go first.")
        @Default("100")
        @Limit(min = 1, max = 100_000)
        int versionsPerRuleChain) {
  private static final int VERSIONS = 100;

  /// That database, the rest as when nothing is set.
  public Config(Jdbc jdbc) {
    this(jdbc, VERSIONS);
  }

  /// SQLite in the data directory, as when nothing is set.
  public static Config embedded() {
    return new Config(new Jdbc("", "", "", 8));
  }

  /// The database.
  public record Jdbc(
      @Doc(
              "JDBC address of a PostgreSQL database, as in jdbc:postgresql://host/millrace. Empty:"
                  + " SQLite in the data directory.")
          @Default("")
          String url,
      @Doc("User name for the database.") @Default("") String user,
      @Doc("Password for the database.") @Default("") String password,
      @Doc("Most connections to the database at once.") @Default("8") @Limit(min = 2, max = 100)
          int connectionsMax) {}
}
