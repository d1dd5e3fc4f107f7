package io.millrace.store.realtime;

import io.millrace.store.commit.Commit;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// A write in the queue.
record AskedWrite(
    WritePlan plan, WriteGuard guard, Consumer<Commit> also, CompletableFuture<WriteResult> done) {}
