package io.millrace.wire.http;

import io.netty.channel.Channel;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.CorsHandler;
import java.net.BindException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One HTTP port with its routes.
///
/// Bodies are read (up to `http.bodyBytesMax`) before the routes that rooms add; errors are
/// answered in the port's shape. Routes run on an event loop.
public final class HttpListener implements AutoCloseable {
  /// @param setting the name of the setting that chooses `port`
  record Address(String setting, String host, int port) {}

  private static final Logger log = LoggerFactory.getLogger(HttpListener.class);
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicBoolean warned = new AtomicBoolean();
  /// The first line of a request: Firebase paths may be long, and are percent-encoded.
  private static final int REQUEST_LINE_CHARS_MAX = 32_768;

  private final Config config;
  private final Address address;
  private final Router router;
  private final io.vertx.core.http.HttpServer server;

  HttpListener(
      Vertx vertx, Config config, Address address, ErrorReplies errors, BodyBudget bodies) {
    this.config = config;
    this.address = address;
    this.router = Router.router(vertx);
    this.server = vertx.createHttpServer(options(config));
    errors.mount(router);
    server.connectionHandler(this::connected);
    router.route().order(Order.BODY_BUDGET).handler(bodies);
    router.route().order(Order.BODY).handler(body(config));
    cors(config.corsOrigins());
  }

  /// Rooms add their routes here, before [#start].
  public Router router() {
    return router;
  }

  /// Lets web pages of these origins call this port; `*` means any.
  public void cors(List<String> origins) {
    if (origins.isEmpty()) {
      return;
    }
    var handler =
        CorsHandler.create()
            .allowedMethods(Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST))
            .allowedMethods(Set.of(HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE))
            .allowedHeaders(
                Set.of(
                    "Authorization",
                    "X-Authorization",
                    "Content-Type",
                    "If-Match",
                    "X-HTTP-Method-Override",
                    "X-Firebase-ETag"))
            .exposedHeaders(Set.of("ETag", "Retry-After"))
            .maxAgeSeconds(3_600);
    if (origins.contains("*")) {
      handler.addOriginWithRegex(".*");
    } else {
      handler.addOrigins(origins);
    }
    router.route().order(Order.CORS).handler(handler);
  }

  /// Accepts WebSockets at `path`.
  ///
  /// The handler runs on the socket's event loop, must set its message handler at once, and
  /// refuses a caller by closing the socket.
  public void webSocket(String path, Handler<ServerWebSocket> handler) {
    webSocket(path, (socket, _) -> handler.handle(socket));
  }

  /// The same, with the channel below the socket: a room that sends very much writes its frames
  /// there, and flushes once for many.
  public void webSocket(String path, BiConsumer<ServerWebSocket, Channel> handler) {
    router
        .get(path)
        .order(Order.WEB_SOCKET)
        .handler(
            context -> {
              var request = context.request();
              if (request.canUpgradeToWebSocket()) {
                var connection = (HttpServerConnection) request.connection();
                var channel = connection.channelHandlerContext().channel();
                request
                    .toWebSocket()
                    .onSuccess(socket -> handler.accept(socket, channel))
                    .onFailure(context::fail);
              } else {
                context.next();
              }
            });
  }

  /// Opens the port; returns when it accepts connections.
  ///
  /// @throws PortTakenException when another program has the port or the address is not ours
  public void start() {
    var listening = server.requestHandler(router).listen(address.port, address.host);
    try {
      listening.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while opening " + address, e);
    } catch (ExecutionException e) {
      throw refused(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw refused(e);
    }
  }

  /// The port that was opened, also when 0 was asked for.
  public int port() {
    return server.actualPort();
  }

  /// Stops accepting, lets running requests end for `http.closeTimeout`, then cuts.
  @Override
  public void close() {
    long timeoutMs = config.closeTimeout().toMillis();
    var end = server.shutdown(timeoutMs, TimeUnit.MILLISECONDS);
    Waiting.await(end, timeoutMs + 2_000, TimeUnit.MILLISECONDS);
  }

  private void connected(HttpConnection connection) {
    if (connections.incrementAndGet() > config.connectionsMax()) {
      if (warned.compareAndSet(false, true)) { // once: a flood must not fill the log
        log.warn(
            "{} connections are open on {} (http.connectionsMax); closing all further ones",
            config.connectionsMax(),
            address.setting);
      }
      connection.close();
    }
    connection.closeHandler(_ -> connections.decrementAndGet());
  }

  private PortTakenException refused(Throwable cause) {
    @Nullable String why = cause.getMessage();
    boolean taken = cause instanceof BindException && why != null && why.contains("in use");
    return new PortTakenException(
        taken
            ? "%s=%d on %s is in use by another program; stop that one, or choose another port with --%s=NUMBER (0 picks a free one)."
                .formatted(address.setting, address.port, address.host, address.setting)
            : "%s=%d cannot be opened on %s (%s); check bind.address, or choose a port above 1023 with --%s=NUMBER."
                .formatted(address.setting, address.port, address.host, why, address.setting),
        cause);
  }

  private static BodyHandler body(Config config) {
    return BodyHandler.create(false).setBodyLimit(config.bodyBytesMax());
  }

  private static HttpServerOptions options(Config config) {
    return new HttpServerOptions()
        .setMaxInitialLineLength(REQUEST_LINE_CHARS_MAX)
        .setCompressionSupported(config.gzip())
        .setIdleTimeout((int) config.idleTimeout().toSeconds())
        .setMaxWebSocketFrameSize(config.webSocketBytesMax())
        .setMaxWebSocketMessageSize(config.webSocketBytesMax())
        .setPerMessageWebSocketCompressionSupported(false) // 300 kB per socket saved
        .setPerFrameWebSocketCompressionSupported(false)
        .setHttp2ClearTextEnabled(false);
  }
}
