package io.millrace.app;

import io.millrace.base.model.EntityId;
import io.millrace.store.attributes.AttributeRows;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.StoreDamagedException;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.EntityStoreException;
import io.millrace.store.messages.StoredMessages;
import io.millrace.store.timeseries.TelemetryBlocks;
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

/// `millrace verify`: reads everything that is stored, or a backup, and says what is wrong where.
@Command(
    name = "verify",
    description = "Reads all that is stored, or a backup, and says what is wrong where.")
final class VerifyCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "A backup; without it the data directory (--data.dir), also while it is used.")
  private Path file = Path.of("");

  @Unmatched private List<String> flags = new ArrayList<>();

  private long faults;

  @Override
  public Integer call() throws IOException {
    var config = MillraceConfig.read(Map.of(), "verify", null, flags);
    if (file.toString().isEmpty()) {
      check(config, StoredData.place(config));
    } else {
      checkBackup(config);
    }
    System.out.println(faults == 0 ? "All is well." : faults + " faults");
    return faults == 0 ? 0 : 1;
  }

  private void checkBackup(MillraceConfig config) throws IOException {
    var folder = Files.createTempDirectory("millrace-verify");
    try {
      BackupFile.unpack(file, folder, new Progress("unpack"));
      check(config, new StoredData.Place(folder, null));
    } finally {
      CommitStore.deleteTree(folder);
    }
  }

  /// First the files, untouched: opening a database takes damage at the end of a log for its end.
  private void check(MillraceConfig config, StoredData.Place place) throws IOException {
    long before = faults;
    CommitStore.checkFiles(
        place.directory(), this::fault, note -> System.out.println("NOTE " + note));
    EntityStore.damage(config.entities(), place.directory()).ifPresent(this::fault);
    if (faults == before) {
      System.out.println("store files: every checksum is right");
    }
    try (var stored = StoredData.openToRead(config, place)) {
      checkTelemetry(stored);
      checkRest(stored);
    } catch (StoreDamagedException | EntityStoreException e) {
      fault("what is beyond this place cannot be read: " + e.getMessage());
    }
  }

  private void checkTelemetry(StoredData stored) {
    var blocks = new TelemetryBlocks(stored.commits());
    var checked =
        blocks.check(this::fault, count -> System.err.printf("%,d blocks looked at%n", count));
    System.out.printf(
        "telemetry: %,d blocks with %,d points, latest values of %,d entities, %,d records of the"
            + " log%n",
        checked.blocks(), checked.points(), checked.latestRows(), checked.logRecords());
    stored.entities().problems().forEach(problem -> fault("entities: " + problem));
    long known = 0;
    for (var entity : blocks.entities()) {
      known += isKnown(stored, "telemetry", entity) ? 1 : 0;
    }
    System.out.printf("entities: telemetry of %,d is that of a known one%n", known);
  }

  private void checkRest(StoredData stored) {
    var withAttributes = AttributeRows.check(stored.commits(), this::fault);
    withAttributes.forEach(entity -> isKnown(stored, "attributes", entity));
    long messages = StoredMessages.check(stored.commits(), this::fault);
    System.out.printf(
        "attributes of %,d entities, %,d messages in the log%n", withAttributes.size(), messages);
  }

  private boolean isKnown(StoredData stored, String what, EntityId entity) {
    boolean known = stored.entities().exists(entity).orElse(true);
    if (!known) {
      fault("%s of %s, which is no entity (any more)".formatted(what, entity));
    }
    return known;
  }

  private void fault(String what) {
    faults++;
    System.out.println("FAULT " + what);
  }
}
