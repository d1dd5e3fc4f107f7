package io.millrace.app;

import io.millrace.store.commit.CommitStore;
import io.millrace.store.entities.EntityStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A copy of everything that is stored at one moment: links to RocksDB's files, and a copy of
/// SQLite. Lies in `snapshots` of the data directory; whoever asked for it deletes it.
final class Snapshot {
  static final String FOLDER = "snapshots";

  private Snapshot() {}

  /// Makes one and says where it is.
  static Path make(Path dataDirectory, String name, CommitStore commits, EntityStore entities)
      throws IOException {
    var copy = dataDirectory.resolve(FOLDER).resolve(name);
    CommitStore.deleteTree(copy);
    Files.createDirectories(copy);
    boolean isWhole =
        entities.snapshot(
            copy.resolve("entities.sqlite"), () -> commits.checkpoint(copy.resolve("rocksdb")));
    if (!isWhole) {
      Files.writeString(
          copy.resolve("ENTITIES-ARE-IN-POSTGRESQL"),
          "entities.jdbc.url is set: devices, users and rule chains are in that database; copy it"
              + " with pg_dump.\n");
    }
    return copy;
  }

  /// Deletes what tools left that did not end well; at a start, when there can be none.
  static void deleteAll(Path dataDirectory) {
    try {
      CommitStore.deleteTree(dataDirectory.resolve(FOLDER));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("Cannot remove old snapshots", e);
    }
  }
}
