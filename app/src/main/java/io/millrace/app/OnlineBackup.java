package io.millrace.app;

import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Threads;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.entities.EntityStore;
import io.millrace.wire.user.Backups;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Backups that are begun over REST: a snapshot, packed into a file beside the data directory.
final class OnlineBackup implements Backups, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OnlineBackup.class);
  private static final String PREFIX = "millrace-";
  private static final String SUFFIX = ".backup";
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'millrace-'uuuu-MM-dd'T'HH-mm-ss'Z.backup'")
          .withZone(ZoneOffset.UTC);

  private final Path data;
  private final Path folder;
  private final int kept;
  private final Clock clock;
  private final CommitStore commits;
  private final EntityStore entities;
  private final AtomicBoolean isBusy = new AtomicBoolean();
  private final ExecutorService worker = Threads.virtual("backup");
  private volatile Run run = new Run(Phase.NONE, 0, 0, 0, 0, "");
  private volatile boolean isClosing;

  private record Run(
      Phase phase, long done, long total, long startedTime, long endedTime, String error) {}

  OnlineBackup(MillraceConfig config, Clock clock, CommitStore commits, EntityStore entities) {
    data = config.data().dir().toAbsolutePath().normalize();
    var wanted = config.storage().backups();
    folder =
        wanted.isEmpty()
            ? data.resolveSibling(data.getFileName() + "-backups")
            : Path.of(wanted).toAbsolutePath().normalize();
    kept = config.storage().backupsKept();
    this.clock = clock;
    this.commits = commits;
    this.entities = entities;
  }

  @Override
  public State state() {
    var now = run;
    return new State(
        now.phase,
        folder.toString(),
        now.done,
        now.total,
        now.startedTime,
        now.endedTime,
        now.error,
        files().stream().map(OnlineBackup::kept).toList());
  }

  @Override
  public boolean start() {
    if (isClosing || !isBusy.compareAndSet(false, true)) {
      return false;
    }
    run = new Run(Phase.RUNNING, 0, 0, clock.millis(), 0, "");
    worker.execute(this::make);
    return true;
  }

  private void make() {
    long started = run.startedTime;
    try {
      var file = folder.resolve(NAME.format(Instant.ofEpochMilli(started)));
      pack(file, started);
      var last = run;
      run = new Run(Phase.DONE, last.total, last.total, started, clock.millis(), "");
      log.info("Everything was backed up to {}", file);
      files().stream().skip(kept).forEach(OnlineBackup::drop);
    } catch (IOException | RuntimeException e) {
      var last = run;
      run =
          new Run(
              Phase.FAILED, last.done, last.total, started, clock.millis(), e.getMessage() + "");
      log.warn("The backup to {} failed: {}", folder, e.getMessage(), e);
    } finally {
      isBusy.set(false);
    }
  }

  private void pack(Path file, long started) throws IOException {
    Files.createDirectories(folder);
    var snapshot = Snapshot.make(data, "online", commits, entities);
    try {
      BackupFile.pack(
          snapshot,
          file,
          Version.text(),
          started,
          new Progress((done, total) -> progress(started, done, total)));
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(BackupFile.draft(file));
      throw e;
    } finally {
      CommitStore.deleteTree(snapshot);
    }
  }

  private void progress(long started, long done, long total) {
    if (isClosing) {
      throw new IllegalStateException("Millrace was stopped");
    }
    run = new Run(Phase.RUNNING, done, total, started, 0, "");
  }

  /// The newest first.
  private List<Path> files() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files.filter(OnlineBackup::isBackup).sorted(Comparator.reverseOrder()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look into " + folder, e);
    }
  }

  private static boolean isBackup(Path file) {
    var name = file.getFileName().toString();
    return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
  }

  private static Kept kept(Path file) {
    try {
      return new Kept(
          file.getFileName().toString(),
          Files.size(file),
          Files.getLastModifiedTime(file).toMillis());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look at " + file, e);
    }
  }

  private static void drop(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete the old backup " + file, e);
    }
  }

  /// Gives up what is under way: the store closes next.
  @Override
  public void close() {
    isClosing = true;
    worker.close();
  }
}
