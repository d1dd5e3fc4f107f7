package io.millrace.app;

import io.millrace.base.runtime.Clock;
import io.millrace.store.commit.CommitStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/// `millrace backup`: everything into one file, also while Millrace runs.
@Command(
    name = "backup",
    description = "Copies everything into one file, also while Millrace runs.")
final class BackupCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The file to write, as in millrace.backup.")
  private Path file = Path.of("");

  @Unmatched private List<String> flags = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    var config = MillraceConfig.read(Map.of(), "backup", null, flags);
    var snapshot = snapshot(config);
    try {
      BackupFile.pack(
          snapshot, file, Version.text(), Clock.SYSTEM.millis(), new Progress("backup"));
      System.out.printf("%s: %,d bytes%n", file, Files.size(file));
      if (Files.exists(snapshot.resolve("ENTITIES-ARE-IN-POSTGRESQL"))) {
        System.out.println(
            "Devices, users and rule chains are in PostgreSQL (entities.jdbc.url) and not in this"
                + " file: copy them with pg_dump.");
      }
    } finally {
      CommitStore.deleteTree(snapshot);
    }
    return 0;
  }

  private static Path snapshot(MillraceConfig config) throws IOException {
    var data = config.data().dir();
    var running = ControlSocket.snapshotOf(data);
    if (running.isPresent()) {
      return running.get();
    }
    try (var stored = StoredData.open(config)) {
      return Snapshot.make(data, "backup", stored.commits(), stored.entities());
    }
  }
}
