package io.millrace.wire.realtime;

import io.millrace.base.json.JsonObject;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Scheduler;
import io.millrace.store.realtime.RealtimeStore;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All open SDK sockets, and their sessions by id.
final class SdkSockets implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SdkSockets.class);

  private static final Duration EXPIRY_CHECK = Duration.ofSeconds(1);

  private final Config config;
  private final RealtimeStore store;
  private final Rest rest;
  private final Gate gate;
  private final Clock clock;
  private final RandomGenerator random;
  private final Vertx vertx;
  private final Map<String, SdkSocket> open = new ConcurrentHashMap<>();
  private final Scheduler.Cancel idleCheck;
  private final Scheduler.Cancel expiryCheck;

  SdkSockets(
      Config config,
      RealtimeStore store,
      Rest rest,
      Gate gate,
      RulesBook rules,
      Clock clock,
      Scheduler scheduler,
      RandomGenerator random,
      Counters counters,
      Vertx vertx) {
    this.config = config;
    this.store = store;
    this.rest = rest;
    this.gate = gate;
    rules.onChange(this::recheck);
    this.clock = clock;
    this.random = random;
    this.vertx = vertx;
    counters.gauge("realtime.sdk_sockets", open::size);
    expiryCheck = scheduler.every(EXPIRY_CHECK, this::endExpired);
    idleCheck = scheduler.every(config.socketIdle().dividedBy(4), this::closeIdle);
  }

  /// Begins a session on the socket's event loop.
  void begin(ServerWebSocket socket) {
    var request = HttpRequests.read(socket);
    var host = request.host();
    try {
      if (open.size() >= config.connectionsMax()) {
        throw new RestException(503, "Too many sockets are open (realtime.connectionsMax)");
      }
      var database = new SdkDatabase(rest.databaseName(request), store, rest);
      rest.checkMayExist(database.name());
      request.parameter("ls").map(open::get).ifPresent(SdkSocket::replaced);
      var id = newId();
      var opened = new SdkSocket(socket, vertx.getOrCreateContext(), config, clock);
      opened.start(new SdkSession(id, opened, database, gate, request.isLocal()));
      open.put(id, opened);
      socket.closeHandler(
          _ -> {
            open.remove(id);
            opened.session().end();
          });
      opened.send(SdkMessages.hello(clock.millis(), host, id));
    } catch (RestException e) {
      log.debug("An SDK socket from {} is refused: {}", socket.remoteAddress(), e.getMessage());
      refuse(socket, SdkMessages.shutdown(String.valueOf(e.getMessage())));
    }
  }

  private static void refuse(ServerWebSocket socket, JsonObject reason) {
    var _ = socket.writeTextMessage(reason.toString()).onComplete(_ -> socket.close());
  }

  private String newId() {
    var bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private void closeIdle() {
    long idleNanos = config.socketIdle().toNanos();
    open.values().stream().filter(s -> s.isSilentFor(idleNanos)).forEach(SdkSocket::close);
  }

  private void recheck(String database) {
    open.values().forEach(socket -> socket.session().recheck(database));
  }

  private void endExpired() {
    open.values().forEach(socket -> socket.session().endExpired());
  }

  @Override
  public void close() {
    expiryCheck.cancel();
    idleCheck.cancel();
    open.values().forEach(SdkSocket::replaced);
  }
}
