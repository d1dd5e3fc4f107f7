package io.millrace.store.commit;

import io.millrace.base.runtime.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.Range;
import org.rocksdb.RocksDBException;
import org.rocksdb.SizeApproximationFlag;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The embedded store: one RocksDB in one directory, opened by one process at a time.
///
/// Reads see what is committed. Keys compare as unsigned bytes. Any thread.
public final class CommitStore implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CommitStore.class);
  private static final Duration HEAL_INTERVAL = Duration.ofSeconds(1);
  private static final long REOPEN_PATIENCE_MS = 100;

  private final Path directory;
  private final long cacheBytes;
  private final DirectoryLock lock;
  private final Gate gate = new Gate();
  private final Healer healer;
  private final List<Runnable> beforeClose = new CopyOnWriteArrayList<>();
  private final SyncTimes syncs = new SyncTimes();
  private volatile @Nullable OpenDatabase database; // changes while nobody is in the gate
  private volatile @Nullable StoreFullException trouble;
  private long lastNumber; // of an acknowledged change, when the database was closed to heal it

  private CommitStore(
      Path directory,
      long cacheBytes,
      DirectoryLock lock,
      OpenDatabase database,
      Duration healInterval) {
    this.directory = directory;
    this.cacheBytes = cacheBytes;
    this.lock = lock;
    this.database = database;
    healer = new Healer(this, healInterval);
  }

  /// Opens the store in `directory`, which is made when missing.
  ///
  /// @param cacheBytes bound of the block cache, memtables included
  /// @throws StoreDamagedException when another process has it open, when the files are damaged, or
  ///     when they were written by a newer format
  public static CommitStore open(Path directory, long cacheBytes) {
    return open(directory, cacheBytes, HEAL_INTERVAL);
  }

  static CommitStore open(Path directory, long cacheBytes, Duration healInterval) {
    var store = openUnchanged(directory, cacheBytes, healInterval);
    try {
      FormatUpgrade.run(store);
      return store;
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /// Opens a store without bringing it to the current format, to look at it.
  public static CommitStore openAsItIs(Path directory, long cacheBytes) {
    return openUnchanged(directory, cacheBytes, HEAL_INTERVAL);
  }

  /// Opens a store to look at it: nothing in its files changes, every write is refused.
  public static CommitStore openToRead(Path directory, long cacheBytes) {
    return open(directory, cacheBytes, HEAL_INTERVAL, OpenDatabase::openToRead);
  }

  private interface Opening {
    OpenDatabase open(Path directory, long cacheBytes) throws RocksDBException;
  }

  private static CommitStore openUnchanged(Path directory, long cacheBytes, Duration healInterval) {
    return open(directory, cacheBytes, healInterval, OpenDatabase::open);
  }

  private static CommitStore open(
      Path directory, long cacheBytes, Duration healInterval, Opening opening) {
    var lock = DirectoryLock.take(directory);
    try {
      var database = opening.open(directory, cacheBytes);
      return new CommitStore(directory, cacheBytes, lock, database, healInterval);
    } catch (RocksDBException e) {
      lock.close();
      throw new StoreDamagedException(
          "The store in %s cannot be opened: %s. Restore a backup into an empty data.dir, or move the directory away to start empty."
              .formatted(directory, e.getMessage()),
          e);
    }
  }

  /// What a normal opening would change; empty when it has the current format.
  public List<String> pendingUpgrades() {
    return FormatUpgrade.pending(this).stream()
        .map(step -> "to format %d: %s".formatted(step.to(), step.what()))
        .toList();
  }

  Path directory() {
    return directory;
  }

  /// An empty commit.
  public Commit begin() {
    return new Commit(this, enter());
  }

  /// The committed value of `key`, or null.
  public byte @Nullable [] get(Family family, byte[] key) {
    var open = enter();
    try {
      return open.db.get(open.handle(family), key);
    } catch (RocksDBException e) {
      throw new StoreDamagedException("Cannot read %s in %s".formatted(family, directory), e);
    } finally {
      leave();
    }
  }

  /// Walks the committed keys from `from` (inclusive) to `until` (exclusive), upward.
  ///
  /// Sees one moment of the store, whatever is written meanwhile.
  public void scan(Family family, byte[] from, byte[] until, Row row) {
    try (var rows = cursor(family, from, until)) {
      for (boolean found = rows.first(); found; found = rows.next()) {
        if (!row.on(rows.key(), rows.value())) {
          return;
        }
      }
    }
  }

  /// Walks the committed keys below `until` (exclusive) down to `from` (inclusive).
  public void scanDown(Family family, byte[] from, byte[] until, Row row) {
    try (var rows = cursor(family, from, until)) {
      for (boolean found = rows.last(); found; found = rows.previous()) {
        if (!row.on(rows.key(), rows.value())) {
          return;
        }
      }
    }
  }

  /// A cursor over the committed keys from `from` (inclusive) to `until` (exclusive); close it.
  public Cursor cursor(Family family, byte[] from, byte[] until) {
    return new Cursor(this, enter(), family, from, until);
  }

  /// Gives the space of deleted rows from `from` (inclusive) to `until` (exclusive) back to the
  /// disk. Blocks while it rewrites what of that range is left.
  public void reclaim(Family family, byte[] from, byte[] until) {
    keepHouse(
        open -> {
          var handle = open.handle(family);
          open.db.flush(open.waiting, handle);
          open.db.deleteFilesInRanges(handle, List.of(from, until), false);
          open.db.compactRange(handle, from, until);
        });
  }

  /// Writes what is in memory into files, so that the write-ahead log of it can go.
  public void tidy() {
    keepHouse(open -> open.db.flush(open.waiting, open.handles()));
  }

  /// Rewrites a family without what was deleted from it, so that its space comes back. Takes long
  /// where much is stored.
  ///
  /// @throws StoreFullException the disk refused; nothing is lost
  public void compact(Family family) {
    keepHouse(open -> open.db.compactRange(open.handle(family)));
  }

  /// Makes a copy of all that is committed now in a directory that must not exist yet: links to
  /// files that never change, so it takes a moment and next to no space.
  public void checkpoint(Path copy) {
    keepHouse(
        open -> {
          try (var checkpoint = Checkpoint.create(open.db)) {
            checkpoint.createCheckpoint(copy.toString());
          }
        });
  }

  private interface HouseKeeping {
    void on(OpenDatabase open) throws RocksDBException;
  }

  private void keepHouse(HouseKeeping work) {
    var open = enter();
    try {
      work.on(open);
    } catch (RocksDBException e) {
      throw DiskRefusal.of(e, directory);
    } finally {
      leave();
    }
  }

  /// About how many bytes the rows of a range take on the disk.
  public long approximateBytes(Family family, byte[] from, byte[] until) {
    var open = enter();
    try (var start = new Slice(from);
        var end = new Slice(until)) {
      return open.db
          .getApproximateSizes(
              open.handle(family),
              List.of(new Range(start, end)),
              SizeApproximationFlag.INCLUDE_FILES,
              SizeApproximationFlag.INCLUDE_MEMTABLES)[0];
    } finally {
      leave();
    }
  }

  /// Bytes of all files of the store and its neighbours in the data directory.
  public long sizeBytes() {
    try (var files = Files.walk(directory)) {
      return files.mapToLong(CommitStore::sizeOf).sum();
    } catch (IOException | UncheckedIOException e) {
      throw new StoreDamagedException("Cannot measure " + directory, e);
    }
  }

  /// Bytes that the disk still has for this process.
  public long freeBytes() {
    try {
      return Files.getFileStore(directory).getUsableSpace();
    } catch (IOException e) {
      throw new StoreDamagedException("Cannot measure the disk of " + directory, e);
    }
  }

  /// Compares every checksum in the files of a store that nobody has open, and changes nothing.
  ///
  /// @param fault told of every damaged file
  /// @param note told of what a killed process leaves behind, which harms nobody
  public static void checkFiles(Path directory, Consumer<String> fault, Consumer<String> note) {
    FileCheck.of(OpenDatabase.files(directory), fault, note);
  }

  /// Deletes a directory with all that is in it, if it is there.
  public static void deleteTree(Path directory) throws IOException {
    if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      try (var files = Files.walk(directory)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /// The files of a directory may go while they are counted.
  private static long sizeOf(Path file) {
    try {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
    } catch (IOException gone) {
      return 0;
    }
  }

  /// The first key after every key that starts with `prefix`.
  public static byte[] after(byte[] prefix) {
    var next = prefix.clone();
    for (int i = next.length - 1; i >= 0; i--) {
      if (++next[i] != 0) {
        return Arrays.copyOf(next, i + 1);
      }
    }
    throw new IllegalArgumentException("No key comes after a prefix of 0xFF bytes only");
  }

  /// One row of a scan.
  @FunctionalInterface
  public interface Row {
    /// Takes a row.
    ///
    /// @return false to stop the scan here
    boolean on(byte[] key, byte[] value);
  }

  /// Runs before the store closes, the last added first: a store above ends its own work there.
  public void beforeClose(Runnable work) {
    beforeClose.add(work);
  }

  /// Runs what [#beforeClose] collected and closes; cursors and commits must be closed before.
  @Override
  public void close() {
    healer.close();
    beforeClose.reversed().forEach(Runnable::run);
    var open = database;
    if (open != null) {
      open.close();
    }
    lock.close();
  }

  /// Why the last write was refused; empty while the disk takes what it is given.
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble).map(StoreFullException::getMessage);
  }

  /// How long a commit takes to be on the disk, lately; milliseconds.
  public long syncMs() {
    return syncs.recentMs();
  }

  /// The open database; [#leave] it soon.
  OpenDatabase enter() {
    gate.enter();
    var open = database;
    if (open == null) {
      gate.leave();
      throw DiskRefusal.notOpen(directory);
    }
    return open;
  }

  void leave() {
    gate.leave();
  }

  void write(OpenDatabase open, WriteBatch batch, boolean isSynced) {
    long began = Clock.SYSTEM.nanos();
    try {
      open.db.write(isSynced ? open.synced : open.unsynced, batch);
    } catch (RocksDBException e) {
      var refusal = DiskRefusal.of(e, directory);
      trouble = refusal;
      healer.heal();
      throw refusal;
    }
    if (trouble != null) {
      trouble = null;
    }
    if (isSynced) {
      syncs.add(Clock.SYSTEM.nanos() - began);
    }
  }

  /// Closes the database and opens it again, when nobody is using it: after most errors RocksDB
  /// takes no writes until then. What was refused is not there afterwards.
  ///
  /// @return whether it was opened again, to write or at least to read
  boolean reopen() {
    return gate.whileEmpty(REOPEN_PATIENCE_MS, this::exchange) && database != null;
  }

  private void exchange() {
    var old = database;
    if (old != null) {
      lastNumber = old.isToRead ? lastNumber : old.db.getLatestSequenceNumber();
      database = null;
      old.close();
    }
    try {
      long cut = RefusedTail.cut(OpenDatabase.files(directory), lastNumber);
      database = OpenDatabase.open(directory, cacheBytes);
      log.info("The store in {} was opened again; {} bytes of refused commits", directory, cut);
    } catch (RocksDBException | IOException e) {
      log.warn("The store in {} cannot be opened to write yet: {}", directory, e.getMessage());
      try {
        database = OpenDatabase.openToRead(directory, cacheBytes);
      } catch (RocksDBException alsoRefused) {
        log.error("Nor can it be opened to read: {}", alsoRefused.getMessage());
      }
    }
  }
}
