package io.millrace.wire.realtime;

import io.millrace.engine.security.SecurityRules.ReadDecision;
import io.millrace.store.realtime.Database;
import io.millrace.store.realtime.Node;
import io.millrace.store.realtime.TooManyException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a session listens to, for as long as it may. All on the session's loop.
final class SdkListens {
  private static final Logger log = LoggerFactory.getLogger(SdkListens.class);

  private record Open(SdkListen listen, Database.Listening listening, ReadWatch watch) {
    void stop() {
      listening.stop();
      watch.stop();
    }
  }

  private final String session;
  private final Consumer<Runnable> onLoop;
  private final Consumer<SdkListen> revoked;
  private final Map<SdkListen.Key, Open> open = new HashMap<>();

  /// @param onLoop does work on the session's loop, after what is there already. Any thread.
  /// @param revoked tells the client that it hears no more
  SdkListens(String session, Consumer<Runnable> onLoop, Consumer<SdkListen> revoked) {
    this.session = session;
    this.onLoop = onLoop;
    this.revoked = revoked;
  }

  /// Begins to listen.
  ///
  /// @param decide whether the caller may read that of a tree
  /// @throws TooManyException when too many listen already
  void open(SdkListen listen, Database database, Function<Node, ReadDecision> decide) {
    var key = listen.key();
    var watch = new ReadWatch(database, decide, () -> onLoop.accept(() -> revokeIfForbidden(key)));
    open.put(key, new Open(listen, database.listen(key.path(), listen), watch));
    onLoop.accept(() -> revokeIfForbidden(key)); // begins the watch, after the first data
  }

  boolean isOpen(SdkListen listen) {
    var found = open.get(listen.key());
    return found != null && found.listen == listen;
  }

  void stop(SdkListen.Key key) {
    var ended = open.remove(key);
    if (ended != null) {
      ended.stop();
    }
  }

  /// Decides all of them again.
  void revokeForbidden() {
    List.copyOf(open.keySet()).forEach(this::revokeIfForbidden);
  }

  private void revokeIfForbidden(SdkListen.Key key) {
    var found = open.get(key);
    if (found != null && !isAllowed(found.watch)) {
      stop(key);
      revoked.accept(found.listen);
    }
  }

  private boolean isAllowed(ReadWatch watch) {
    try {
      return watch.isAllowed();
    } catch (TooManyException e) {
      log.warn("A listen of SDK session {} is cancelled: {}", session, e.getMessage());
      return false; // nobody would notice when it may no longer read
    }
  }

  void close() {
    open.values().forEach(Open::stop);
    open.clear();
  }
}
