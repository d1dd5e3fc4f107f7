package io.millrace.store.commit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every family has rows in tables, and rows in the write-ahead log only.
class FileCheckTest {
  private static final long CACHE = 16 << 20;
  private static final int FLIPS = 12; // in each file

  @TempDir Path directory;
  private Path rocksdb;
  private Map<String, String> rows = Map.of();

  @BeforeEach
  void fill() {
    rocksdb = directory.resolve("rocksdb");
    var random = new Random(3);
    try (var store = CommitStore.open(directory, CACHE)) {
      for (int round = 0; round < 2; round++) {
        for (var family : Family.values()) {
          put(store, family, random);
        }
        if (round == 0) {
          store.tidy();
        }
      }
    }
    rows = rows();
  }

  private static void put(CommitStore store, Family family, Random random) {
    try (var commit = store.begin()) {
      for (int i = 0; i < 40; i++) {
        var value = new byte[60];
        random.nextBytes(value);
        commit.put(family, ("row" + random.nextInt(1_000_000)).getBytes(UTF_8), value);
      }
      commit.write();
    }
  }

  @Test
  void aStoreThatWasKilledIsInOrder() throws IOException {
    assertThat(faults()).isEmpty();
    assertThat(rows).hasSizeGreaterThan(Family.values().length * 70);
  }

  @Test
  void everyFlippedByteIsNamedOrChangesNothing() throws IOException {
    var random = new Random(11);
    int named = 0;
    for (var file : dataFiles()) {
      var whole = Files.readAllBytes(file);
      for (int i = 0; i < FLIPS; i++) {
        int at = random.nextInt(whole.length);
        var bytes = whole.clone();
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, bytes);
        var faults = faults();
        if (faults.isEmpty()) {
          assertThat(rows()).as("byte %d of %s is flipped", at, file).isEqualTo(rows);
        } else {
          named++;
          assertThat(faults.getFirst()).contains(file.getFileName().toString());
        }
      }
      Files.write(file, whole);
    }
    assertThat(named).isGreaterThan(Family.values().length * FLIPS);
  }

  @Test
  void aRecordThatClaimsToBeLongerThanTheFileIsDamagedNotTorn() throws IOException {
    var manifest = dataFiles().stream().filter(f -> f.toString().contains("MANIFEST")).toList();
    for (var file : List.of(manifest.getFirst(), log())) {
      var whole = Files.readAllBytes(file);
      var bytes = whole.clone();
      bytes[5] |= 0x40; // 16 KiB more for the first one
      Files.write(file, bytes);
      assertThat(faults()).singleElement().asString().contains(file.toString());
      Files.write(file, whole);
    }
  }

  @Test
  void allDamagedTablesAreNamedNotOnlyTheFirst() throws IOException {
    var tables = dataFiles().stream().filter(file -> file.toString().endsWith(".sst")).toList();
    for (var table : tables.subList(0, 3)) {
      var bytes = Files.readAllBytes(table);
      bytes[bytes.length / 8] ^= 1;
      Files.write(table, bytes);
    }
    assertThat(faults()).hasSize(3);
  }

  @Test
  void aTornLastRecordIsNoFaultAndAMissingFileIsOne() throws IOException {
    var log = log();
    var whole = Files.readAllBytes(log);
    Files.write(log, java.util.Arrays.copyOf(whole, whole.length - 5));
    var notes = new ArrayList<String>();
    CommitStore.checkFiles(directory, fault -> assertThat(fault).isNull(), notes::add);
    assertThat(notes).singleElement().asString().contains("is not whole", log.toString());
    Files.delete(rocksdb.resolve("CURRENT"));
    assertThat(faults()).singleElement().asString().contains("CURRENT");
  }

  @Test
  void aDamagedLogIsKeptBeforeTheStoreGoesOnWithoutItsEnd() throws IOException {
    var file = log();
    var bytes = Files.readAllBytes(file);
    bytes[bytes.length - 300] ^= 1;
    Files.write(file, bytes);
    try (var store = CommitStore.open(directory, CACHE)) {
      assertThat(store.trouble()).isEmpty();
    }
    assertThat(directory.resolve("damaged-" + file.getFileName())).hasBinaryContent(bytes);
  }

  @Test
  void lookingChangesNothing() throws IOException {
    var before = Files.readAllBytes(log());
    try (var store = CommitStore.openToRead(directory, CACHE)) {
      assertThat(store.get(Family.META, "format".getBytes(UTF_8))).isNotNull();
    }
    assertThat(Files.readAllBytes(log())).isEqualTo(before);
  }

  private Path log() throws IOException {
    return dataFiles().stream()
        .filter(file -> file.toString().endsWith(".log"))
        .reduce((_, newer) -> newer) // its rows are in no table
        .orElseThrow();
  }

  private List<Path> dataFiles() throws IOException {
    try (var files = Files.list(rocksdb)) {
      return files
          .filter(
              file -> file.getFileName().toString().matches("CURRENT|MANIFEST.*|.*\\.(sst|log)"))
          .filter(file -> file.toFile().length() > 0)
          .sorted()
          .toList();
    }
  }

  private List<String> faults() throws IOException {
    var faults = new ArrayList<String>();
    CommitStore.checkFiles(directory, faults::add, _ -> {});
    return faults;
  }

  private Map<String, String> rows() {
    var found = new TreeMap<String, String>();
    try (var store = CommitStore.openToRead(directory, CACHE)) {
      for (var family : Family.values()) {
        store.scan(
            family,
            new byte[0],
            new byte[] {-1},
            (key, value) -> {
              found.put(family + " " + new String(key, UTF_8), HexFormat.of().formatHex(value));
              return true;
            });
      }
    }
    return found;
  }
}
