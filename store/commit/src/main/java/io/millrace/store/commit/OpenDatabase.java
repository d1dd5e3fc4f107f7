package io.millrace.store.commit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RateLimiter;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteOptions;

/// RocksDB, open, with all native parts that belong to it.
final class OpenDatabase implements AutoCloseable {
  // files are handed to the disk bit by bit, so that no commit waits behind a whole one
  private static final long SYNC_BYTES = 512 << 10;
  private static final long FILE_BYTES_PER_SECOND = 64L << 20; // twice what a full load needs

  private final List<AutoCloseable> natives;
  private final Map<Family, ColumnFamilyHandle> handles;
  final RocksDB db;
  final WriteOptions synced;
  final WriteOptions unsynced;
  final FlushOptions waiting;
  final boolean isToRead;

  private OpenDatabase(
      List<AutoCloseable> natives,
      RocksDB db,
      Map<Family, ColumnFamilyHandle> handles,
      boolean isToRead) {
    this.natives = natives;
    this.db = db;
    this.handles = handles;
    this.isToRead = isToRead;
    synced = keep(natives, new WriteOptions().setSync(true));
    unsynced = keep(natives, new WriteOptions());
    waiting = keep(natives, new FlushOptions().setWaitForFlush(true));
  }

  /// Where RocksDB's files are in a data directory.
  static Path files(Path directory) {
    return directory.resolve("rocksdb");
  }

  /// Opens or makes it.
  static OpenDatabase open(Path directory, long cacheBytes) throws RocksDBException {
    try {
      FileCheck.keepDamagedLogs(directory);
    } catch (IOException | UncheckedIOException e) {
      throw new RocksDBException(e.getMessage());
    }
    return open(directory, cacheBytes, RocksDB::open, false);
  }

  /// Opens it without writing anything; every write is refused.
  static OpenDatabase openToRead(Path directory, long cacheBytes) throws RocksDBException {
    return open(directory, cacheBytes, RocksDB::openReadOnly, true);
  }

  private interface Opening {
    RocksDB open(
        DBOptions options,
        String path,
        List<ColumnFamilyDescriptor> families,
        List<ColumnFamilyHandle> opened)
        throws RocksDBException;
  }

  private static OpenDatabase open(
      Path directory, long cacheBytes, Opening opening, boolean isToRead) throws RocksDBException {
    RocksDB.loadLibrary();
    var natives = new ArrayList<AutoCloseable>();
    try {
      var options = options(natives, cacheBytes);
      var present = isToRead ? present(directory) : List.of(Family.values());
      var descriptors = descriptors(families(natives, cacheBytes), present);
      var opened = new ArrayList<ColumnFamilyHandle>();
      var db =
          keep(natives, opening.open(options, files(directory).toString(), descriptors, opened));
      natives.addAll(opened);
      var handles = new EnumMap<Family, ColumnFamilyHandle>(Family.class);
      var next = opened.listIterator(1); // the first is RocksDB's own default family
      for (var family : present) {
        handles.put(family, next.next());
      }
      return new OpenDatabase(natives, db, handles, isToRead);
    } catch (RocksDBException e) {
      closeAll(natives);
      throw e;
    }
  }

  private static DBOptions options(List<AutoCloseable> natives, long cacheBytes) {
    return keep(
        natives,
        new DBOptions()
            .setCreateIfMissing(true)
            .setCreateMissingColumnFamilies(true)
            .setDbWriteBufferSize(Math.max(cacheBytes / 2, 16L << 20))
            .setMaxTotalWalSize(256L << 20)
            .setMaxBackgroundJobs(2)
            .setBytesPerSync(SYNC_BYTES)
            .setStrictBytesPerSync(true)
            .setRateLimiter(keep(natives, new RateLimiter(FILE_BYTES_PER_SECOND)))
            .setKeepLogFileNum(4)
            .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery));
  }

  private static ColumnFamilyOptions families(List<AutoCloseable> natives, long cacheBytes) {
    var cache = keep(natives, new LRUCache(cacheBytes));
    var filter = keep(natives, new BloomFilter(10));
    var table = new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(filter);
    return keep(
        natives,
        new ColumnFamilyOptions()
            .setTableFormatConfig(table)
            .setCompressionType(CompressionType.LZ4_COMPRESSION)
            .setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION)
            .setWriteBufferSize(32L << 20));
  }

  private static List<ColumnFamilyDescriptor> descriptors(
      ColumnFamilyOptions options, List<Family> families) {
    var descriptors = new ArrayList<ColumnFamilyDescriptor>();
    descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, options));
    families.forEach(
        family ->
            descriptors.add(new ColumnFamilyDescriptor(name(family).getBytes(UTF_8), options)));
    return descriptors;
  }

  /// The families of a store that an older version wrote may be fewer, and reading makes none.
  private static List<Family> present(Path directory) throws RocksDBException {
    try (var options = new Options()) {
      var names =
          RocksDB.listColumnFamilies(options, files(directory).toString()).stream()
              .map(name -> new String(name, UTF_8))
              .collect(Collectors.toSet());
      return Arrays.stream(Family.values()).filter(each -> names.contains(name(each))).toList();
    }
  }

  private static String name(Family family) {
    return family.name().toLowerCase(Locale.ROOT);
  }

  ColumnFamilyHandle handle(Family family) {
    var handle = handles.get(family);
    if (handle == null) {
      throw new IllegalStateException("Family " + family + " was not opened");
    }
    return handle;
  }

  List<ColumnFamilyHandle> handles() {
    return List.copyOf(handles.values());
  }

  @Override
  public void close() {
    closeAll(natives);
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
