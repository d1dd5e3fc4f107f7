package io.millrace.store.messages;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;
import java.time.Duration;
import java.util.List;

/// Settings `messages.*`.
public record Config(
    @Doc("Keep every message of a device as it came, for replay, traces and its raw messages.")
        @Default("true")
        boolean devices,
    @Doc(
            "Topic filters of published MQTT messages that are kept, for $replay; empty keeps none."
                + " Topics that begin with $ are never kept.")
        @Default("#")
        List<String> topics,
    @Doc("Messages older than this are dropped.") @Default("7d") Duration age,
    @Doc(
            "Space on disk that kept messages may take, half of it for devices and half for"
                + " published messages; the oldest are dropped first.")
        @Default("1GB")
        @Limit(min = 1 << 20)
        long bytes,
    @Doc(
            "Bytes per second of published messages that are kept; what is published faster is"
                + " delivered as ever, but not kept, and counted.")
        @Default("16MB")
        @Limit(min = 1024)
        long publishBytesPerSecond,
    @Doc("Bytes of published messages that wait to be written; further ones are not kept.")
        @Default("16MB")
        @Limit(min = 65_536)
        long bufferBytes,
    @Doc("Longest time that a published message waits for others before it is written.")
        @Default("20ms")
        Duration gather) {}
