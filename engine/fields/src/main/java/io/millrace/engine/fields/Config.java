package io.millrace.engine.fields;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;
import java.time.Duration;

/// Settings `fields.*`: what calculated fields may use.
public record Config(
    @Doc("Calculated fields that one device, asset or profile may have.")
        @Default("50")
        @Limit(min = 1, max = 1_000)
        int perEntityMax,
    @Doc("Arguments of one field.") @Default("30") @Limit(min = 1, max = 200) int argumentsMax,
    @Doc("Points in a rolling argument; the newest are taken.")
        @Default("1000")
        @Limit(min = 1, max = 100_000)
        int rollingPointsMax,
    @Doc("Longest value of one argument, in characters of JSON.")
        @Default("16384")
        @Limit(min = 64, max = 10_000_000)
        int argumentCharsMax,
    @Doc("Related entities that one field reads from or writes to.")
        @Default("1000")
        @Limit(min = 1, max = 100_000)
        int relatedMax,
    @Doc("Entities of a profile whose fields are computed again when one value changes for all.")
        @Default("1000")
        @Limit(min = 1, max = 100_000)
        int entitiesPerChangeMax,
    @Doc("Least time between two results of a related entities aggregation of one entity.")
        @Default("0s")
        Duration deduplicationIntervalMin,
    @Doc("Least time between two scheduled refreshes of one field of one entity.") @Default("60s")
        Duration scheduledIntervalMin,
    @Doc("Least time between two intermediate results of a time series data aggregation.")
        @Default("60s")
        Duration intermediateInterval,
    @Doc("Shortest window of a time series data aggregation.") @Default("60s") Duration windowMin,
    @Doc("Latest computations of each field kept in memory, for people to look at.")
        @Default("20")
        @Limit(min = 0, max = 1_000)
        int debugEventsMax) {}
