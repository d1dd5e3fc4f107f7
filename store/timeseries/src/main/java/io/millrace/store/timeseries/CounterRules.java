package io.millrace.store.timeseries;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// How the readings of a counter become consumption.
///
/// @param rollOver where the counter begins at 0 again, as 100000 for five digits; 0: never. A
///     fall by at least half of it is a roll-over, a smaller one is a fall
/// @param onFall what a reading below the one before means
/// @param maxPerHour more per hour is not believed and counts as a replacement; 0: no limit
/// @param gaps where consumption between two readings of different buckets belongs
/// @param replacements when the meter was changed for another, ascending
public record CounterRules(
    BigDecimal rollOver,
    OnFall onFall,
    BigDecimal maxPerHour,
    Gaps gaps,
    List<Replacement> replacements) {
  public static final CounterRules STANDARD =
      new CounterRules(BigDecimal.ZERO, OnFall.RESTART, BigDecimal.ZERO, Gaps.SPREAD, List.of());

  public CounterRules {
    if (rollOver.signum() < 0 || maxPerHour.signum() < 0) {
      throw new IllegalArgumentException(
          "rollOver=%s, maxPerHour=%s; neither can be negative".formatted(rollOver, maxPerHour));
    }
    replacements = List.copyOf(replacements);
  }

  /// A reading below the one before.
  public enum OnFall {
    /// The counter began at 0 again: what it shows was consumed since.
    RESTART,
    /// Another counter: what was consumed in between is unknown and counts as nothing.
    REPLACED
  }

  /// Consumption between two readings of different buckets.
  public enum Gaps {
    /// Is spread over the time between them.
    SPREAD,
    /// Belongs to the bucket of the later reading.
    ARRIVAL
  }

  /// The meter was changed.
  ///
  /// @param oldEnd what the old one showed last
  /// @param newStart what the new one showed first
  public record Replacement(long ts, BigDecimal oldEnd, BigDecimal newStart) {}

  boolean needsEveryReading() {
    return maxPerHour.signum() > 0;
  }

  Optional<Replacement> replacedBetween(long afterTs, long untilTs) {
    return replacements.stream().filter(one -> one.ts > afterTs && one.ts <= untilTs).findFirst();
  }

  /// What was consumed from one reading to the next; never negative.
  BigDecimal increase(long fromTs, BigDecimal from, long untilTs, BigDecimal until) {
    var replaced = replacedBetween(fromTs, untilTs);
    var increase =
        replaced.isPresent()
            ? notNegative(replaced.get().oldEnd.subtract(from))
                .add(notNegative(until.subtract(replaced.get().newStart)))
            : ordinary(from, until);
    return isBelievable(increase, untilTs - fromTs) ? increase : BigDecimal.ZERO;
  }

  private BigDecimal ordinary(BigDecimal from, BigDecimal until) {
    var increase = until.subtract(from);
    if (increase.signum() >= 0) {
      return increase;
    }
    boolean rolledOver =
        rollOver.signum() > 0
            && increase.negate().multiply(BigDecimal.TWO).compareTo(rollOver) >= 0;
    if (rolledOver) {
      return notNegative(rollOver.add(increase));
    }
    return onFall == OnFall.RESTART ? notNegative(until) : BigDecimal.ZERO;
  }

  private boolean isBelievable(BigDecimal increase, long ms) {
    return maxPerHour.signum() == 0
        || increase
                .multiply(BigDecimal.valueOf(3_600_000))
                .compareTo(maxPerHour.multiply(BigDecimal.valueOf(ms)))
            <= 0;
  }

  private static BigDecimal notNegative(BigDecimal number) {
    return number.max(BigDecimal.ZERO);
  }
}
