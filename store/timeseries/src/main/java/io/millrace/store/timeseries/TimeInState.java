package io.millrace.store.timeseries;

import java.util.Map;

/// How long each value of a key held in one bucket of time.
///
/// @param fromTs inclusive
/// @param untilTs exclusive
/// @param msByState by the value as text; the rest of the bucket is unknown
public record TimeInState(long fromTs, long untilTs, Map<String, Long> msByState) {}
