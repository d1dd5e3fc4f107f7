package io.millrace.store.entities;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// All of [EntityStoreTest] on PostgreSQL; skipped on machines without its package.
class PostgresEntityStoreTest extends EntityStoreTest {
  @TempDir static Path place;
  private static PostgresServer server;
  private Config config;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    var started = PostgresServer.start(place);
    Assumptions.assumeTrue(started.isPresent(), "PostgreSQL is not installed here");
    server = started.get();
  }

  @AfterAll
  static void stop() throws IOException, InterruptedException {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  @Override
  void openWithTenant() {
    try {
      config = new Config(server.newDatabase());
    } catch (SQLException e) {
      throw new IllegalStateException("The test's server makes no database", e);
    }
    super.openWithTenant();
  }

  @Override
  Config config() {
    return config;
  }
}
