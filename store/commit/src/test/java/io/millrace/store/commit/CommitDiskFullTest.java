package io.millrace.store.commit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitDiskFullTest {
  private static final int VALUE_BYTES = 100_000;

  @TempDir Path place;

  @Test
  void fullDiskRefusesWholeCommitsKeepsReadingAndRecoversWhenSpaceReturns()
      throws IOException, InterruptedException {
    try (var disk = new SmallDisk(place, 64)) {
      var directory = place.resolve("data");
      int stored;
      try (var store = CommitStore.open(directory, 8 << 20)) {
        write(store, 0);
        disk.fill();
        stored = writeUntilRefused(store);
        assertRefusedAndReadable(store, stored);
        disk.makeRoom();
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .ignoreExceptionsInstanceOf(StoreFullException.class)
            .until(() -> write(store, stored));
        assertThat(isWhole(store, stored)).isTrue();
        assertThat(store.trouble()).isEmpty();
      }
      try (var store = CommitStore.open(directory, 8 << 20)) {
        for (int i = 0; i <= stored; i++) {
          assertThat(isWhole(store, i)).as("commit %d", i).isTrue();
        }
      }
    }
  }

  private static void assertRefusedAndReadable(CommitStore store, int stored) {
    var told = new ArrayList<String>();
    try (var commit = store.begin()) {
      commit.put(Family.META, key("x", 0), new byte[VALUE_BYTES]);
      commit.onDurable(() -> told.add("durable"));
      commit.onRefused(() -> told.add("first"));
      commit.onRefused(() -> told.add("last"));
      assertThatThrownBy(commit::write)
          .isInstanceOf(StoreFullException.class)
          .hasMessageContaining("The disk is full in ")
          .hasMessageContaining("nothing was stored, reading goes on");
    }
    assertThat(told).containsExactly("last", "first");
    assertThat(store.trouble().orElse("")).contains("Make room there");
    for (int i = 0; i < stored; i++) {
      assertThat(isWhole(store, i)).as("commit %d", i).isTrue();
    }
    assertThat(store.get(Family.META, key("a", stored))).isNull();
    assertThat(store.get(Family.OUTBOX, key("b", stored))).isNull();
  }

  private static int writeUntilRefused(CommitStore store) {
    for (int i = 1; i < 10_000; i++) {
      try {
        write(store, i);
      } catch (StoreFullException full) {
        return i;
      }
    }
    throw new AssertionError("the disk never filled");
  }

  private static boolean write(CommitStore store, int number) {
    var noise = new byte[VALUE_BYTES];
    new Random(number).nextBytes(noise);
    try (var commit = store.begin()) {
      commit.put(Family.META, key("a", number), noise);
      commit.put(Family.OUTBOX, key("b", number), noise);
      commit.write();
    }
    return true;
  }

  private static boolean isWhole(CommitStore store, int number) {
    var noise = new byte[VALUE_BYTES];
    new Random(number).nextBytes(noise);
    return Arrays.equals(store.get(Family.META, key("a", number)), noise)
        && Arrays.equals(store.get(Family.OUTBOX, key("b", number)), noise);
  }

  private static byte[] key(String prefix, int number) {
    return "%s%06d".formatted(prefix, number).getBytes(UTF_8);
  }
}
