package io.millrace.store.entities;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.Function;

/// A checksum over all rows of each table, kept in the table `row_sums`, because SQLite's pages
/// have none: without it a flipped byte in a text would be a different text.
///
/// The sum of a table is that of its rows' hashes, so that a change takes away the old row's and
/// adds the new one's, in its own transaction. Triggers of the writing connection do that; they
/// are not in the file, so that other programs can still write it, which the sums then tell.
/// PostgreSQL has checksums of its own.
final class RowSums {
  private static final String ADDED = "row_sum_with";
  private static final String TAKEN = "row_sum_without";
  private static final String ALL = "row_sum_of_all";
  private static final String CHANGED =
      "UPDATE row_sums SET rows = rows + %d, sum = %s(sum, %s) WHERE name = '%s';";

  private RowSums() {}

  /// Begins to keep the sums on the connection that writes, the tables being up to date.
  static void keep(Connection writer) throws SQLException {
    define(writer);
    try (var statement = writer.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS row_sums (name TEXT PRIMARY KEY, rows INTEGER NOT NULL,"
              + " sum INTEGER NOT NULL, format INTEGER NOT NULL)");
      for (var table : tables(writer)) {
        fill(writer, table);
        trigger(writer, table, "INSERT", CHANGED.formatted(1, ADDED, table.row("NEW."), table));
        trigger(writer, table, "DELETE", CHANGED.formatted(-1, TAKEN, table.row("OLD."), table));
        trigger(
            writer,
            table,
            "UPDATE",
            CHANGED.formatted(0, TAKEN, table.row("OLD."), table)
                + CHANGED.formatted(0, ADDED, table.row("NEW."), table));
      }
    }
  }

  /// The tables whose rows are not those that were written.
  static List<String> problems(Connection reader) throws SQLException {
    define(reader);
    var found = new ArrayList<String>();
    for (var table : tables(reader)) {
      try (var statement = reader.createStatement();
          var sums =
              statement.executeQuery(
                  "SELECT rows, sum, (SELECT count(*) FROM %2$s), (SELECT %1$s(%3$s) FROM %2$s) FROM row_sums WHERE name = '%2$s'"
                      .formatted(ALL, table, table.row("")))) {
        if (!sums.next()) {
          found.add("table %s has no checksum".formatted(table));
        } else if (sums.getLong(1) != sums.getLong(3) || sums.getLong(2) != sums.getLong(4)) {
          found.add(
              "table %s: its %d rows are not the %d that were written: damaged, or changed by another program"
                  .formatted(table, sums.getLong(3), sums.getLong(1)));
        }
      }
    }
    return found;
  }

  private record Table(String name, List<String> columns) {
    /// Its columns as arguments.
    String row(String prefix) {
      return String.join(
          ", ", columns.stream().map(column -> prefix + '"' + column + '"').toList());
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static List<Table> tables(Connection connection) throws SQLException {
    var names = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                    + " AND name NOT IN ('row_sums', 'flyway_schema_history') ORDER BY name")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    var tables = new ArrayList<Table>();
    for (var name : names) {
      tables.add(new Table(name, columns(connection, name)));
    }
    return tables;
  }

  private static List<String> columns(Connection connection, String table) throws SQLException {
    var columns = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("PRAGMA table_info(%s)".formatted(table))) {
      while (rows.next()) {
        columns.add(rows.getString("name"));
      }
    }
    return columns;
  }

  /// Takes the sum of what is there, once for each format of the tables.
  private static void fill(Connection writer, Table table) throws SQLException {
    try (var statement = writer.createStatement()) {
      statement.execute(
          "INSERT INTO row_sums SELECT '%2$s', (SELECT count(*) FROM %2$s), (SELECT %1$s(%3$s) FROM %2$s), %4$d WHERE NOT EXISTS (SELECT 1 FROM row_sums WHERE name = '%2$s' AND format = %4$d) ON CONFLICT (name) DO UPDATE SET rows = excluded.rows, sum = excluded.sum, format = excluded.format"
              .formatted(ALL, table, table.row(""), Migrations.NEWEST));
    }
  }

  private static void trigger(Connection writer, Table table, String event, String action)
      throws SQLException {
    try (var statement = writer.createStatement()) {
      statement.execute(
          "CREATE TEMP TRIGGER sum_%s_%s AFTER %2$s ON main.%1$s BEGIN %3$s END"
              .formatted(table, event, action));
    }
  }

  private static void define(Connection connection) throws SQLException {
    Function.create(connection, ADDED, new Changed(1));
    Function.create(connection, TAKEN, new Changed(-1));
    Function.create(connection, ALL, new All());
  }

  /// `(sum, column…)`: the sum with that row, or without it.
  private static final class Changed extends Function {
    private final long sign;

    Changed(long sign) {
      this.sign = sign;
    }

    @Override
    protected void xFunc() throws SQLException {
      var hash = new RowHash();
      for (int i = 1; i < args(); i++) {
        switch (value_type(i)) {
          case RowHash.NULL -> hash.addNull();
          case RowHash.BLOB -> hash.add(value_blob(i));
          case RowHash.INTEGER -> hash.add(value_long(i));
          case RowHash.REAL -> hash.add(Double.doubleToLongBits(value_double(i)));
          default -> hash.add(value_text(i).getBytes(StandardCharsets.UTF_8));
        }
      }
      result(value_long(0) + sign * hash.result());
    }
  }

  /// `(column…)`: the sum of all rows.
  private static final class All extends Function.Aggregate {
    private long sum;

    @Override
    protected void xStep() throws SQLException {
      var hash = new RowHash();
      for (int i = 0; i < args(); i++) {
        switch (value_type(i)) {
          case RowHash.INTEGER -> hash.add(value_long(i));
          case RowHash.REAL -> hash.add(Double.doubleToLongBits(value_double(i)));
          case RowHash.BLOB -> hash.add(value_blob(i));
          case RowHash.NULL -> hash.addNull();
          default -> hash.add(value_text(i).getBytes(StandardCharsets.UTF_8));
        }
      }
      sum += hash.result();
    }

    @Override
    protected void xFinal() throws SQLException {
      result(sum);
    }
  }
}
