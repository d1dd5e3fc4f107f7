package io.millrace.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.model.EntityId;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StampsTest {
  @TempDir Path directory;
  private CommitStore store;

  @BeforeEach
  void open() {
    store = CommitStore.open(directory, 16 << 20);
  }

  @AfterEach
  void close() {
    store.close();
  }

  /// Seeds and restarts at random: no device ever gets one time twice, and none goes back.
  @Test
  void timesOfADeviceOnlyIncreaseThroughRestarts() {
    for (long seed = 0; seed < 5; seed++) {
      var random = new SplittableRandom(seed);
      var last = new HashMap<EntityId, Long>();
      long now = 1_000_000 * seed;
      var stamps = Stamps.open(store, _ -> true);
      for (int step = 0; step < 200; step++) {
        for (int n = random.nextInt(100); n > 0; n--) {
          var device = Bed.device(seed * 100 + random.nextInt(3));
          long ts = stamps.next(device, now);
          assertThat(ts).as("seed %d", seed).isGreaterThan(last.getOrDefault(device, -1L));
          last.put(device, ts);
        }
        save(stamps, now);
        now += random.nextInt(20);
        if (random.nextInt(30) == 0) {
          now += 201; // no restart is quicker
          stamps = Stamps.open(store, _ -> true);
        }
      }
    }
  }

  @Test
  void onlyDevicesAheadOfTheClockAreRemembered() {
    var stamps = Stamps.open(store, _ -> true);
    for (int i = 0; i < 50_000; i++) {
      stamps.next(Bed.device(i), i);
      save(stamps, i);
    }
    assertThat(stamps.remembered()).isLessThanOrEqualTo(10_001);
  }

  @Test
  void whatIsPastIsForgottenOnDiskToo() {
    var stamps = Stamps.open(store, _ -> true);
    for (int i = 0; i < 1_000; i++) {
      stamps.next(Bed.device(1), 5);
    }
    save(stamps, 5);
    assertThat(rows()).isEqualTo(1);
    for (int i = 0; i < 20_000; i++) {
      stamps.next(Bed.device(i + 10), 5_000);
    }
    save(stamps, 6_000);
    assertThat(rows()).isZero();
  }

  private void save(Stamps stamps, long now) {
    try (var commit = store.begin()) {
      stamps.save(commit, now);
      if (!commit.isEmpty()) {
        commit.write();
      }
    }
  }

  private int rows() {
    int[] count = {0};
    store.scan(Family.STAMPS, new byte[0], new byte[] {(byte) 0xff}, (_, _) -> ++count[0] > 0);
    return count[0];
  }
}
