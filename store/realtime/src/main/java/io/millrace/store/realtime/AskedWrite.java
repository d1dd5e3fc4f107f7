package io.millrace.store.realtime;

import java.util.concurrent.CompletableFuture;

/// A write in the queue.
record AskedWrite(
    WritePlan plan, WriteGuard guard, WriteAddition also, CompletableFuture<WriteResult> done) {}
