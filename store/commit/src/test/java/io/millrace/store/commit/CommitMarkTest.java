package io.millrace.store.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitMarkTest {
  private static final byte[] A = {1};
  private static final byte[] B = {2};
  private static final byte[] C = {3};
  @TempDir Path directory;
  private final List<String> told = new ArrayList<>();

  @Test
  void rollBackTakesBackOnlyWhatCameAfterTheMark() {
    try (var store = CommitStore.open(directory, 8 << 20);
        var commit = store.begin()) {
      add(commit, A, "a");
      commit.mark();
      add(commit, B, "b");
      commit.onRefused(() -> told.add("later"));
      commit.rollBack();
      commit.mark();
      add(commit, C, "c");
      commit.keep();
      commit.write();
      assertThat(store.get(Family.META, A)).isEqualTo(A);
      assertThat(store.get(Family.META, B)).isNull();
      assertThat(store.get(Family.META, C)).isEqualTo(C);
      assertThat(told).containsExactly("later", "forget b", "durable a", "durable c");
    }
  }

  @Test
  void newsThatThrowDoNotKeepOthersFromBeingTold() {
    try (var store = CommitStore.open(directory, 8 << 20);
        var commit = store.begin()) {
      commit.onDurable(
          () -> {
            throw new IllegalStateException("a listener's fault");
          });
      add(commit, A, "a");
      commit.write();
      assertThat(told).containsExactly("durable a");
    }
  }

  private void add(Commit commit, byte[] key, String name) {
    commit.put(Family.META, key, key);
    commit.onDurable(() -> told.add("durable " + name));
    commit.onRefused(() -> told.add("forget " + name));
  }
}
