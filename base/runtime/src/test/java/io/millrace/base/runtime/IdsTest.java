package io.millrace.base.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdsTest {
  private long now = 1_767_225_600_000L;
  private final Ids ids =
      new Ids(
          new Clock() {
            @Override
            public long millis() {
              return now;
            }

            @Override
            public long nanos() {
              return now * 1_000_000;
            }
          },
          new SplittableRandom(1));

  @Test
  void idsAreVersion7AndCarryTheirMoment() {
    var id = ids.next();
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(now);
  }

  @Test
  void laterIdsSortLater() {
    var earlier = ids.next().toString();
    now++;
    assertThat(ids.next().toString()).isGreaterThan(earlier);
  }

  @Test
  void aMillionIdsOfOneMomentDiffer() {
    var seen = new HashSet<UUID>();
    for (int i = 0; i < 1_000_000; i++) {
      seen.add(ids.next());
    }
    assertThat(seen).hasSize(1_000_000);
  }
}
