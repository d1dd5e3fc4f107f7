package io.millrace.wire.user;

import io.millrace.base.json.JsonValue;
import io.vertx.core.Context;
import io.vertx.core.http.ServerWebSocket;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Writes frames as fast as the client takes them: while its queue is full, news stay in their
/// watches, which keep the latest of each key.
final class SocketWriter {
  private static final int QUEUE_BYTES_MAX = 256 << 10;

  private final ServerWebSocket socket;
  private final Context context;
  private final ConcurrentLinkedQueue<Subscription> withNews = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean draining = new AtomicBoolean();
  private @Nullable Runnable waiting; // on the event loop only

  SocketWriter(ServerWebSocket socket, Context context) {
    this.socket = socket;
    this.context = context;
    socket.setWriteQueueMaxSize(QUEUE_BYTES_MAX);
    socket.drainHandler(_ -> drained());
  }

  /// Runs `next` on the socket's event loop when the client has taken what was written.
  void whenDrained(Runnable next) {
    context.runOnContext(
        _ -> {
          if (socket.writeQueueFull()) {
            waiting = next;
          } else {
            next.run();
          }
        });
  }

  /// An answer to a command. Any thread.
  void send(JsonValue frame) {
    if (!socket.isClosed()) {
      socket.writeTextMessage(frame.toString());
    }
  }

  /// A subscription has something to tell. Any thread, never blocks; each subscription is in the
  /// queue once per news, so the queue is bounded by the subscriptions.
  void hasNews(Subscription subscription) {
    withNews.add(subscription);
    if (draining.compareAndSet(false, true)) {
      context.runOnContext(
          _ -> {
            draining.set(false);
            drain();
          });
    }
  }

  private void drained() {
    var next = waiting;
    if (next != null) {
      waiting = null;
      next.run();
    }
    drain();
  }

  private void drain() {
    while (!socket.isClosed() && !socket.writeQueueFull()) {
      var subscription = withNews.poll();
      if (subscription == null) {
        return;
      }
      subscription.next().ifPresent(this::send);
    }
  }
}
