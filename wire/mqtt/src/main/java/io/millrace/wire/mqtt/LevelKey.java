package io.millrace.wire.mqtt;

import java.security.SecureRandom;

/// A topic level as a number that is quick to look up: for up to seven Latin letters all of it, for
/// longer ones a hash.
///
/// Never 0. What is hashed is hashed with a secret, so that nobody can make many levels collide.
final class LevelKey {
  private static final int WHOLE_LENGTH = 7;
  private static final long EMPTY = 1;
  private static final long SECRET = new SecureRandom().nextLong();
  private static final long FACTOR = new SecureRandom().nextLong() | 1;

  private LevelKey() {}

  static long of(String level) {
    int length = level.length();
    if (length > WHOLE_LENGTH) {
      return hashed(level);
    }
    long key = length; // above the letters, so that it tells lengths apart
    for (int i = 0; i < length; i++) {
      char letter = level.charAt(i);
      if (letter > 0xff) {
        return hashed(level);
      }
      key = key << 8 | letter;
    }
    return length == 0 ? EMPTY : key;
  }

  /// True when equal keys are equal levels.
  static boolean isWhole(long key) {
    return key > 0;
  }

  /// Where to look first, in a table of a power of two.
  static int slot(long key, int mask) {
    long mixed = (key ^ SECRET) * FACTOR;
    return (int) (mixed >>> 32 ^ mixed >>> 47) & mask;
  }

  private static long hashed(String level) {
    long hash = SECRET;
    for (int i = 0; i < level.length(); i++) {
      hash = (hash ^ level.charAt(i)) * FACTOR;
      hash ^= hash >>> 29;
    }
    return hash | Long.MIN_VALUE;
  }
}
