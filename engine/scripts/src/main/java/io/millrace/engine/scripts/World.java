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
}
