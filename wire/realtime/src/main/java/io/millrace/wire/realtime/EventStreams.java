package io.millrace.wire.realtime;

import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Scheduler;
import io.millrace.store.realtime.TooManyException;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// All open event streams.
final class EventStreams implements AutoCloseable {
  private final Config config;
  private final Rest rest;
  private final Gate gate;
  private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
  private final Scheduler.Cancel keepAlives;

  EventStreams(Config config, Rest rest, Gate gate, Scheduler scheduler, Counters counters) {
    this.config = config;
    this.rest = rest;
    this.gate = gate;
    counters.gauge("realtime.event_streams", open::size);
    keepAlives = scheduler.every(config.keepAlive(), () -> open.forEach(EventStream::keepAlive));
  }

  /// Begins a stream on the request's event loop.
  ///
  /// @throws RestException when it cannot begin
  void begin(RestRequest request, RoutingContext context) {
    var caller = gate.caller(request);
    var query = QueryParameters.of(request);
    var path = RestUrl.of(request.path());
    if (!gate.mayRead(caller)) {
      throw Rest.denied();
    }
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
    var stream = new EventStream(loop, response, path, query, config.waitingBytesMax());
    try {
      var listening = database.listen(path, stream);
      open.add(stream);
      response.closeHandler(
          _ -> {
            open.remove(stream);
            listening.stop();
          });
    } catch (TooManyException e) {
      throw new RestException(503, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    keepAlives.cancel();
  }
}
