package io.millrace.wire.kafkabroker;

import java.nio.file.Path;
import java.time.Duration;

/// How the broker is to run.
///
/// @param directory its own; made when missing
/// @param host address to listen on
/// @param port 0 picks a free one
/// @param advertisedHost what clients are told to dial
/// @param retention how long records are kept, unless a topic says otherwise
/// @param retentionBytes how much of a partition is kept, unless a topic says otherwise
/// @param flushEach whether every write is forced to the disk before it is acknowledged
/// @param closeTimeout longest wait for a stop
public record BrokerOptions(
    Path directory,
    String host,
    int port,
    String advertisedHost,
    int recordBytesMax,
    Duration retention,
    long retentionBytes,
    boolean flushEach,
    Duration closeTimeout) {}
