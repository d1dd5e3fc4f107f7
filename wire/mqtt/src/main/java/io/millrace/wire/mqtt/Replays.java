package io.millrace.wire.mqtt;

import io.millrace.base.runtime.Threads;
import io.millrace.store.messages.MessageLog;
import io.millrace.store.messages.TopicMatcher;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `$replay` subscriptions: each reads the message log on its own virtual thread, from its moment
/// into the present, and ends with its connection.
final class Replays implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Replays.class);

  private final MessageLog messages;
  private final int max;
  private final Map<Key, Replay> running = new ConcurrentHashMap<>();
  private final ExecutorService threads = Threads.virtual("mqtt-replay");

  private record Key(Connection connection, String filter) {}

  Replays(MessageLog messages, int max) {
    this.messages = messages;
    this.max = max;
  }

  int count() {
    return running.size();
  }

  boolean isFull() {
    return running.size() >= max;
  }

  boolean keepsAny() {
    return messages.keepsPublishes();
  }

  /// Starts one; in place of the same filter's.
  void start(Connection connection, Session session, String text, Route route, ReplayFilter asked) {
    var reader = messages.follow(asked.since(), TopicMatcher.of(asked.filter()));
    var replay = new Replay(connection, session, route, reader);
    var key = new Key(connection, text);
    var before = running.put(key, replay);
    if (before != null) {
      before.stop();
    }
    try {
      threads.execute(
          () -> {
            run(replay, connection);
            running.remove(key, replay);
          });
    } catch (RejectedExecutionException closing) {
      running.remove(key, replay);
    }
  }

  private static void run(Replay replay, Connection connection) {
    try {
      replay.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the broker closes
    } catch (RuntimeException e) {
      log.error("A replay for {} failed; its connection goes on without it", connection, e);
    }
  }

  /// Ends one.
  ///
  /// @return false when there is none
  boolean stop(Connection connection, String text) {
    var replay = running.remove(new Key(connection, text));
    if (replay != null) {
      replay.stop();
    }
    return replay != null;
  }

  @Override
  public void close() {
    running.values().forEach(Replay::stop);
    threads.shutdownNow();
  }
}
