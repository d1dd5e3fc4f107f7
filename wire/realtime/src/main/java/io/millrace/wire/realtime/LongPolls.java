package io.millrace.wire.realtime;

import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Scheduler;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All sessions by long polling: `/.lp`, which browsers use where WebSockets do not get through.
final class LongPolls implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LongPolls.class);
  static final String CLOSE = "pLPCommand(\"close\");";
  private static final Duration CHECK = Duration.ofSeconds(1);
  private static final Duration HOLD = Duration.ofSeconds(25);
  private static final Duration GONE = Duration.ofSeconds(60);
  private static final Pattern CALLBACK = Pattern.compile("[0-9]{1,12}");

  /// @param password proves that a request comes from who was given it
  private record Open(LongPoll poll, String password) {}

  private final Config config;
  private final SessionMaker sessions;
  private final Clock clock;
  private final RandomGenerator random;
  private final Map<String, Open> open = new ConcurrentHashMap<>();
  private final Scheduler.Cancel check;

  LongPolls(
      Config config,
      SessionMaker sessions,
      Clock clock,
      Scheduler scheduler,
      RandomGenerator random,
      Counters counters) {
    this.config = config;
    this.sessions = sessions;
    this.clock = clock;
    this.random = random;
    counters.gauge("realtime.long_polls", open::size);
    check = scheduler.every(CHECK, this::check);
  }

  int size() {
    return open.size();
  }

  Iterable<SdkSession> sessions() {
    return open.values().stream().map(o -> o.poll.session()).toList();
  }

  /// Answers a request to `/.lp`.
  void handle(RoutingContext context) {
    var request = HttpRequests.read(context);
    var parameters = request.parameters();
    try {
      if (parameters.containsKey("start")) {
        start(request, context);
      } else if (parameters.containsKey("dframe")) {
        frame(request, context.response());
      } else {
        resume(parameters, context.response());
      }
    } catch (RestException e) {
      log.debug("A long-polling client is refused: {}", e.getMessage());
      script(context.response(), CLOSE);
    }
  }

  private void start(RestRequest request, RoutingContext context) {
    var callback = request.parameters().getOrDefault("cb", "");
    if (!callback.isEmpty() && !CALLBACK.matcher(callback).matches()) {
      throw RestException.bad("cb must be a number");
    }
    sessions.checkRoom();
    var poll = new LongPoll(context.vertx().getOrCreateContext(), config, clock);
    var begun = sessions.begin(request, poll, poll::end);
    var id = begun.id();
    var password = random();
    poll.start(
        begun,
        () -> {
          open.remove(id);
          sessions.ended(begun);
        });
    open.put(id, new Open(poll, password));
    script(
        context.response(),
        """
        function pLPCommand(c,a1,a2,a3,a4){parent.window["pLPCommand%1$s"]&&parent.window["pLPCommand%1$s"](c,a1,a2,a3,a4);}
        function pRTLPCB(n,d){parent.window["pRTLPCB%1$s"]&&parent.window["pRTLPCB%1$s"](n,d);}
        pLPCommand("start","%2$s","%3$s");
        pRTLPCB(0,[%4$s]);\
        """
            .formatted(
                callback, id, password, SdkMessages.hello(clock.millis(), request.host(), id)));
  }

  private String random() {
    var bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private void resume(Map<String, String> parameters, HttpServerResponse response) {
    var known = known(parameters);
    if (known == null) {
      script(response, CLOSE);
    } else if (parameters.containsKey("disconn")) {
      known.poll.end();
      script(response, "");
    } else {
      known.poll.poll(parameters, response);
    }
  }

  private @org.jspecify.annotations.Nullable Open known(Map<String, String> parameters) {
    var known = open.get(parameters.getOrDefault("id", ""));
    var password = parameters.getOrDefault("pw", "").getBytes(StandardCharsets.UTF_8);
    return known != null
            && MessageDigest.isEqual(password, known.password.getBytes(StandardCharsets.UTF_8))
        ? known
        : null;
  }

  /// A hidden page that says good-bye when the page around it goes.
  private void frame(RestRequest request, HttpServerResponse response) {
    var known = known(request.parameters());
    var id = known == null ? "" : known.poll.session().id();
    var password = known == null ? "" : known.password;
    response
        .putHeader("Content-Type", "text/html; charset=utf-8")
        .putHeader("Cache-Control", "no-cache")
        .end(
            """
            <!doctype html><html><body><script>
            addEventListener("pagehide",function(){navigator.sendBeacon("/.lp?disconn=t&id=%s&pw=%s");});
            </script></body></html>\
            """
                .formatted(id, password));
  }

  /// A WebSocket wants to take a session over; not willing when it is not known.
  boolean join(String session, ServerWebSocket socket) {
    var known = open.get(session);
    if (known == null) {
      return false;
    }
    known.poll.join(socket, new SdkFrames(config.sdkWriteBytesMax()));
    return true;
  }

  private void check() {
    for (var one : open.values()) {
      if (one.poll.isSilentFor(GONE.toNanos())) {
        one.poll.end();
      } else {
        one.poll.releaseIfHeldFor(HOLD.toNanos());
      }
    }
  }

  static void script(HttpServerResponse response, String script) {
    if (!response.ended() && !response.closed()) {
      response
          .putHeader("Content-Type", "application/javascript; charset=utf-8")
          .putHeader("Cache-Control", "no-cache")
          .end(script);
    }
  }

  @Override
  public void close() {
    check.cancel();
    open.values().forEach(one -> one.poll.end());
  }
}
