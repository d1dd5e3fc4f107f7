package io.millrace.store.timeseries;

import java.math.BigDecimal;
import java.util.Map;

/// What a counter counted in one bucket of time.
///
/// @param fromTs inclusive
/// @param untilTs exclusive
/// @param falls readings below the one before: restarts, roll-overs, replacements
/// @param byRate shares of `amount` by the tariff's rates; empty without a tariff
/// @param cost of all shares; 0 without a tariff
public record Consumption(
    long fromTs,
    long untilTs,
    BigDecimal amount,
    int falls,
    Map<String, BigDecimal> byRate,
    BigDecimal cost) {}
