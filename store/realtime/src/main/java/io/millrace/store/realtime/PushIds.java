package io.millrace.store.realtime;

import io.millrace.base.runtime.Clock;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/// Makes push ids: keys of 20 characters that sort by the time they were made.
///
/// Eight characters of milliseconds and twelve of chance, six bits each, in an alphabet that is in
/// ASCII order. Within one millisecond the chance part counts up by one. Any thread.
final class PushIds {
  private static final String ALPHABET =
      "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
  private static final int TIME_LENGTH = 8;
  private static final int CHANCE_LENGTH = 12;

  private final Clock clock;
  private final RandomGenerator random;
  private final int[] chance = new int[CHANCE_LENGTH];
  private long lastMs = -1;

  PushIds(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /// When a key was made: the time in a push id, or milliseconds since 1970 as they stand.
  static OptionalLong millis(String key) {
    if (key.length() == TIME_LENGTH + CHANCE_LENGTH) {
      long time = 0;
      for (int i = 0; i < TIME_LENGTH; i++) {
        int digit = ALPHABET.indexOf(key.charAt(i));
        if (digit < 0) {
          return OptionalLong.empty();
        }
        time = (time << 6) | digit;
      }
      return OptionalLong.of(time);
    }
    boolean isNumber = key.length() == 13 && key.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber ? OptionalLong.of(Long.parseLong(key)) : OptionalLong.empty();
  }

  synchronized String next() {
    long nowMs = clock.millis();
    if (nowMs > lastMs) {
      lastMs = nowMs;
      drawChance();
    } else if (!countUp()) { // also when the clock went back: ids never do
      lastMs++;
      drawChance();
    }
    return text();
  }

  private void drawChance() {
    for (int i = 0; i < CHANCE_LENGTH; i++) {
      chance[i] = random.nextInt(64);
    }
  }

  private boolean countUp() {
    for (int i = CHANCE_LENGTH - 1; i >= 0; i--) {
      if (++chance[i] < 64) {
        return true;
      }
      chance[i] = 0;
    }
    return false;
  }

  private String text() {
    var text = new char[TIME_LENGTH + CHANCE_LENGTH];
    long time = lastMs;
    for (int i = TIME_LENGTH - 1; i >= 0; i--) {
      text[i] = ALPHABET.charAt((int) (time & 63));
      time >>>= 6;
    }
    for (int i = 0; i < CHANCE_LENGTH; i++) {
      text[TIME_LENGTH + i] = ALPHABET.charAt(chance[i]);
    }
    return new String(text);
  }
}
