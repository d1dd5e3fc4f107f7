package io.millrace.store.entities;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Ids;
import java.nio.file.Path;

/// All entities, in one SQL database.
public final class EntityStore implements AutoCloseable {
  /// ThingsBoard's id of no tenant: the one that system administrators belong to.
  public static final EntityId SYSTEM_TENANT =
      EntityId.of(EntityType.TENANT, "13814000-1dd2-11b2-8080-808080808080");

  private EntityStore() {}

  /// Opens the database and brings its tables up to date.
  ///
  /// @param directory where SQLite's file is kept; unused for PostgreSQL
  public static EntityStore open(Config config, Path directory, Clock clock, Ids ids) {
    throw EntityTable.unfinished();
  }

  /// The id of an entity to be made.
  public EntityId newId(EntityType type) {
    throw EntityTable.unfinished();
  }

  public Tenants tenants() {
    throw EntityTable.unfinished();
  }

  public Customers customers() {
    throw EntityTable.unfinished();
  }

  public Users users() {
    throw EntityTable.unfinished();
  }

  public DeviceProfiles deviceProfiles() {
    throw EntityTable.unfinished();
  }

  public Devices devices() {
    throw EntityTable.unfinished();
  }

  public Credentials credentials() {
    throw EntityTable.unfinished();
  }

  public RuleChains ruleChains() {
    throw EntityTable.unfinished();
  }

  /// Adds a listener for good; call before the first save.
  public void onChange(EntityListener listener) {
    throw EntityTable.unfinished();
  }

  @Override
  public void close() {
    throw EntityTable.unfinished();
  }
}
