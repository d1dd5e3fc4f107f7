package io.millrace.store.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.config.Settings;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.SystemScheduler;
import io.millrace.base.runtime.Threads;
import io.millrace.store.commit.CommitStore;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Following the log: from the past into the present without a gap or a double.
class PublishReaderTest {
  private static final int LANES = 3;
  private static final int MESSAGES = 30_000;

  @Test
  void everyMessageOnceInTheOrderOfItsPublisher(@TempDir Path directory) throws Exception {
    var settings =
        Settings.of()
            .addFlags(List.of("--messages.gather=1ms", "--messages.publishBytesPerSecond=1GB"));
    try (var scheduler = new SystemScheduler();
        var store = CommitStore.open(directory, 8L << 20);
        var log =
            MessageLog.open(
                store,
                settings.bind("messages", Config.class),
                Clock.SYSTEM,
                scheduler,
                new Counters());
        var threads = Threads.virtual("test")) {
      for (int lane = 0; lane < LANES; lane++) {
        int number = lane;
        var its = log.publishLane(LANES);
        threads.execute(() -> publish(its, number));
      }
      var random = new Random(1);
      for (int reader = 0; reader < 5; reader++) { // each begins at another moment of the stream
        var follower = log.follow(0, TopicMatcher.of("lane/+"));
        var next = new int[LANES];
        while (sum(next) < LANES * MESSAGES) {
          for (var message : follower.next(1 + random.nextInt(5000), 1 << 20, 5_000)) {
            int lane = message.topic().charAt(5) - '0';
            assertThat(ByteBuffer.wrap(message.payload()).getInt()).isEqualTo(next[lane]++);
          }
        }
        assertThat(follower.next(10, 1000, 0)).isEmpty();
        assertThat(follower.isLive()).isTrue();
      }
    }
  }

  @Test
  void sinceAMomentAndOnlyWhatIsWanted(@TempDir Path directory) throws Exception {
    var settings = Settings.of().addFlags(List.of("--messages.gather=1ms"));
    try (var scheduler = new SystemScheduler();
        var store = CommitStore.open(directory, 8L << 20);
        var log =
            MessageLog.open(
                store,
                settings.bind("messages", Config.class),
                Clock.SYSTEM,
                scheduler,
                new Counters())) {
      var lane = log.publishLane(1);
      long now = Clock.SYSTEM.millis();
      for (int i = 0; i < 10; i++) {
        lane.add(now - 10 + i, i % 2 == 0 ? "a" : "b", new byte[] {(byte) i}, 0, false, NONE);
      }
      var follower = log.follow(now - 5, TopicMatcher.of("a"));
      var seen = new ArrayList<Integer>();
      while (seen.size() < 2) {
        follower.next(1, 1000, 5_000).forEach(message -> seen.add((int) message.payload()[0]));
      }
      assertThat(seen).containsExactly(6, 8);
      lane.add(now, "b", new byte[] {10}, 0, false, NONE);
      lane.add(now, "a", new byte[] {11}, 0, false, NONE);
      while (seen.size() < 3) {
        follower.next(10, 1000, 5_000).forEach(message -> seen.add((int) message.payload()[0]));
      }
      assertThat(seen).containsExactly(6, 8, 11);
    }
  }

  private static final byte[] NONE = {};

  private static void publish(PublishLane lane, int number) {
    for (int i = 0; i < MESSAGES; i++) {
      var payload = ByteBuffer.allocate(4).putInt(i).array();
      lane.add(Clock.SYSTEM.millis(), "lane/" + number, payload, 1, false, NONE);
    }
  }

  private static int sum(int[] counts) {
    int sum = 0;
    for (int count : counts) {
      sum += count;
    }
    return sum;
  }
}
