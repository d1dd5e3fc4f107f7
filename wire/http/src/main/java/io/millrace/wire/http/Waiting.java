package io.millrace.wire.http;

import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Waits, on the main thread at start and stop, for what Vert.x does in the background.
final class Waiting {
  private static final Logger log = LoggerFactory.getLogger(Waiting.class);

  private Waiting() {}

  /// Waits for an end that may as well not come: closing goes on with the next part.
  static void await(Future<Void> end, long timeout, TimeUnit unit) {
    try {
      end.toCompletionStage().toCompletableFuture().get(timeout, unit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      log.warn("An HTTP part did not close cleanly", e.getCause());
    } catch (TimeoutException e) {
      log.warn(
          "HTTP connections were still open after {} ms; leaving them", unit.toMillis(timeout));
    }
  }
}
