package io.millrace.store.entities;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.ConnectionFactory;

/// A few connections to SQLite that are opened when first needed and then lent out in turn.
///
/// SQLite has no network, so a connection never breaks and needs no tests; that is all that a pool
/// for servers does beyond this.
final class ConnectionQueue implements ConnectionFactory, AutoCloseable {
  private static final long WAIT_SECONDS = 30;

  /// Opens one more connection.
  interface Opener {
    Connection open() throws SQLException;
  }

  private final Opener opener;
  private final int connectionsMax;
  private final AtomicInteger opened = new AtomicInteger();
  private final LinkedBlockingDeque<Connection> idle = new LinkedBlockingDeque<>();

  ConnectionQueue(int connectionsMax, Opener opener) {
    this.connectionsMax = connectionsMax;
    this.opener = opener;
  }

  @Override
  public Connection openConnection() throws SQLException {
    var free = idle.pollFirst(); // the one used last, so that few stay busy
    if (free != null) {
      return free;
    }
    if (opened.incrementAndGet() <= connectionsMax) {
      return opener.open();
    }
    opened.decrementAndGet();
    return awaited();
  }

  @Override
  public void closeConnection(Connection connection) {
    idle.addFirst(connection);
  }

  @Override
  public void close() {
    for (var connection = idle.pollFirst(); connection != null; connection = idle.pollFirst()) {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new IllegalStateException("A connection to SQLite did not close", e);
      }
    }
  }

  private Connection awaited() throws SQLException {
    try {
      var connection = idle.pollFirst(WAIT_SECONDS, TimeUnit.SECONDS);
      if (connection == null) {
        throw new SQLTransientConnectionException(
            "All %d connections were busy for %d s".formatted(connectionsMax, WAIT_SECONDS));
      }
      return connection;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLTransientConnectionException("Interrupted while all connections were busy", e);
    }
  }
}
