package io.millrace.store.timeseries;

/// How far something came in one bucket of time; the way to a position counts where it arrives, so
/// that the sum over any buckets is the whole way.
///
/// @param fromTs inclusive
/// @param untilTs exclusive
/// @param fixes positions that were believed
/// @param jumps positions that were not
/// @param last where it was at the end
public record Travel(
    long fromTs, long untilTs, double km, double kmPerHourMax, int fixes, int jumps, Fix last) {}
