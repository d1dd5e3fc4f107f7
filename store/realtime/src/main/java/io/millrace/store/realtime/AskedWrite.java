package io.millrace.store.realtime;

import java.util.concurrent.CompletableFuture;

/// A write in the queue.
///
/// @param by who asked, for the history
record AskedWrite(
    WritePlan plan,
    WriteGuard guard,
    WriteAddition also,
    String by,
    CompletableFuture<WriteResult> done) {}
