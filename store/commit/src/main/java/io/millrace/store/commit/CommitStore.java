package io.millrace.store.commit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Range;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.SizeApproximationFlag;
import org.rocksdb.Slice;
import org.rocksdb.Status;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// The embedded store: one RocksDB in one directory, opened by one process at a time.
///
/// Reads see what is committed. Keys compare as unsigned bytes. Any thread.
public final class CommitStore implements AutoCloseable {
  private final Path directory;
  private final FileChannel lockFile;
  private final List<AutoCloseable> natives;
  private final RocksDB db;
  private final Map<Family, ColumnFamilyHandle> handles;
  private final WriteOptions synced;
  private final FlushOptions waiting = new FlushOptions().setWaitForFlush(true);
  private final List<Runnable> beforeClose = new CopyOnWriteArrayList<>();
  private volatile @Nullable String trouble;

  private CommitStore(
      Path directory,
      FileChannel lockFile,
      List<AutoCloseable> natives,
      RocksDB db,
      Map<Family, ColumnFamilyHandle> handles,
      WriteOptions synced) {
    this.directory = directory;
    this.lockFile = lockFile;
    this.natives = natives;
    this.db = db;
    this.handles = handles;
    this.synced = synced;
  }

  /// Opens the store in `directory`, which is made when missing.
  ///
  /// @param cacheBytes bound of the block cache, memtables included
  /// @throws StoreDamagedException when another process has it open, when the files are damaged, or
  ///     when they were written by a newer format
  public static CommitStore open(Path directory, long cacheBytes) {
    return open(directory, cacheBytes, true);
  }

