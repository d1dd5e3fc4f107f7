package io.millrace.app;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;
import java.time.Duration;

/// How much is kept for how long.
record StorageConfig(
    @Doc(
            "Bytes that all of data.dir may take, as in 20GB; beyond it the oldest days of"
                + " telemetry go. 0: no budget.")
        @Default("0")
        long budget,
    @Doc(
            "How long telemetry is kept unless its tenant, device profile or key says otherwise, in"
                + " whole days. 0: for ever.")
        @Default("0s")
        Duration ttl,
    @Doc("How often telemetry past its time is looked for and the budget is checked.")
        @Default("10min")
        Duration checkInterval,
    @Doc(
            "Folder on the server for backups that administrators begin in the browser. Empty:"
                + " beside data.dir, its name with -backups; what is in data.dir counts for the"
                + " budget.")
        @Default("")
        String backups,
    @Doc("Backups begun in the browser that are kept; older ones go.")
        @Default("3")
        @Limit(min = 1, max = 1_000)
        int backupsKept) {}
