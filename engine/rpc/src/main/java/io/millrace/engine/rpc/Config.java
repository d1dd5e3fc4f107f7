package io.millrace.engine.rpc;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;
import java.time.Duration;

/// Settings of commands to devices, `rpc.*`.
public record Config(
    @Doc("How long a device may take to answer, when the caller does not say.") @Default("10s")
        Duration timeout,
    @Doc("The shortest time that a caller may set for that.") @Default("5s") Duration timeoutMin,
    @Doc("How long a persistent command is kept, when the caller does not say.") @Default("7d")
        Duration keptFor,
    @Doc("Persistent commands of one device that wait at most; more are refused.")
        @Default("1000")
        @Limit(min = 1)
        int keptMax,
    @Doc("Commands that wait for their answer at a time; more are refused.")
        @Default("10000")
        @Limit(min = 1)
        int waitingMax) {}
