package io.millrace.app;

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

/// `millrace restore`: a backup into an empty data directory.
@Command(
    name = "restore",
    description = "Unpacks a backup into an empty data directory (--data.dir).")
final class RestoreCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "A file that `millrace backup` wrote.")
  private Path file = Path.of("");

  @Unmatched private List<String> flags = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    var data = MillraceConfig.read(Map.of(), "restore", null, flags).data().dir();
    if (Files.isDirectory(data)) {
      try (var present = Files.list(data)) {
        if (present.findAny().isPresent()) {
          throw new IllegalArgumentException(
              "%s is not empty; move it away, or restore elsewhere with --data.dir=DIRECTORY"
                  .formatted(data.toAbsolutePath()));
        }
      }
    }
    var draft = data.toAbsolutePath().resolveSibling(data.getFileName() + ".restoring");
    io.millrace.store.commit.CommitStore.deleteTree(draft);
    Files.createDirectories(draft);
    BackupFile.unpack(file, draft, new Progress("restore"));
    Files.deleteIfExists(data);
    Files.move(draft, data);
    System.out.printf("Restored %s into %s; every checksum is right.%n", file, data);
    return 0;
  }
}
