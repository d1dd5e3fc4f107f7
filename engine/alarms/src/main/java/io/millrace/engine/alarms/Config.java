package io.millrace.engine.alarms;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;

/// Settings of the alarm room.
public record Config(
    @Doc("Active alarms kept in memory; others are read from the store when they are needed.")
        @Default("100000")
        @Limit(min = 0, max = 100_000_000)
        long activeCached,
    @Doc("Most alarms that one list request looks at; narrow its time range to see older ones.")
        @Default("200000")
        @Limit(min = 1, max = 100_000_000)
        int listedMax) {}
