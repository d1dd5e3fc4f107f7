package io.millrace.engine.scripts;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;
import java.time.Duration;

/// What one script, and one run of it, may use.
public record Config(
    @Doc("Longest time one run of a script may take.") @Default("500ms") Duration runTime,
    @Doc("Loop turns, calls and pieces of built-in work that one run may take.")
        @Default("5000000")
        @Limit(min = 1_000)
        long steps,
    @Doc("Bytes that one run may allocate, counted as it makes values, never given back.")
        @Default("33554432")
        @Limit(min = 65_536)
        long memoryBytes,
    @Doc("Calls inside calls that one run may make.") @Default("150") @Limit(min = 8, max = 1_000)
        int callDepth,
    @Doc("Largest result of a script, in bytes of JSON, about.")
        @Default("1048576")
        @Limit(min = 1_024)
        long resultBytes,
    @Doc("Longest script, in characters.") @Default("100000") @Limit(min = 1_000) int sourceChars,
    @Doc("Time zone of dates in scripts, as in Europe/Kyiv.") @Default("UTC") String timeZone,
    @Doc("Scripts that may hold a full JavaScript engine at a time; the rest take turns.")
        @Default("16")
        @Limit(min = 1)
        int fallbackContexts) {

  /// The values that hold when nobody sets anything.
  public static Config standard() {
    return new Config(
        Duration.ofMillis(500), 5_000_000, 33_554_432, 150, 1_048_576, 100_000, "UTC", 16);
  }
}
