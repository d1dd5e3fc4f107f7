package io.millrace.app;

import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Ids;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.entities.EntityStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/// What is stored, opened for a command: the data directory itself, or, while Millrace runs, a
/// snapshot of it that goes when this is closed.
final class StoredData implements AutoCloseable {
  private static final long CACHE_BYTES = 64L << 20;
  private final Path directory;
  private final @Nullable Path snapshot;
  private final CommitStore commits;
  private final EntityStore entities;

  private StoredData(
      Path directory, @Nullable Path snapshot, CommitStore commits, EntityStore entities) {
    this.directory = directory;
    this.snapshot = snapshot;
    this.commits = commits;
    this.entities = entities;
  }

  /// Opens what the settings call `data.dir`.
  static StoredData open(MillraceConfig config) throws IOException {
    var place = place(config);
    return open(config, place.directory(), place.snapshot(), CommitStore::openAsItIs);
  }

  /// Where what is stored can be looked at: the data directory, or a snapshot of it.
  record Place(Path directory, @Nullable Path snapshot) {}

  static Place place(MillraceConfig config) throws IOException {
    var data = config.data().dir();
    if (!Files.isDirectory(data.resolve("rocksdb"))) {
      throw new IllegalArgumentException(
          "%s holds no data of Millrace; say where it is with --data.dir=DIRECTORY"
              .formatted(data.toAbsolutePath()));
    }
    var snapshot = ControlSocket.snapshotOf(data).orElse(null);
    return new Place(snapshot == null ? data : snapshot, snapshot);
  }

  /// Opens it to read only, however damaged it is.
  static StoredData openToRead(MillraceConfig config, Place place) {
    return open(config, place.directory(), place.snapshot(), CommitStore::openToRead);
  }

  private interface Opening {
    CommitStore open(Path directory, long cacheBytes);
  }

  /// Opens a directory that nobody else uses, as one that was unpacked from a backup.
  static StoredData open(MillraceConfig config, Path directory) {
    return open(config, directory, null, CommitStore::openAsItIs);
  }

  private static StoredData open(
      MillraceConfig config, Path directory, @Nullable Path snapshot, Opening opening) {
    var commits = opening.open(directory, CACHE_BYTES);
    try {
      var clock = Clock.SYSTEM;
      var ids = new Ids(clock, new SecureRandom());
      var entities = EntityStore.open(config.entities(), directory, clock, ids);
      return new StoredData(directory, snapshot, commits, entities);
    } catch (RuntimeException e) {
      commits.close();
      throw e;
    }
  }

  CommitStore commits() {
    return commits;
  }

  EntityStore entities() {
    return entities;
  }

  /// Whether this is a copy: then nothing that is written here lasts.
  boolean isSnapshot() {
    return snapshot != null;
  }

  Path directory() {
    return directory;
  }

  @Override
  public void close() {
    entities.close();
    commits.close();
    if (snapshot != null) {
      try {
        CommitStore.deleteTree(snapshot);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot remove the snapshot " + snapshot, e);
      }
    }
  }
}
