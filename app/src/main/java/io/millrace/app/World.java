package io.millrace.app;

import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Ids;
import io.millrace.base.runtime.Scheduler;
import io.millrace.base.runtime.SystemScheduler;
import java.security.SecureRandom;

/// Time, chance and what is counted: the doors through which the outside comes in.
record World(Clock clock, Scheduler scheduler, SecureRandom random, Ids ids, Counters counters) {

  /// The real ones.
  static World open(OpenParts parts) {
    var clock = Clock.SYSTEM;
    var random = new SecureRandom();
    return new World(
        clock, parts.add(new SystemScheduler()), random, new Ids(clock, random), new Counters());
  }

  /// Random bytes, unguessable.
  byte[] secret(int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
