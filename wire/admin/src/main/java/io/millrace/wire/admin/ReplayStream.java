package io.millrace.wire.admin;

import io.millrace.base.runtime.Clock;
import io.millrace.store.messages.LoggedPublish;
import io.millrace.store.messages.MessageLog;
import io.millrace.store.messages.PublishReader;
import io.millrace.store.messages.TopicMatcher;
import io.millrace.wire.http.HttpError;
import io.millrace.wire.mqtt.ReplayFilter;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A replay as an event stream: what the log holds since a moment, then what comes. One event per
/// message. A slow reader is waited for; it reads the log, not memory.
final class ReplayStream {
  private static final int LOT = 500;
  private static final int LOT_BYTES = 1 << 20;
  private static final long LOOK_MS = 500;
  private static final int QUIET_LOOKS = 30; // a comment now and then keeps the connection open
  private static final long DRAIN_SECONDS = 60;

  private final MessageLog log;
  private final Clock clock;
  private final Semaphore free;
  private final int max;

  ReplayStream(MessageLog log, Clock clock, int max) {
    this.log = log;
    this.clock = clock;
    this.max = max;
    this.free = new Semaphore(max);
  }

  void routes(Routes routes) {
    routes.stream("/api/mqtt/replay", this::answer);
  }

  private void answer(Call call) throws InterruptedException {
    var filter = TopicMatcher.of(call.required("filter"));
    long since = ReplayFilter.since(call.query("since").orElse("0s"), clock.millis());
    if (!log.keepsPublishes()) {
      throw HttpError.badRequest("messages.topics is empty: nothing is kept to replay");
    }
    if (!free.tryAcquire()) {
      throw HttpError.tooMany(
          "%d replays are under way (admin.replaysMax); end one".formatted(max), 1);
    }
    try {
      stream(call.context().response(), log.follow(since, filter));
    } finally {
      free.release();
    }
  }

  private static void stream(HttpServerResponse response, PublishReader reader)
      throws InterruptedException {
    response
        .setChunked(true)
        .putHeader("Content-Type", "text/event-stream")
        .putHeader("Cache-Control", "no-store");
    write(response, ": replay\n\n");
    for (int quiet = 0; !response.closed(); ) {
      var lot = reader.next(LOT, LOT_BYTES, LOOK_MS);
      quiet = lot.isEmpty() ? quiet + 1 : 0;
      if (!lot.isEmpty()) {
        write(response, events(lot));
      } else if (quiet == QUIET_LOOKS) {
        quiet = 0;
        write(response, ": quiet\n\n");
      }
    }
  }

  private static String events(List<LoggedPublish> lot) {
    var text = new StringBuilder();
    for (var message : lot) {
      text.append("data: ").append(MessagesApi.shape(message)).append("\n\n");
    }
    return text.toString();
  }

  /// Returns when the reader has room again.
  private static void write(HttpServerResponse response, String text) throws InterruptedException {
    var _ = response.write(text);
    if (!response.writeQueueFull() || response.closed()) {
      return;
    }
    var room = new CompletableFuture<Void>();
    response.drainHandler(_ -> room.complete(null));
    if (!response.writeQueueFull()) {
      return;
    }
    try {
      room.get(DRAIN_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      response.reset(); // it reads nothing at all
    }
  }
}
