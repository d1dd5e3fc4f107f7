package io.millrace.wire.kafka;

import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Threads;
import io.millrace.wire.http.HttpError;
import io.millrace.wire.http.HttpListener;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// Live records: `GET /api/kafka/topics/{topic}/live` as Server-Sent Events and the WebSocket
/// `/api/kafka/ws?topic=…&token=…`. A virtual thread and a consumer outside of any group each.
final class LiveApi implements AutoCloseable {
  private final KafkaConnection kafka;
  private final ApiConfig config;
  private final KafkaCallers callers;
  private final TopicFigures figures;
  private final SchemaValues schemas;
  private final Clock clock;
  private final ExecutorService threads = Threads.virtual("kafka-live");
  private final Set<LiveOutput> open = ConcurrentHashMap.newKeySet();

  LiveApi(
      KafkaConnection kafka,
      ApiConfig config,
      KafkaCallers callers,
      TopicFigures figures,
      SchemaValues schemas,
      Clock clock,
      Counters counters) {
    this.kafka = kafka;
    this.config = config;
    this.callers = callers;
    this.figures = figures;
    this.schemas = schemas;
    this.clock = clock;
    counters.gauge("kafka.live_views", open::size);
  }

  void mount(HttpListener listener, KafkaRoutes routes) {
    routes.stream("/api/kafka/topics/:topic/live", this::stream);
    listener.webSocket("/api/kafka/ws", this::accept);
  }

  private void stream(RoutingContext context) throws Exception {
    var request = new KafkaRequest(context);
    var topic = request.path("topic");
    boolean isFromEarliest = fromEarliest(request.query("from").orElse("latest"));
    checkRoom();
    figures.of(List.of(topic)); // a missing topic is a 404, not a stream with an error in it
    var token = callers.token(context);
    var output = new EventStreamOutput(context.response());
    begin(topic, isFromEarliest, RecordFilter.of(request), output, token);
  }

  /// On the socket's event loop.
  private void accept(ServerWebSocket socket) {
    var query = query(socket.query());
    var output = new SocketOutput(socket);
    try {
      checkRoom();
      var topic = query.getOrDefault("topic", "");
      if (topic.isEmpty()) {
        throw HttpError.badField("topic", "is missing; open /api/kafka/ws?topic=NAME&token=TOKEN");
      }
      boolean isFromEarliest = fromEarliest(query.getOrDefault("from", "latest"));
      var filter = new RecordFilter(query.get("key"), query.getOrDefault("contains", ""));
      begin(topic, isFromEarliest, filter, output, query.getOrDefault("token", ""));
    } catch (HttpError e) {
      output.end(e.getMessage());
    }
  }

  private void begin(
      String topic, boolean isFromEarliest, RecordFilter filter, LiveOutput output, String token) {
    var view =
        new LiveView(
            filter, clock, config.viewRecordsPerSecond(), config.viewValueBytesMax(), schemas);
    var reader =
        new LiveReader(
            kafka, clock, topic, isFromEarliest, view, output, () -> callers.mayGoOn(token));
    open.add(output);
    try {
      threads.execute(
          () -> {
            try {
              callers.ofToken(token);
              reader.run();
            } catch (HttpError e) {
              output.end(e.getMessage());
            } finally {
              open.remove(output);
            }
          });
    } catch (RejectedExecutionException closing) {
      open.remove(output);
      output.end("Millrace is stopping; try again in a moment");
    }
  }

  private void checkRoom() {
    if (open.size() >= config.viewsMax()) {
      throw HttpError.unavailable(
          "%d live views are open (kafka.api.viewsMax); close one".formatted(config.viewsMax()));
    }
  }

  private static boolean fromEarliest(String from) {
    return switch (from) {
      case "earliest" -> true;
      case "latest" -> false;
      default ->
          throw HttpError.badField("from", "is '%s', not latest or earliest".formatted(from));
    };
  }

  private static Map<String, String> query(@Nullable String query) {
    var parameters = new HashMap<String, String>();
    if (query != null) {
      for (var parameter : query.split("&")) {
        int equals = parameter.indexOf('=');
        if (equals > 0) {
          parameters.put(
              parameter.substring(0, equals),
              URLDecoder.decode(parameter.substring(equals + 1), StandardCharsets.UTF_8));
        }
      }
    }
    return parameters;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
