package io.millrace.store.entities;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.millrace.base.runtime.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;

/// The connections: those that read, and those that write, which for SQLite is a single one.
record Database(Jdbi readers, Jdbi writers, boolean isEmbedded, AutoCloseable connections)
    implements AutoCloseable {
  private static final int SQLITE_READERS_MAX = 4;
  private static final int BUSY_TIMEOUT_MS = 10_000;

  static Database open(Config config, Path directory) {
    boolean embedded = config.jdbc().url().isEmpty();
    var address = embedded ? sqliteAddress(directory) : config.jdbc();
    var database = embedded ? sqlite(directory, address.url()) : server(address);
    try {
      database.writers.useHandle(
          handle -> {
            Migrations.bringUpToDate(handle.getConnection(), address);
            if (embedded) {
              RowSums.keep(handle.getConnection());
            }
          });
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    } catch (SQLException e) {
      database.close();
      throw new EntityStoreException(
          "The entity database %s cannot be used: %s. Restore a backup of it, or move it away to start empty."
              .formatted(address.url(), e.getMessage()),
          e);
    }
  }

  /// What is wrong with SQLite's files before anybody opens them.
  static Optional<String> damage(Config config, Path directory) throws IOException {
    return config.jdbc().url().isEmpty()
        ? SqliteLogCheck.problem(directory.resolve("entities.sqlite-wal"))
        : Optional.empty();
  }

  @Override
  public void close() {
    try {
      connections.close();
    } catch (Exception e) {
      throw new IllegalStateException("The entity database did not close", e);
    }
  }

  /// Holds the only connection that writes, so that nothing changes until `meanwhile` has run.
  boolean snapshot(Path file, Runnable meanwhile) {
    writers.useHandle(
        handle -> {
          if (isEmbedded) {
            handle.execute("VACUUM INTO ?", file.toString());
          }
          meanwhile.run();
        });
    return isEmbedded;
  }

  List<String> problems(Handle handle) {
    if (!isEmbedded) {
      return List.of();
    }
    var found = new ArrayList<String>();
    handle.createQuery("PRAGMA integrity_check(100)").mapTo(String.class).stream()
        .filter(answer -> !answer.equals("ok"))
        .forEach(found::add);
    handle
        .createQuery("PRAGMA foreign_key_check")
        .map(
            (row, _) ->
                "row %d of %s names a row of %s that is not there"
                    .formatted(
                        row.getLong("rowid"), row.getString("table"), row.getString("parent")))
        .forEach(found::add);
    try {
      found.addAll(RowSums.problems(handle.getConnection()));
    } catch (SQLException e) {
      found.add("" + e.getMessage());
    }
    return found;
  }

  private static Config.Jdbc sqliteAddress(Path directory) {
    return new Config.Jdbc("jdbc:sqlite:" + directory.resolve("entities.sqlite"), "", "", 1);
  }

  private static Database sqlite(Path directory, String url) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new EntityStoreException(
          "data.dir %s cannot be written: %s".formatted(directory, e.getMessage()), e);
    }
    var writers = new ConnectionQueue(1, () -> connect(url));
    var readers = new ConnectionQueue(SQLITE_READERS_MAX, () -> connect(url));
    return new Database(
        jdbi(readers),
        jdbi(writers),
        true,
        () -> {
          readers.close();
          writers.close(); // the last one to close writes the WAL back into the file
        });
  }

  private static Connection connect(String url) throws SQLException {
    var settings = new SQLiteConfig();
    settings.setJournalMode(JournalMode.WAL);
    settings.setSynchronous(SynchronousMode.FULL);
    settings.setTransactionMode(TransactionMode.IMMEDIATE);
    settings.setBusyTimeout(BUSY_TIMEOUT_MS);
    settings.enforceForeignKeys(true);
    try {
      return settings.createConnection(url);
    } catch (SQLException e) {
      throw new EntityStoreException(
          "The entity database %s cannot be opened: %s. Restore a backup of it, or move it away to start empty."
              .formatted(url, e.getMessage()),
          e);
    }
  }

  private static Database server(Config.Jdbc settings) {
    var hikari = new HikariConfig();
    hikari.setJdbcUrl(settings.url());
    hikari.setUsername(settings.user());
    hikari.setPassword(settings.password());
    hikari.setMaximumPoolSize(settings.connectionsMax());
    hikari.setPoolName("entities");
    hikari.setThreadFactory(Threads.factory("entities-pool"));
    try {
      var pool = new HikariDataSource(hikari);
      var jdbi = jdbi(pool::getConnection);
      return new Database(jdbi, jdbi, false, pool);
    } catch (RuntimeException e) {
      throw new EntityStoreException(
          "entities.jdbc.url=%s cannot be reached: %s. Start that database or correct entities.jdbc.url, .user and .password."
              .formatted(settings.url(), e.getMessage()),
          e);
    }
  }

  private static Jdbi jdbi(ConnectionFactory connections) {
    return Jdbi.create(connections);
  }
}
