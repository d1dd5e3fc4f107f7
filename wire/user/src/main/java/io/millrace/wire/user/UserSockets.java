package io.millrace.wire.user;

import io.millrace.base.runtime.Scheduler;
import io.millrace.base.runtime.Threads;
import io.millrace.engine.access.Access;
import io.millrace.wire.http.HttpListener;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The WebSocket paths `/api/ws` and `/api/ws/plugins/telemetry`, and all sockets open on them.
final class UserSockets implements AutoCloseable {
  private static final String TOKEN = "token=";

  private final Config config;
  private final Access access;
  private final Subscriber subscriber;
  private final Guard guard;
  private final Scheduler scheduler;
  private final Scheduler.Cancel checks;
  private final Scheduler.Cancel refreshes;
  private final LongAdder frames;
  private final ExecutorService threads = Threads.virtual("user-socket");
  private final Set<UserSocket> open = ConcurrentHashMap.newKeySet();

  UserSockets(Config config, UserApi.Parts parts, Guard guard, Subscriber subscriber) {
    this.config = config;
    this.access = parts.access();
    this.subscriber = subscriber;
    this.guard = guard;
    this.scheduler = parts.scheduler();
    this.checks =
        scheduler.every(
            config.socketCheckInterval(), () -> execute(() -> open.forEach(UserSocket::check)));
    this.refreshes =
        scheduler.every(
            config.queryRefreshInterval(), () -> execute(() -> open.forEach(UserSocket::refresh)));
    this.frames = parts.counters().count("user.socket_frames_received");
    parts.counters().gauge("user.sockets", open::size);
  }

  void mount(HttpListener listener) {
    listener.webSocket("/api/ws", this::accept);
    listener.webSocket("/api/ws/plugins/telemetry", this::accept);
    listener.webSocket("/api/ws/plugins/notifications", this::accept);
  }

  /// On the socket's event loop.
  private void accept(ServerWebSocket socket) {
    if (open.size() >= config.socketsMax()) {
      socket.close(
          UserSocket.POLICY_VIOLATION,
          "%d sockets are open (user.socketsMax)".formatted(config.socketsMax()));
      return;
    }
    var context = Vertx.currentContext();
    var writer = new SocketWriter(socket, context);
    var user =
        new UserSocket(socket, writer, access, subscriber, guard, config.subscriptionsPerSocket());
    open.add(user);
    socket.closeHandler(
        _ -> {
          open.remove(user);
          user.closed();
        });
    socket.textMessageHandler(
        text -> {
          frames.increment();
          inTurn(socket, writer, () -> user.onText(text));
        });
    var token = token(socket.query());
    if (token.isEmpty()) {
      scheduler.after(config.socketLoginTimeout(), () -> checkSignedIn(user));
    } else {
      inTurn(socket, writer, () -> user.signIn(token));
    }
  }

  private static void checkSignedIn(UserSocket user) {
    if (!user.isSignedIn()) {
      user.refuse("No token came in time (user.socketLoginTimeout)");
    }
  }

  /// Runs blocking work for a socket, which is not read from before that is done and the client has
  /// taken the answer: who asks without listening waits.
  private void inTurn(ServerWebSocket socket, SocketWriter writer, Runnable work) {
    socket.pause();
    execute(
        () -> {
          try {
            work.run();
          } finally {
            writer.whenDrained(socket::resume);
          }
        });
  }

  private void execute(Runnable work) {
    try {
      threads.execute(work);
    } catch (RejectedExecutionException closing) {
      // the sockets are being closed
    }
  }

  private static String token(@Nullable String query) {
    if (query != null) {
      for (var parameter : query.split("&")) {
        if (parameter.startsWith(TOKEN)) {
          return URLDecoder.decode(parameter.substring(TOKEN.length()), StandardCharsets.UTF_8);
        }
      }
    }
    return "";
  }

  @Override
  public void close() {
    checks.cancel();
    refreshes.cancel();
    open.forEach(UserSocket::close);
    threads.shutdown();
  }
}
