package io.millrace.testkit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A disk that fails, for a child process and all native code in it: the n-th write can fail or be
/// torn, syncs can be slow, and after a kill [#cutPower] takes away what was never synced.
///
/// A small library between the process and its files (`faultydisk.c`) does that and counts; so
/// nothing depends on what the store believes of itself: an engine that never syncs loses all.
/// Covers files that are appended to, as RocksDB's are. Needs Linux and a C compiler.
public final class FaultyDisk implements AutoCloseable {
  /// What happens to a write.
  public enum Fault {
    /// Nothing is written; an input/output error.
    ERROR(1),
    /// Nothing is written; no space is left.
    FULL(2),
    /// Half of it is written, then an input/output error.
    TORN(3),
    /// As [#FULL], and so is every write after it, until [FaultyDisk#healthy].
    STAYS_FULL(4),
    /// As [#ERROR], and so is every write and every sync after it, until [FaultyDisk#healthy].
    STAYS_BROKEN(5),
    /// A file system that became read-only, until [FaultyDisk#healthy].
    STAYS_READ_ONLY(6),
    /// The quota is used up, until [FaultyDisk#healthy].
    STAYS_OVER_QUOTA(7),
    /// The write works; the next sync is an input/output error.
    UNSYNCED(8);

    private final long code;

    /// Whether it lasts until [FaultyDisk#healthy].
    public boolean isLasting() {
      return code >= STAYS_FULL.code && code <= STAYS_OVER_QUOTA.code;
    }

    Fault(long code) {
      this.code = code;
    }
  }

  private static final int WORDS = 8;
  private static final int FAIL_AT = 0;
  private static final int FAULT = 8;
  private static final int SLOW = 16;
  private static final int WRITES = 24;
  private static final int SYNCS = 32;
  private static final int CLOCK = 40;

  private final Path directory;
  private final Path library;
  private final Path control;
  private final Path journal;
  private final MappedByteBuffer words;
  private final Map<String, Long> before = new HashMap<>(); // lies on the disk for long

  private FaultyDisk(Path directory, Path library, Path control, Path journal) throws IOException {
    this.directory = directory;
    this.library = library;
    this.control = control;
    this.journal = journal;
    try (var channel =
        FileChannel.open(control, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      words = channel.map(FileChannel.MapMode.READ_WRITE, 0, WORDS * Long.BYTES);
    }
    words.order(ByteOrder.nativeOrder());
    try (var files = Files.walk(directory)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        before.put(file.toString(), Files.size(file));
      }
    }
  }

  /// Whether this machine can have one.
  public static boolean isPossible() {
    return Files.isDirectory(Path.of("/proc/self/fd"))
        && (Files.isExecutable(Path.of("/usr/bin/cc"))
            || Files.isExecutable(Path.of("/usr/bin/gcc")));
  }

  /// A healthy one under `directory`; its own files go into `folder`, which is another.
  public static FaultyDisk under(Path directory, Path folder) throws IOException {
    Files.createDirectories(directory);
    Files.createDirectories(folder);
    var library = compiled(folder);
    var control = folder.resolve("faultydisk.control");
    Files.write(control, new byte[WORDS * Long.BYTES]);
    var journal = folder.resolve("faultydisk.journal");
    Files.deleteIfExists(journal);
    return new FaultyDisk(directory.toRealPath(), library, control, journal);
  }

  /// Lets a process that is about to be started use it.
  public void lendTo(ProcessBuilder process) {
    process.environment().put("LD_PRELOAD", library.toString());
    process.environment().put("FAULTY_DISK", directory.toString());
    process.environment().put("FAULTY_DISK_CONTROL", control.toString());
    process.environment().put("FAULTY_DISK_JOURNAL", journal.toString());
  }

  /// Makes the `n`-th write from now fail, counted from 1.
  public void failWrite(long n, Fault fault) {
    words.putLong(FAULT, fault.code);
    words.putLong(FAIL_AT, writes() + n);
  }

  /// No more faults.
  public void healthy() {
    words.putLong(FAIL_AT, 0);
    words.putLong(SLOW, 0);
    words.putLong(CLOCK, 0);
  }

  /// Every sync takes that much longer.
  public void slow(Duration by) {
    words.putLong(SLOW, by.toNanos() / 1_000);
  }

  /// The process's clock on the wall is wrong by that much, in whole seconds.
  public void shiftClock(Duration by) {
    words.putLong(CLOCK, by.toMillis());
  }

  /// Writes that were tried so far.
  public long writes() {
    return words.getLong(WRITES);
  }

  /// Syncs that succeeded so far.
  public long syncs() {
    return words.getLong(SYNCS);
  }

  /// Cuts every file back to its length at its last successful sync, as when the power fails; the
  /// process must be dead. Says how many bytes were cut.
  public long cutPower() throws IOException {
    var synced = synced();
    long cut = 0;
    try (var files = Files.walk(directory)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        cut += cutBack(file, synced.getOrDefault(file.toString(), 0L));
      }
    }
    return cut;
  }

  private Map<String, Long> synced() throws IOException {
    var synced = new HashMap<>(before);
    if (!Files.exists(journal)) {
      return synced;
    }
    for (var line : Files.readAllLines(journal)) {
      int space = line.indexOf(' ', 2);
      if (space < 0) {
        continue; // the last line, cut off by the kill
      }
      var path = line.substring(space + 1);
      if (line.charAt(0) == 'S') {
        synced.merge(path, Long.parseLong(line.substring(2, space)), Math::max);
      } else {
        var names = path.split("\t", -1);
        var length = synced.remove(names[0]);
        synced.put(names[names.length - 1], length == null ? 0 : length);
      }
    }
    return synced;
  }

  private static long cutBack(Path file, long length) throws IOException {
    long size = Files.size(file);
    if (size <= length) {
      return 0;
    }
    try (var open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength(length);
    }
    return size - length;
  }

  private static Path compiled(Path folder) throws IOException {
    var source = folder.resolve("faultydisk.c");
    var library = folder.resolve("faultydisk.so");
    if (Files.exists(library)) {
      return library;
    }
    try (var in = FaultyDisk.class.getResourceAsStream("faultydisk.c")) {
      if (in == null) {
        throw new IOException("faultydisk.c is not on the class path");
      }
      Files.copy(in, source, StandardCopyOption.REPLACE_EXISTING);
    }
    var compiler = Files.isExecutable(Path.of("/usr/bin/cc")) ? "cc" : "gcc";
    var process =
        new ProcessBuilder(
                compiler, "-O1", "-shared", "-fPIC", "-o", "" + library, "" + source, "-ldl")
            .inheritIO()
            .start();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("faultydisk.c could not be compiled with " + compiler);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    return library;
  }

  @Override
  public void close() {
    healthy();
  }
}
