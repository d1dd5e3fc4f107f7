package io.millrace.store.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.SimulatedTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PushIdsTest {
  @Test
  void idsSortByTheTimeTheyWereMade() {
    var time = new SimulatedTime();
    var random = new Random(1);
    var ids = new PushIds(time, random);
    var made = new ArrayList<String>();
    for (int i = 0; i < 5_000; i++) {
      made.add(ids.next());
      time.advance(Duration.ofMillis(random.nextInt(3) / 2));
    }
    assertThat(made).isSorted().allMatch(id -> id.matches("[-0-9A-Z_a-z]{20}"));
    assertThat(new HashSet<>(made)).hasSameSizeAs(made);
  }

  @Test
  void theFirstEightCharactersAreTheMillisecond() {
    var early = new PushIds(new SimulatedTime(0), new Random(1)).next();
    var late = new PushIds(new SimulatedTime(1L << 41), new Random(1)).next();
    assertThat(early).startsWith("--------");
    assertThat(late).startsWith("-V------"); // 2^41 = 32 * 64^6
  }
}
