package io.millrace.engine.rules;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;
import java.time.Duration;

/// Settings of the rule engine.
public record Config(
    @Doc("Most node visits that one message, with all it causes in the same batch, may take.")
        @Default("10000")
        @Limit(min = 10, max = 10_000_000)
        int stepsPerMessageMax,
    @Doc("Longest time that one message, with all it causes in the same batch, may take.")
        @Default("2s")
        Duration timePerMessageMax,
    @Doc("Most rule chains called one inside the other.")
        @Default("32")
        @Limit(min = 1, max = 1_000)
        int chainDepthMax,
    @Doc("Recent messages kept in memory per rule node, for the editor to show.")
        @Default("8")
        @Limit(min = 0, max = 1_000)
        int recentPerNode,
    @Doc("Most nodes in one rule chain.") @Default("2000") @Limit(min = 1, max = 100_000)
        int nodesPerChainMax,
    @Doc("Most changed rule chains that run beside the live ones at a time, to be compared.")
        @Default("4")
        @Limit(min = 0, max = 100)
        int shadowsMax) {}
