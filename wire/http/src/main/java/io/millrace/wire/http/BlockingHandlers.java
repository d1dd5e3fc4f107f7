package io.millrace.wire.http;

import io.millrace.base.runtime.Threads;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/// Runs handlers that block, each request on its own virtual thread, so many at once at most.
public final class BlockingHandlers implements AutoCloseable {
  private final ExecutorService threads = Threads.virtual("http");
  private final Semaphore free;
  private final int requestsMax;

  BlockingHandlers(int requestsMax) {
    this.requestsMax = requestsMax;
    this.free = new Semaphore(requestsMax);
  }

  /// A route handler that never blocks the event loop. The body must have been read before.
  public Handler<RoutingContext> of(BlockingHandler handler) {
    return context -> {
      if (!free.tryAcquire()) {
        context.fail(
            HttpError.unavailable(
                "%d requests are being worked on (http.requestsMax); try again in a second"
                    .formatted(requestsMax)));
        return;
      }
      try {
        threads.execute(() -> run(handler, context));
      } catch (RejectedExecutionException closing) {
        free.release();
        context.fail(HttpError.unavailable("Millrace is stopping; try again in a moment"));
      }
    };
  }

  private void run(BlockingHandler handler, RoutingContext context) {
    try {
      handler.handle(context);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(context, HttpError.unavailable("Millrace is stopping; try again in a moment"));
    } catch (Exception e) {
      fail(context, e);
    } finally {
      free.release();
    }
  }

  private static void fail(RoutingContext context, Throwable why) {
    context.vertx().runOnContext(_ -> context.fail(why));
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
