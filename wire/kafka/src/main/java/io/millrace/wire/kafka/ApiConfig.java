package io.millrace.wire.kafka;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;
import java.time.Duration;
import java.util.List;

/// Settings under `kafka.api.`: Kafka for people and for programs that speak HTTP.
public record ApiConfig(
    @Doc(
            "Titles of the tenants whose administrators may use Kafka over HTTP; topics belong to"
                + " no tenant. Empty: all tenants'.")
        @Default("")
        List<String> tenants,
    @Doc("Searches for records at once; one more is answered 503.")
        @Default("8")
        @Limit(min = 1, max = 1_000)
        int searchesMax,
    @Doc("Records that one search looks at before it hands back what it has.")
        @Default("200000")
        @Limit(min = 1)
        long searchRecordsMax,
    @Doc("Bytes of found records after which a search hands back what it has.")
        @Default("8MB")
        @Limit(min = 1_024)
        long searchBytesMax,
    @Doc("Time after which a search hands back what it has.") @Default("5s") Duration searchTimeout,
    @Doc("Live views of topics (event streams and WebSockets) at once.")
        @Default("200")
        @Limit(min = 1, max = 100_000)
        int viewsMax,
    @Doc("Records that a live view is sent a second; more are counted and left out.")
        @Default("1000")
        @Limit(min = 10, max = 1_000_000)
        int viewRecordsPerSecond,
    @Doc("Longest value that a live view is sent whole, in bytes; a longer one is cut and marked.")
        @Default("64kB")
        @Limit(min = 100)
        int viewValueBytesMax,
    @Doc("Consumer instances of the Confluent-shaped API at once.")
        @Default("100")
        @Limit(min = 1, max = 10_000)
        int instancesMax,
    @Doc("A consumer instance of the Confluent-shaped API that nobody asks for so long is closed.")
        @Default("5min")
        Duration instanceTimeout) {}
