package io.millrace.wire.realtime;

import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Scheduler;
import io.millrace.base.runtime.Threads;
import io.millrace.store.realtime.Database;
import io.millrace.store.realtime.TooManyException;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All open event streams.
final class EventStreams implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EventStreams.class);
  private static final Duration EXPIRY_CHECK = Duration.ofSeconds(1);
  private final Config config;
  private final Rest rest;
  private final Gate gate;
  private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
  private final Scheduler.Cancel keepAlives;
  private final Scheduler.Cancel expiries;
  private final ExecutorService indexing = Threads.virtual("realtime-index");

  EventStreams(
      Config config,
      Rest rest,
      Gate gate,
      RulesBook rules,
      Scheduler scheduler,
      Counters counters) {
    this.config = config;
    this.rest = rest;
    this.gate = gate;
    rules.onChange(this::recheck);
    counters.gauge("realtime.event_streams", open::size);
    keepAlives = scheduler.every(config.keepAlive(), () -> open.forEach(EventStream::keepAlive));
    expiries = scheduler.every(EXPIRY_CHECK, () -> open.forEach(this::endExpired));
  }

  /// Begins a stream on the request's event loop.
  ///
  /// @throws RestException when it cannot begin
  void begin(RestRequest request, RoutingContext context) {
    var name = rest.databaseName(request);
    var caller = gate.caller(request, name);
    var query = QueryParameters.of(request);
    var path = RestUrl.of(request.path());
    rest.checkMayExist(name);
    rest.checkMayRead(caller, name, path, query);
    if (open.size() >= config.connectionsMax()) {
      throw new RestException(503, "Too many event streams are open (realtime.connectionsMax)");
    }
    var database = rest.listenable(request, caller);
    var response =
        context
            .response()
            .setChunked(true)
            .putHeader("Content-Type", "text/event-stream; charset=utf-8")
            .putHeader("Cache-Control", "no-cache")
            .putHeader("Content-Encoding", "identity"); // a compressor would hold events back
    var loop = context.vertx().getOrCreateContext();
    var asked = new EventStream.Asked(caller, name, path, query);
    var stream = new EventStream(loop, response, asked, config.waitingBytesMax());
    open.add(stream); // before the first event, which the reader may answer at once
    if (database.isReady(path, query)) {
      listen(database, stream, response);
    } else { // a long list has to be put in order first; the loop is for others meanwhile
      indexing.execute(
          () -> {
            database.makeReady(path, query);
            loop.runOnContext(_ -> listenLater(database, stream, response));
          });
    }
  }

  private void listenLater(Database database, EventStream stream, HttpServerResponse response) {
    if (response.closed()) {
      open.remove(stream);
      return;
    }
    try {
      listen(database, stream, response);
    } catch (RestException e) {
      log.warn("An event stream is ended before it began: {}", e.getMessage());
      var _ = response.end();
    }
  }

  private void listen(Database database, EventStream stream, HttpServerResponse response) {
    try {
      var listening = database.listen(stream.asked().path(), stream);
      response.closeHandler(
          _ -> {
            open.remove(stream);
            listening.stop();
          });
    } catch (TooManyException e) {
      open.remove(stream);
      throw new RestException(503, String.valueOf(e.getMessage()));
    }
  }

  private void recheck(String database) {
    for (var stream : open) {
      if (stream.asked().database().equals(database)
          && !rest.mayRead(
              stream.asked().caller(), database, stream.asked().path(), stream.asked().query())) {
        stream.cancel();
      }
    }
  }

  private void endExpired(EventStream stream) {
    if (gate.isOver(stream.asked().caller())) {
      stream.revoke();
    }
  }

  @Override
  public void close() {
    keepAlives.cancel();
    expiries.cancel();
    indexing.shutdown();
  }
}
