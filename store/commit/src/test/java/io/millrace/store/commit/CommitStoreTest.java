package io.millrace.store.commit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitStoreTest {
  @TempDir Path directory;

  @Test
  void nothingIsSeenBeforeTheWriteAndAllOfItAfter() {
    try (var store = open()) {
      try (var commit = store.begin()) {
        commit.put(Family.META, key("a"), key("1"));
        commit.put(Family.ALARMS, key("a"), key("2"));
        assertThat(commit.isEmpty()).isFalse();
        assertThat(store.get(Family.META, key("a"))).isNull();
        commit.write();
      }
      assertThat(store.get(Family.META, key("a"))).isEqualTo(key("1"));
      assertThat(store.get(Family.ALARMS, key("a"))).isEqualTo(key("2"));
      assertThat(store.get(Family.OUTBOX, key("a"))).isNull();
    }
  }

  @Test
  void laterCallsOfACommitWin() {
    try (var store = open()) {
      write(store, "a", "b", "c", "d");
      try (var commit = store.begin()) {
        commit.put(Family.META, key("b"), key("new"));
        commit.deleteRange(Family.META, key("b"), key("d"));
        commit.put(Family.META, key("c"), key("new"));
        commit.delete(Family.META, key("a"));
        commit.write();
      }
      assertThat(keys(store, "a", "e")).containsExactly("c", "d");
    }
  }

  @Test
  void commitThatIsClosedUnwrittenIsRefused() {
    var told = new ArrayList<String>();
    try (var store = open()) {
      try (var commit = store.begin()) {
        commit.put(Family.META, key("a"), key("1"));
        commit.onRefused(() -> told.add("refused"));
        commit.onDurable(() -> told.add("durable"));
      }
      assertThat(told).containsExactly("refused");
      assertThat(store.get(Family.META, key("a"))).isNull();
      try (var commit = store.begin()) {
        commit.onRefused(() -> told.add("refused"));
        commit.onDurable(() -> told.add("durable"));
        commit.write();
      }
      assertThat(told).containsExactly("refused", "durable");
    }
  }

  @Test
  void scansKeepToTheirBounds() {
    try (var store = open()) {
      write(store, "a", "b", "ba", "bb", "c");
      assertThat(keys(store, "b", "c")).containsExactly("b", "ba", "bb");
      assertThat(keysDown(store, "b", "c", 9)).containsExactly("bb", "ba", "b");
      assertThat(keysDown(store, "b", "bb", 1)).containsExactly("ba");
      assertThat(keys(store, "d", "e")).isEmpty();
      try (var cursor = store.cursor(Family.META, key("b"), key("c"))) {
        assertThat(cursor.at(key("b1"))).isTrue();
        assertThat(cursor.key()).isEqualTo(key("ba"));
        assertThat(cursor.before(key("ba"))).isTrue();
        assertThat(cursor.key()).isEqualTo(key("b"));
        assertThat(cursor.before(key("b"))).isFalse();
        assertThat(cursor.last()).isTrue();
        assertThat(cursor.next()).isFalse();
      }
    }
  }

  @Test
  void cursorSeesOneMoment() {
    try (var store = open()) {
      write(store, "a");
      try (var cursor = store.cursor(Family.META, key("a"), key("e"))) {
        write(store, "b");
        assertThat(cursor.first()).isTrue();
        assertThat(cursor.next()).isFalse();
      }
    }
  }

  @Test
  void afterIsTheFirstKeyBehindAPrefix() {
    assertThat(CommitStore.after(new byte[] {1, 2})).isEqualTo(new byte[] {1, 3});
    assertThat(CommitStore.after(new byte[] {1, -1, -1})).isEqualTo(new byte[] {2});
    assertThatThrownBy(() -> CommitStore.after(new byte[] {-1}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void directoryBelongsToOneAtATime() {
    try (var store = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOf(StoreDamagedException.class)
          .hasMessage(
              directory
                  + " is in use by another Millrace process. Stop that one, or give this one its"
                  + " own data.dir.");
      write(store, "a");
    }
    try (var store = open()) {
      assertThat(keys(store, "a", "b")).containsExactly("a");
    }
  }

  @Test
  void damagedDirectoryIsNamedWithTheCureAndCanBeReplaced() throws IOException {
    try (var store = open()) {
      write(store, "a");
    }
    Files.writeString(directory.resolve("rocksdb/CURRENT"), "MANIFEST-999999\n");
    for (int attempt = 0; attempt < 2; attempt++) { // the first must not keep the lock
      assertThatThrownBy(this::open)
          .isInstanceOf(StoreDamagedException.class)
          .hasMessageStartingWith("The store in " + directory + " cannot be opened:")
          .hasMessageEndingWith(
              "Restore a backup into an empty data.dir, or move the directory away to start"
                  + " empty.");
    }
  }

  @Test
  void storeOfANewerFormatIsRefusedAndLeftAlone() {
    try (var store = open();
        var commit = store.begin()) {
      commit.put(Family.META, key("format"), key("99"));
      commit.write();
    }
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(this::open)
          .isInstanceOf(StoreDamagedException.class)
          .hasMessageContaining("has format 99, this version reads up to 2")
          .hasMessageEndingWith("Use the newer Millrace that wrote it, or restore a backup.");
    }
  }

  @Test
  void directoryThatCannotBeMadeIsNamed() throws IOException {
    var file = Files.createFile(directory.resolve("file"));
    assertThatThrownBy(() -> CommitStore.open(file, 8 << 20))
        .isInstanceOf(StoreDamagedException.class)
        .hasMessageContaining("data.dir " + file + " cannot be written");
  }

  private CommitStore open() {
    return CommitStore.open(directory, 8 << 20);
  }

  private static void write(CommitStore store, String... keys) {
    try (var commit = store.begin()) {
      for (var key : keys) {
        commit.put(Family.META, key(key), key("1"));
      }
      commit.write();
    }
  }

  private static List<String> keys(CommitStore store, String from, String until) {
    var keys = new ArrayList<String>();
    store.scan(Family.META, key(from), key(until), (key, _) -> keys.add(new String(key, UTF_8)));
    return keys;
  }

  private static List<String> keysDown(CommitStore store, String from, String until, int most) {
    var keys = new ArrayList<String>();
    store.scanDown(
        Family.META,
        key(from),
        key(until),
        (key, _) -> keys.add(new String(key, UTF_8)) && keys.size() < most);
    return keys;
  }

  private static byte[] key(String text) {
    return text.getBytes(UTF_8);
  }
}
