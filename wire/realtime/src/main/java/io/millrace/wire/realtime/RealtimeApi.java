package io.millrace.wire.realtime;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Scheduler;
import io.millrace.engine.security.TokenVerifier;
import io.millrace.store.realtime.RealtimeStore;
import io.millrace.wire.http.BlockingHandlers;
import io.millrace.wire.http.ErrorShape;
import io.millrace.wire.http.HttpListener;
import io.millrace.wire.http.HttpServer;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.random.RandomGenerator;

/// The port that speaks Firebase's Realtime Database protocol.
public final class RealtimeApi implements AutoCloseable {
  private static final ErrorShape FIREBASE =
      (error, _) -> JsonObject.of("error", new JsonString(error.getMessage()));
  private static final int BEFORE_THE_PORTS_OWN_BODY_LIMIT = -15;
  private static final int LARGE_BODY_BYTES = 65_536;

  private final HttpListener listener;
  private final Rest rest;
  private final EventStreams streams;
  private final SdkSockets sockets;
  private final LongPolls polls;
  private final Imports imports;
  private final KeySource keys;

  private RealtimeApi(
      HttpListener listener,
      BlockingHandlers blocking,
      Config config,
      Rest rest,
      EventStreams streams,
      SdkSockets sockets,
      LongPolls polls,
      Imports imports,
      KeySource keys) {
    this.polls = polls;
    this.imports = imports;
    this.keys = keys;
    this.listener = listener;
    this.rest = rest;
    this.streams = streams;
    this.sockets = sockets;
    listener.webSocket("/.ws", sockets::begin);
    var router = listener.router();
    listener.cors(List.of("*")); // RTDB: any page may call; tokens are what counts
    router
        .route()
        .order(BEFORE_THE_PORTS_OWN_BODY_LIMIT - 1)
        .handler(RealtimeApi::forgetContentType);
    router
        .route()
        .order(BEFORE_THE_PORTS_OWN_BODY_LIMIT)
        .handler(BodyHandler.create(false).setBodyLimit(config.bodyBytesMax()));
    router.route().order(BEFORE_THE_PORTS_OWN_BODY_LIMIT - 2).handler(imports::handle);
    router.route("/.lp").handler(polls::handle);
    router.route().handler(handler(blocking));
  }

  /// Opens the port; returns when it accepts connections.
  ///
  /// @param random makes session ids, which must not be guessed
  /// @param users knows the platform's own tokens
  public static RealtimeApi open(
      HttpServer http,
      String bindAddress,
      Config config,
      RealtimeStore store,
      PlatformUsers users,
      Clock clock,
      Scheduler scheduler,
      RandomGenerator random,
      Counters counters) {
    var keys = new KeySource(config.tokenKeys(), config.tokenKeysPeriod(), scheduler);
    var rules = new RulesBook(store, config);
    var tokens = new TokenVerifier(config.trust(), keys::keys, clock);
    var gate = new Gate(config, users, tokens, rules, clock);
    var rest = new Rest(store, config, gate, rules);
    var streams = new EventStreams(config, rest, gate, rules, scheduler, counters);
    var sessions = new SessionMaker(config, store, rest, gate, rules, random, counters);
    var polls = new LongPolls(config, sessions, clock, scheduler, random, counters);
    var sockets = new SdkSockets(config, sessions, polls, clock, scheduler, counters, http.vertx());
    var imports = new Imports(rest, gate);
    rest.imports(imports);
    var listener = http.listener("realtime.port", bindAddress, config.port(), FIREBASE);
    var api =
        new RealtimeApi(
            listener, http.blocking(), config, rest, streams, sockets, polls, imports, keys);
    listener.start();
    return api;
  }

  /// Lets administrators of databases say what is mirrored into them.
  public void mirror(Mirror mirror) {
    rest.mirror(mirror);
  }

  /// The port that was opened, also when 0 was asked for.
  public int port() {
    return listener.port();
  }

  @Override
  public void close() {
    streams.close();
    polls.close();
    sockets.close();
    keys.close();
    imports.close();
    listener.close();
  }

  /// Small writes and event streams on the event loop; reads, whose answers may be large, not.
  private Handler<RoutingContext> handler(BlockingHandlers blocking) {
    var onVirtualThread = blocking.of(context -> answer(HttpRequests.read(context), context));
    return context -> {
      var request = HttpRequests.read(context);
      if (request.wantsEventStream() && request.verb().equals("GET")) {
        stream(request, context);
      } else if (context.request().method().equals(HttpMethod.GET)
          || request.body().length > LARGE_BODY_BYTES) {
        onVirtualThread.handle(context);
      } else {
        answer(request, context);
      }
    };
  }

  /// A body is JSON whatever it is said to be: `curl -d` calls it a form, and forms are taken
  /// apart.
  private static void forgetContentType(RoutingContext context) {
    context.request().headers().remove("Content-Type");
    context.next();
  }

  private void answer(RestRequest request, RoutingContext context) {
    var _ =
        rest.answer(request)
            .thenAccept(reply -> HttpRequests.send(reply, context))
            .exceptionally(
                defect -> {
                  context.vertx().runOnContext(_ -> context.fail(defect));
                  return null;
                });
  }

  private void stream(RestRequest request, RoutingContext context) {
    try {
      streams.begin(request, context);
    } catch (RestException e) {
      HttpRequests.send(e.reply(), context);
    }
  }
}
