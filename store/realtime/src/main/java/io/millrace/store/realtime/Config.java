package io.millrace.store.realtime;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;

/// Settings of the realtime databases, `realtime.*`.
public record Config(
    @Doc("Most databases that may exist.") @Default("1000") @Limit(min = 1, max = 100_000)
        int databasesMax,
    @Doc("Deepest place a value may stand at, in keys from the root.")
        @Default("32")
        @Limit(min = 1, max = 100)
        int depthMax,
    @Doc("Longest key, in UTF-8 bytes.") @Default("768") @Limit(min = 1, max = 4096)
        int keyBytesMax,
    @Doc("Longest string value, in characters.")
        @Default("10485760")
        @Limit(min = 1, max = 20_000_000)
        int stringLengthMax,
    @Doc("Most memory that the tree of one database may take, in bytes; it is held in memory.")
        @Default("1073741824")
        @Limit(min = 1024)
        long treeBytesMax,
    @Doc("Most writes that may wait for the writer of one database; more are refused.")
        @Default("100000")
        @Limit(min = 1, max = 10_000_000)
        int waitingWritesMax,
    @Doc("Most writes that share one synced commit.")
        @Default("2000")
        @Limit(min = 1, max = 100_000)
        int groupWritesMax,
    @Doc("Most listeners at one database.") @Default("200000") @Limit(min = 1, max = 10_000_000)
        int listenersMax,
    @Doc("Threads that apply writes; each database is served by one at a time.")
        @Default("2")
        @Limit(min = 1, max = 64)
        int writerThreads,
    @Doc("Most writes of one database that can be looked up and undone; 0 keeps none.")
        @Default("10000")
        @Limit(min = 0, max = 10_000_000)
        int historyWrites,
    @Doc("What a write replaces is kept to be undone up to this size, in bytes of memory.")
        @Default("262144")
        @Limit(min = 0, max = 67_108_864)
        long historyBytesMax) {}
