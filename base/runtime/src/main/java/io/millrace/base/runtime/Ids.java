package io.millrace.base.runtime;

import java.util.UUID;
import java.util.random.RandomGenerator;

/// Makes entity and message ids: UUID version 7, so that ids sort by the time they were made.
///
/// Any thread, if the random generator takes any thread.
public final class Ids {
  private final Clock clock;
  private final RandomGenerator random;

  public Ids(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  public UUID next() {
    long high = clock.millis() << 16 | 0x7000 | random.nextInt(0x1000); // RFC 9562 section 5.7
    long low = random.nextLong() >>> 2 | 1L << 63;
    return new UUID(high, low);
  }
}
