package io.millrace.app;

import io.millrace.store.commit.CommitStore;
import io.millrace.store.timeseries.TelemetryBlocks;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/// `millrace upgrade`: brings the data to this version's format, as the next start would.
@Command(
    name = "upgrade",
    description = "Brings the data to this version's format, as the next start would.")
final class UpgradeCommand implements Callable<Integer> {
  private static final long CACHE_BYTES = 64L << 20;

  @Option(
      names = "--dry-run",
      description = "Only rehearses it: on a copy, which is then checked and thrown away.")
  private boolean isDryRun;

  @Unmatched private List<String> flags = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    var data = MillraceConfig.read(Map.of(), "upgrade", null, flags).data().dir();
    if (!Files.isDirectory(data.resolve("rocksdb"))) {
      throw new IllegalArgumentException(data.toAbsolutePath() + " holds no data of Millrace");
    }
    var rehearsal = data.resolve(Snapshot.FOLDER).resolve("rehearsal");
    List<String> pending;
    try (var store = CommitStore.openAsItIs(data, CACHE_BYTES)) {
      pending = store.pendingUpgrades();
      if (isDryRun) {
        CommitStore.deleteTree(rehearsal);
        Files.createDirectories(rehearsal);
        store.checkpoint(rehearsal.resolve("rocksdb"));
      }
    }
    pending.forEach(System.out::println);
    if (pending.isEmpty()) {
      System.out.println("The data has this version's format already.");
    }
    if (!isDryRun) {
      CommitStore.open(data, CACHE_BYTES).close();
      System.out.println(pending.isEmpty() ? "Nothing was changed." : "Done.");
      return 0;
    }
    try (var store = CommitStore.open(rehearsal, CACHE_BYTES)) {
      var checked = new TelemetryBlocks(store).check(System.out::println, _ -> {});
      System.out.printf(
          "Rehearsed on a copy: %,d blocks with %,d points afterwards, %d faults. Nothing was"
              + " changed.%n",
          checked.blocks(), checked.points(), checked.faults());
      return checked.faults() == 0 ? 0 : 1;
    } finally {
      CommitStore.deleteTree(rehearsal);
    }
  }
}
