package io.millrace.store.timeseries;

import java.util.OptionalLong;

/// How much disk is used, and how long it lasts.
///
/// @param budgetBytes 0: none
/// @param freeBytes what the disk still has
/// @param oldestTs the first day with telemetry begins here
/// @param bytesPerDay of telemetry, as of the last days
/// @param daysLeft until the budget drops the oldest day, or without one, until the disk is full
/// @param daysDropped whole days that the budget has dropped since the start
public record StorageStatus(
    long usedBytes,
    long budgetBytes,
    long freeBytes,
    OptionalLong oldestTs,
    long bytesPerDay,
    OptionalLong daysLeft,
    long daysDropped) {}
