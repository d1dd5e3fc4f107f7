package io.millrace.engine.pipeline;

import io.millrace.base.runtime.Refusal;
import io.millrace.engine.rules.BatchContext;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Work that came from inside, as a person's acknowledgement of an alarm.
final class ExecuteJob<T> implements Job {
  private final Function<BatchContext, T> work;
  private final CompletableFuture<T> future = new CompletableFuture<>();
  private @Nullable T result;

  ExecuteJob(Function<BatchContext, T> work) {
    this.work = work;
  }

  CompletableFuture<T> future() {
    return future;
  }

  @Override
  public void run(Batch batch) {
    result = work.apply(batch);
  }

  @Override
  @SuppressWarnings("NullAway") // null only when T may be null and work returned it
  public void done() {
    future.complete(result);
  }

  @Override
  public void refused(Refusal refusal) {
    future.completeExceptionally(new RefusedException(refusal));
  }

  @Override
  public void failed(Throwable fault) {
    future.completeExceptionally(fault);
  }

  @Override
  public long bytes() {
    return 0;
  }
}
