package io.millrace.store.commit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Consumer;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compares every checksum in RocksDB's files, one file after the other, without opening it as a
/// database: that would take a damaged record of a log for the log's end, and cut it off there.
///
/// Not looked at are files that hold no data and are made anew: `LOG`, `LOCK`, `IDENTITY`,
/// `OPTIONS`.
final class FileCheck {
  private static final Logger log = LoggerFactory.getLogger(FileCheck.class);

  private final Path files;
  private final Consumer<String> fault;
  private final Consumer<String> note;

  private FileCheck(Path files, Consumer<String> fault, Consumer<String> note) {
    this.files = files;
    this.fault = fault;
    this.note = note;
  }

  /// Tells of every damaged file by its name, and of what only looks like damage.
  static void of(Path files, Consumer<String> fault, Consumer<String> note) {
    try {
      new FileCheck(files, fault, note).run();
    } catch (IOException e) {
      fault.accept("%s cannot be read: %s".formatted(files, e.getMessage()));
    }
  }

  /// Keeps a copy of each damaged write-ahead log in `directory` and says so, before RocksDB cuts
  /// it off at the damage and goes on as if nothing had come behind it.
  static void keepDamagedLogs(Path directory) throws IOException {
    var check = new FileCheck(OpenDatabase.files(directory), _ -> {}, _ -> {});
    for (var file : Files.isDirectory(check.files) ? check.ending(".log") : List.<Path>of()) {
      var copy = directory.resolve("damaged-" + file.getFileName());
      Consumer<String> keep =
          fault -> {
            log.error("{}. Commits behind that are lost; all of it is kept in {}", fault, copy);
            copy(file, copy);
          };
      LogCheck.of(file, keep, _ -> {});
    }
  }

  private static void copy(Path file, Path copy) {
    try {
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot keep a copy of " + file, e);
    }
  }

  private void run() throws IOException {
    manifest();
    for (var file : ending(".log")) {
      LogCheck.of(file, fault, note);
    }
    RocksDB.loadLibrary();
    try (var options = new Options()) {
      for (var table : ending(".sst")) {
        check(table, options);
      }
    }
  }

  /// `CURRENT` names the manifest, which says which files there are.
  private void manifest() throws IOException {
    var current = files.resolve("CURRENT");
    var name = new String(Files.readAllBytes(current), StandardCharsets.ISO_8859_1);
    boolean isName = name.matches("MANIFEST-[0-9]+\n");
    if (isName && Files.isRegularFile(files.resolve(name.strip()))) {
      LogCheck.of(files.resolve(name.strip()), fault, note);
    } else {
      fault.accept("%s is damaged: it names no manifest that is there".formatted(current));
    }
  }

  private void check(Path table, Options options) {
    try (var reader = new SstFileReader(options)) {
      reader.open(table.toString());
      reader.verifyChecksum();
    } catch (RocksDBException e) {
      fault.accept("%s is damaged: %s".formatted(table, e.getMessage()));
    }
  }

  private List<Path> ending(String end) throws IOException {
    try (var all = Files.list(files)) {
      return all.filter(file -> file.getFileName().toString().endsWith(end)).sorted().toList();
    }
  }
}