  /// Opens a store without bringing it to the current format, to look at it.
  public static CommitStore openAsItIs(Path directory, long cacheBytes) {
    return open(directory, cacheBytes, false);
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

  private static CommitStore open(Path directory, long cacheBytes, boolean isUpgraded) {
    var lock = lock(directory);
    var natives = new ArrayList<AutoCloseable>();
    try {
      return openLocked(directory, cacheBytes, lock, natives, isUpgraded);
    } catch (RocksDBException e) {
      closeAll(natives);
      release(lock);
      throw new StoreDamagedException(
          "The store in %s cannot be opened: %s. Restore a backup into an empty data.dir, or move the directory away to start empty."
              .formatted(directory, e.getMessage()),
          e);
    }
  }

  private static CommitStore openLocked(
      Path directory,
      long cacheBytes,
      FileChannel lock,
      List<AutoCloseable> natives,
      boolean isUpgraded)
      throws RocksDBException {
    RocksDB.loadLibrary();
    Cache cache = keep(natives, new LRUCache(cacheBytes));
    var filter = keep(natives, new BloomFilter(10));
    var table = new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(filter);
    var families =
        keep(
            natives,
            new ColumnFamilyOptions()
                .setTableFormatConfig(table)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION)
                .setWriteBufferSize(32L << 20));
    var options =
        keep(
            natives,
            new DBOptions()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setDbWriteBufferSize(Math.max(cacheBytes / 2, 16L << 20))
                .setMaxTotalWalSize(256L << 20)
                .setMaxBackgroundJobs(2)
                .setKeepLogFileNum(4)
                .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery));
    var descriptors = new ArrayList<ColumnFamilyDescriptor>();
    descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, families));
    for (var family : Family.values()) {
      var name = family.name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
      descriptors.add(new ColumnFamilyDescriptor(name, families));
    }
    var opened = new ArrayList<ColumnFamilyHandle>();
    var db =
        keep(
            natives,
            RocksDB.open(options, directory.resolve("rocksdb").toString(), descriptors, opened));
    natives.addAll(opened);
    var handles = new EnumMap<Family, ColumnFamilyHandle>(Family.class);
    var next = opened.listIterator(1); // the first is RocksDB's own default family
    for (var family : Family.values()) {
      handles.put(family, next.next());
    }
    var synced = keep(natives, new WriteOptions().setSync(true));
    var store = new CommitStore(directory, lock, natives, db, handles, synced);
    if (isUpgraded) {
      try {
        FormatUpgrade.run(store);
      } catch (RuntimeException e) {
        store.waiting.close();
        closeAll(natives);
        release(lock);
        throw e;
      }
    }
    return store;
  }

  /// An empty commit.
  public Commit begin() {
    return new Commit(this);
  }

  /// The committed value of `key`, or null.
  public byte @Nullable [] get(Family family, byte[] key) {
    try {
      return db.get(handle(family), key);
    } catch (RocksDBException e) {
      throw new StoreDamagedException("Cannot read %s in %s".formatted(family, directory), e);
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
    return new Cursor(this, family, from, until);
  }

  /// Gives the space of deleted rows from `from` (inclusive) to `until` (exclusive) back to the
  /// disk. Blocks while it rewrites what of that range is left.
  public void reclaim(Family family, byte[] from, byte[] until) {
    try {
      db.flush(waiting, handle(family));
      db.deleteFilesInRanges(handle(family), List.of(from, until), false);
      db.compactRange(handle(family), from, until);
    } catch (RocksDBException e) {
      throw refused(e);
    }
  }

  /// Writes what is in memory into files, so that the write-ahead log of it can go.
  public void tidy() {
    try {
      db.flush(waiting, List.copyOf(handles.values()));
    } catch (RocksDBException e) {
      throw refused(e);
    }
  }

  /// About how many bytes the rows of a range take on the disk.
  public long approximateBytes(Family family, byte[] from, byte[] until) {
    try (var start = new Slice(from);
        var end = new Slice(until)) {
      return db.getApproximateSizes(
              handle(family),
              List.of(new Range(start, end)),
              SizeApproximationFlag.INCLUDE_FILES,
              SizeApproximationFlag.INCLUDE_MEMTABLES)[0];
    }
  }

  /// Rewrites a family without what was deleted from it, so that its space comes back. Takes long
  /// where much is stored.
  ///
  /// @throws StoreFullException the disk refused; nothing is lost
  public void compact(Family family) {
    try {
      db.compactRange(handle(family));
    } catch (RocksDBException e) {
      throw refused(e);
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

  /// Makes a copy of all that is committed now in a directory that must not exist yet: links to
  /// files that never change, so it takes a moment and next to no space.
  public void checkpoint(Path copy) {
    try (var checkpoint = Checkpoint.create(db)) {
      checkpoint.createCheckpoint(copy.toString());
    } catch (RocksDBException e) {
      throw refused(e);
    }
  }

  /// Reads every block of every file and compares checksums.
  ///
  /// @throws StoreDamagedException naming the file
  public void verifyChecksums() {
    try {
      db.verifyChecksum();
    } catch (RocksDBException e) {
      throw new StoreDamagedException(
          "A file of %s is damaged: %s".formatted(directory.resolve("rocksdb"), e.getMessage()), e);
    }
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
    beforeClose.reversed().forEach(Runnable::run);
    waiting.close();
    closeAll(natives);
    release(lockFile);
  }

  ColumnFamilyHandle handle(Family family) {
    var handle = handles.get(family);
    if (handle == null) {
      throw new IllegalStateException("Family " + family + " was not opened");
    }
    return handle;
  }

  RocksIterator iterator(Family family, ReadOptions options) {
    return db.newIterator(handle(family), options);
  }

  /// Why the last write was refused; empty while the disk takes what it is given.
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  void write(WriteBatch batch) {
    try {
      db.write(synced, batch);
      trouble = null;
    } catch (RocksDBException e) {
      // RocksDB looks every few seconds whether there is space again, and then takes writes again.
      var refusal = refused(e);
      trouble = refusal.getMessage();
      throw refusal;
    }
  }

  private StoreFullException refused(RocksDBException e) {
    var status = e.getStatus();
    if (status != null && status.getSubCode() == Status.SubCode.NoSpace) {
      return new StoreFullException(
          "The disk is full in %s; nothing was stored, reading goes on. Make room there: writing goes on by itself within seconds."
              .formatted(directory),
          e);
    }
    return new StoreFullException(
        "The disk refused a write in %s: %s; nothing was stored, reading goes on. Check the disk, then restart Millrace."
            .formatted(directory, e.getMessage()),
        e);
  }

  private static FileChannel lock(Path directory) {
    var file = directory.resolve("LOCK");
    try {
      Files.createDirectories(directory);
      var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new StoreDamagedException(
            "%s is in use by another Millrace process. Stop that one, or give this one its own data.dir."
                .formatted(directory),
            new IOException("locked"));
      }
      return channel;
    } catch (IOException e) {
      throw new StoreDamagedException(
          "data.dir %s cannot be written: %s".formatted(directory, e.getMessage()), e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException sameProcess) {
      return null;
    }
  }

  private static void release(FileChannel lock) {
    try {
      lock.close();
    } catch (IOException e) {
      throw new StoreDamagedException("The lock file could not be closed", e);
    }
  }

  private static <T extends AutoCloseable> T keep(List<AutoCloseable> natives, T part) {
    natives.add(part);
    return part;
  }

  private static void closeAll(List<AutoCloseable> natives) {
    for (var part : natives.reversed()) {
      try {
        part.close();
      } catch (Exception e) {
        throw new IllegalStateException("A native part of the store did not close", e);
      }
    }
  }
}
