package io.millrace.wire.http;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;
import java.time.Duration;
import java.util.List;

/// Settings under `http.`.
public record Config(
    @Doc("Port of the REST API, the WebSocket API, the device API over HTTP and the web UI.")
        @Default("8080")
        @Limit(min = 0, max = 65_535)
        int port,
    @Doc("Largest request body.") @Default("16777216") @Limit(min = 1_024, max = 1_073_741_824)
        int bodyBytesMax,
    @Doc("Request bodies in memory at once, all together; one more is answered 503.")
        @Default("134217728")
        @Limit(min = 1_024)
        long bodiesBytesMax,
    @Doc("Open connections of one port; one more is closed at once.")
        @Default("20000")
        @Limit(min = 1, max = 1_000_000)
        int connectionsMax,
    @Doc("Requests that may be worked on at once; one more is answered 503 with Retry-After.")
        @Default("1024")
        @Limit(min = 1, max = 1_000_000)
        int requestsMax,
    @Doc("A connection on which nothing was read or written for so long is closed; 0s never.")
        @Default("300s")
        Duration idleTimeout,
    @Doc("Time that running requests get when Millrace stops.") @Default("3s")
        Duration closeTimeout,
    @Doc("Compress answers for clients that accept gzip.") @Default("true") boolean gzip,
    @Doc("Largest WebSocket message.") @Default("1048576") @Limit(min = 1_024, max = 134_217_728)
        int webSocketBytesMax,
    @Doc("Web pages of these origins may call the API (CORS); * means any. Empty: only our own UI.")
        @Default("")
        List<String> corsOrigins,
    Outgoing outgoing) {}
