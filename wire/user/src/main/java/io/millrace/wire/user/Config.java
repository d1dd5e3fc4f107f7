package io.millrace.wire.user;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;
import java.time.Duration;

/// Settings under `user.`: the WebSocket API, and how devices are shown.
public record Config(
    @Doc("Open WebSockets of users; one more is closed at once.")
        @Default("10000")
        @Limit(min = 1, max = 1_000_000)
        int socketsMax,
    @Doc("Subscriptions of one WebSocket.") @Default("500") @Limit(min = 1, max = 100_000)
        int subscriptionsPerSocket,
    @Doc("Time to present a token after a WebSocket was opened without one.") @Default("10s")
        Duration socketLoginTimeout,
    @Doc("How often a WebSocket is pinged and its caller looked at again.") @Default("30s")
        Duration socketCheckInterval,
    @Doc("A device without telemetry for so long is shown as inactive.") @Default("10min")
        Duration inactivityTimeout,
    @Doc("Most relations that one search along relations finds; more is an error.")
        @Default("10000")
        @Limit(min = 1, max = 1_000_000)
        int relationsFoundMax,
    @Doc("Most entities that one entity query looks at; more is an error.")
        @Default("100000")
        @Limit(min = 1, max = 10_000_000)
        int queryEntitiesMax,
    @Doc("How often counts and dynamic queries of open WebSockets are worked out again.")
        @Default("10s")
        Duration queryRefreshInterval,
    @Doc("Whether the audit log also says who saved points over REST.") @Default("false")
        boolean auditTelemetry,
    @Doc("Days that the audit log is kept.") @Default("365") @Limit(min = 1, max = 36_500)
        int auditDays,
    @Doc("Most entries of the audit log, of all tenants; the oldest go.")
        @Default("1000000")
        @Limit(min = 100, max = 100_000_000)
        int auditEntriesMax,
    @Doc("Most rows of one import of devices or assets.")
        @Default("100000")
        @Limit(min = 1, max = 10_000_000)
        int importRowsMax,
    @Doc("Most tests that are kept with one rule chain.")
        @Default("100")
        @Limit(min = 1, max = 10_000)
        int chainTestsMax) {}
