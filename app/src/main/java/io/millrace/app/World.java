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
    var scheduler = parts.add(new SystemScheduler());
    parts.add(new HeapRoom(scheduler));
    return new World(clock, scheduler, random, new Ids(clock, random), new Counters());
  }

  /// Random bytes, unguessable.
  byte[] secret(int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
