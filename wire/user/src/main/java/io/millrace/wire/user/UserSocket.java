package io.millrace.wire.user;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.access.Access;
import io.millrace.engine.access.Authentication;
import io.millrace.engine.access.Caller;
import io.millrace.engine.access.Denial;
import io.millrace.wire.http.HttpError;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One open WebSocket of a user: its caller, its commands one after the other, its subscriptions.
///
/// Commands run on virtual threads, one at a time: reading is paused meanwhile.
final class UserSocket {
  private static final Logger log = LoggerFactory.getLogger(UserSocket.class);
  static final short POLICY_VIOLATION = 1008; // RFC 6455 section 7.4.1

  private final ServerWebSocket socket;
  private final SocketWriter writer;
  private final Access access;
  private final Subscriber subscriber;
  private final Guard guard;
  private final int subscriptionsMax;
  private final Map<Long, Subscription> subscriptions = new ConcurrentHashMap<>();
  private volatile @Nullable String token;
  private volatile @Nullable Caller caller;

  UserSocket(
      ServerWebSocket socket,
      SocketWriter writer,
      Access access,
      Subscriber subscriber,
      Guard guard,
      int subscriptionsMax) {
    this.socket = socket;
    this.writer = writer;
    this.access = access;
    this.subscriber = subscriber;
    this.guard = guard;
    this.subscriptionsMax = subscriptionsMax;
  }

  boolean isSignedIn() {
    return caller != null;
  }

  /// Takes the token of the URL or of an `authCmd`; closes the socket when it is no good.
  boolean signIn(String presented) {
    return switch (access.authenticate(presented)) {
      case Authentication.Known(var known) -> {
        token = presented;
        caller = known;
        yield true;
      }
      case Authentication.Refused(var denial) -> {
        refuse(RouteMount.error(denial).getMessage());
        yield false;
      }
    };
  }

  void refuse(String why) {
    socket.close(POLICY_VIOLATION, why);
  }

  /// Handles one frame of the client; blocks.
  void onText(String text) {
    JsonValue frame;
    try {
      frame = Json.parse(text);
    } catch (JsonSyntaxException e) {
      writer.send(SocketFrame.error(0, HttpError.badRequest(String.valueOf(e.getMessage()))));
      return;
    }
    if (!(frame instanceof JsonObject object)) {
      writer.send(SocketFrame.error(0, HttpError.badRequest("A frame is a JSON object")));
      return;
    }
    var commands = SocketCommand.of(object);
    if (commands.size() > subscriptionsMax) {
      writer.send(
          SocketFrame.error(
              0,
              HttpError.badRequest(
                  "%d commands in one frame; at most %d (user.subscriptionsPerSocket)"
                      .formatted(commands.size(), subscriptionsMax))));
      return;
    }
    for (var command : commands) {
      if (!handled(command)) {
        return;
      }
    }
  }

  /// False when the socket was closed for it.
  private boolean handled(SocketCommand command) {
    if (command.kind() == SocketCommand.Kind.AUTH) {
      return signIn(command.text("token", ""));
    }
    var known = caller;
    if (known == null) {
      refuse("Sign in first: send authCmd with a token");
      return false;
    }
    try {
      known.call(
          () -> {
            handle(command);
            return command;
          });
    } catch (HttpError | IllegalArgumentException e) {
      writer.send(SocketFrame.error(command.id(), e));
    } catch (RuntimeException e) {
      log.error("Command {} of {} failed", command.kind(), known.email(), e);
      writer.send(SocketFrame.error(command.id(), e));
    }
    return true;
  }

  private void handle(SocketCommand command) {
    long id = command.id();
    if (command.isUnsubscribe()) {
      drop(id);
      return;
    }
    if (command.kind() == SocketCommand.Kind.TIMESERIES_HISTORY) {
      writer.send(subscriber.history(command));
      return;
    }
    if (command.isMark()) {
      subscriber.markRead(command);
      return;
    }
    var before = subscriptions.get(id);
    if (before instanceof EntityDataSubscription data && !command.json().has("query")) {
      data.more(command, writer); // ThingsBoard: more of what an earlier command found
      return;
    }
    drop(id);
    if (subscriptions.size() >= subscriptionsMax) {
      throw HttpError.badRequest(
          "This socket has %d subscriptions (user.subscriptionsPerSocket); close some"
              .formatted(subscriptionsMax));
    }
    subscriptions.put(id, subscriber.begin(command, writer));
    if (socket.isClosed()) {
      closed();
    }
  }

  private void drop(long id) {
    var subscription = subscriptions.remove(id);
    if (subscription != null) {
      subscription.close();
    }
  }

  /// Looks again whether the caller is still who the token says and may still see what is watched.
  void check() {
    var presented = token;
    if (presented == null || socket.isClosed()) {
      return;
    }
    switch (access.authenticate(presented)) {
      case Authentication.Known(var known) -> {
        caller = known;
        subscriptions.forEach((id, subscription) -> check(known, id, subscription));
        socket.writePing(Buffer.buffer());
      }
      case Authentication.Refused(var denial) -> {
        // ThingsBoard: an open socket outlives its token, but not the log-out
        if (denial.reason() != Denial.Reason.TOKEN_EXPIRED) {
          refuse("The session has ended");
        } else {
          socket.writePing(Buffer.buffer());
        }
      }
    }
  }

  private void check(Caller known, long id, Subscription subscription) {
    try {
      known.call(
          () -> {
            subscription.entities().forEach(guard::tenantOf);
            return id;
          });
    } catch (HttpError e) {
      drop(id);
      writer.send(SocketFrame.error(id, e));
    }
  }

  /// Works out again what only a new query can tell.
  void refresh() {
    var known = caller;
    if (known == null || socket.isClosed()) {
      return;
    }
    subscriptions.forEach(
        (id, subscription) -> {
          try {
            known.call(
                () -> {
                  subscription.refresh(writer);
                  return id;
                });
          } catch (RuntimeException e) {
            log.debug("Subscription {} of {} was not worked out again", id, known.email(), e);
          }
        });
  }

  /// The socket has gone: ends all watches.
  void closed() {
    subscriptions.keySet().forEach(this::drop);
  }

  void close() {
    socket.close((short) 1001, "Millrace is stopping");
  }
}
