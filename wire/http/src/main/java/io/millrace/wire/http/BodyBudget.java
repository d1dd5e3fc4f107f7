package io.millrace.wire.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicLong;

/// Bounds the memory of all request bodies together: a body takes its share before it is read and
/// gives it back when the request is answered or its connection is gone.
final class BodyBudget implements Handler<RoutingContext> {
  private final long bytesMax;
  private final int oneBodyMax;
  private final AtomicLong taken = new AtomicLong();

  BodyBudget(long bytesMax, int oneBodyMax) {
    this.bytesMax = bytesMax;
    this.oneBodyMax = oneBodyMax;
  }

  @Override
  public void handle(RoutingContext context) {
    long bytes = announced(context);
    if (bytes == 0 || bytes > oneBodyMax) {
      context.next(); // nothing to keep, or refused by its size anyway
      return;
    }
    if (taken.addAndGet(bytes) > bytesMax) {
      taken.addAndGet(-bytes);
      context.fail(
          HttpError.unavailable(
              "Bodies of %d bytes are being received (http.bodiesBytesMax); try again in a second"
                  .formatted(bytesMax)));
      return;
    }
    context.addEndHandler(_ -> taken.addAndGet(-bytes));
    context.next();
  }

  long taken() {
    return taken.get();
  }

  /// A body that does not say its length may become as long as any.
  private long announced(RoutingContext context) {
    var headers = context.request().headers();
    var length = headers.get("Content-Length");
    if (length == null) {
      return headers.contains("Transfer-Encoding") ? oneBodyMax : 0;
    }
    try {
      return Math.max(0, Long.parseLong(length));
    } catch (NumberFormatException e) {
      return 0; // the codec refuses it
    }
  }
}
