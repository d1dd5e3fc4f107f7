package io.millrace.wire.mqtt;

import io.millrace.store.messages.LoggedPublish;
import io.millrace.store.messages.PublishReader;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// One client's way through the log: reads a lot, hands it to the client's event loop as far as
/// there is room, and reads on when it is gone. So a slow client waits in the log, not in memory.
final class Replay {
  private static final int LOT = 500;
  private static final int LOT_BYTES = 1 << 20;
  private static final int QUEUED_MAX = 200;
  private static final long LOOK_MS = 500; // how long a connection's end may stay unnoticed
  private static final long ROOM_MS = 5;

  private final Connection connection;
  private final Session session;
  private final Route route;
  private final PublishReader reader;
  private volatile boolean stopped;

  Replay(Connection connection, Session session, Route route, PublishReader reader) {
    this.connection = connection;
    this.session = session;
    this.route = route;
    this.reader = reader;
  }

  void stop() {
    stopped = true;
  }

  /// On a thread of its own, until the connection ends.
  void run() throws InterruptedException {
    while (isWanted()) {
      var lot = reader.next(LOT, LOT_BYTES, LOOK_MS);
      if (!lot.isEmpty()) {
        give(lot);
      }
    }
  }

  private boolean isWanted() {
    return !stopped && connection.isConnected();
  }

  private void give(List<LoggedPublish> lot) throws InterruptedException {
    var given = new CompletableFuture<Void>();
    connection.shard().later(() -> give(lot, 0, given));
    try {
      given.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("A lot of messages could not be handed over", e.getCause());
    }
  }

  /// On the event loop.
  private void give(List<LoggedPublish> lot, int from, CompletableFuture<Void> given) {
    try {
      int next = from;
      while (next < lot.size() && isWanted() && hasRoom()) {
        deliver(lot.get(next++));
      }
      if (next == lot.size() || !isWanted()) {
        given.complete(null);
      } else {
        int rest = next;
        var _ =
            connection
                .shard()
                .loop
                .schedule(() -> give(lot, rest, given), ROOM_MS, TimeUnit.MILLISECONDS);
      }
    } catch (RuntimeException e) {
      given.completeExceptionally(e);
    }
  }

  private boolean hasRoom() {
    return connection.output().isWritable() && session.outbound().queued() < QUEUED_MAX;
  }

  private void deliver(LoggedPublish logged) {
    int qos = Math.min(logged.qos(), route.qos()); // [MQTT-3.8.4-8]
    session.deliver(LoggedProperties.message(logged), qos, false, route.identifiers());
  }
}
