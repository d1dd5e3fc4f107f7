package io.millrace.wire.mqtt;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;

/// How fast one client may be, `mqtt.rates.*`; a client that is faster is read more slowly, so
/// nothing is lost.
public record RateLimits(
    @Doc("Messages per second that one client may publish, on average; 0 sets no limit.")
        @Default("0")
        @Limit(min = 0)
        int publishesPerSecond,
    @Doc("Bytes per second of messages that one client may publish; 0 sets no limit.")
        @Default("0")
        @Limit(min = 0)
        long bytesPerSecond,
    @Doc("Connections per second from one address; more are refused. 0 sets no limit.")
        @Default("0")
        @Limit(min = 0)
        int connectsPerSecond,
    @Doc("How far a client may run ahead after it was quiet, in seconds of its rate.")
        @Default("1")
        @Limit(min = 1, max = 3600)
        int burstSeconds) {}
