package io.millrace.wire.realtime;

import io.millrace.base.json.JsonObject;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Scheduler;
import io.netty.channel.Channel;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All open SDK sockets.
final class SdkSockets implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SdkSockets.class);
  private static final Duration EXPIRY_CHECK = Duration.ofSeconds(1);

  private final Config config;
  private final SessionMaker sessions;
  private final LongPolls polls;
  private final Clock clock;
  private final Vertx vertx;
  private final Set<SdkSocket> open = ConcurrentHashMap.newKeySet();
  private final Scheduler.Cancel idleCheck;
  private final Scheduler.Cancel expiryCheck;

  SdkSockets(
      Config config,
      SessionMaker sessions,
      LongPolls polls,
      Clock clock,
      Scheduler scheduler,
      Counters counters,
      Vertx vertx) {
    this.config = config;
    this.sessions = sessions;
    this.polls = polls;
    this.clock = clock;
    this.vertx = vertx;
    counters.gauge("realtime.sdk_sockets", open::size);
    expiryCheck = scheduler.every(EXPIRY_CHECK, sessions::endExpired);
    idleCheck = scheduler.every(config.socketIdle().dividedBy(4), this::closeIdle);
  }

  /// Begins a session on the socket's event loop, or lets the socket take one over.
  void begin(ServerWebSocket socket, Channel channel) {
    var request = HttpRequests.read(socket);
    var taken = request.parameter("s");
    if (taken.isPresent()) {
      if (!polls.join(taken.get(), socket)) {
        refuse(socket, SdkMessages.reset(request.host()));
      }
      return;
    }
    try {
      begin(socket, channel, request);
    } catch (RestException e) {
      log.debug("An SDK socket from {} is refused: {}", socket.remoteAddress(), e.getMessage());
      refuse(socket, SdkMessages.shutdown(String.valueOf(e.getMessage())));
    }
  }

  private void begin(ServerWebSocket socket, Channel channel, RestRequest request) {
    sessions.checkRoom();
    var opened = new SdkSocket(socket, channel, vertx.getOrCreateContext(), config, clock);
    var session = sessions.begin(request, opened, opened::close);
    opened.start(session);
    open.add(opened);
    socket.closeHandler(
        _ -> {
          open.remove(opened);
          sessions.ended(session);
        });
    opened.send(SdkMessage.of(SdkMessages.hello(clock.millis(), request.host(), session.id())));
  }

  private static void refuse(ServerWebSocket socket, JsonObject reason) {
    var _ = socket.writeTextMessage(reason.toString()).onComplete(_ -> socket.close());
  }

  private void closeIdle() {
    long idleNanos = config.socketIdle().toNanos();
    open.stream().filter(s -> s.isSilentFor(idleNanos)).forEach(SdkSocket::close);
  }

  @Override
  public void close() {
    expiryCheck.cancel();
    idleCheck.cancel();
    sessions.closeAll();
  }
}
