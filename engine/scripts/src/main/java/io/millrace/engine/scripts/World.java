package io.millrace.engine.scripts;

import io.millrace.base.runtime.Clock;
import java.time.ZoneId;
import java.util.random.RandomGenerator;

/// What is the same for all runs: limits, time and chance.
record World(Config config, Clock clock, RandomGenerator random, ZoneId zone, long runNanos) {
  static World of(Config config, Clock clock, RandomGenerator random) {
    return new World(
        config, clock, random, ZoneId.of(config.timeZone()), config.runTime().toNanos());
  }

  /// The same limits at another time of day; what a run takes is still measured by this clock.
  World at(Clock timeOfDay, RandomGenerator otherRandom) {
    var split =
        new Clock() {
          @Override
          public long millis() {
            return timeOfDay.millis();
          }

          @Override
          public long nanos() {
            return clock.nanos();
          }
        };
    return new World(config, split, otherRandom, zone, runNanos);
  }
}
