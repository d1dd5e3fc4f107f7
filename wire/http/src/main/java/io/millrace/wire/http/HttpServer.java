package io.millrace.wire.http;

import io.millrace.base.runtime.Clock;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.concurrent.TimeUnit;

/// The event loops that all HTTP ports share, and the bound on requests being worked on.
///
/// Open one per process, make an [HttpListener] per port, close the listeners first.
public final class HttpServer implements AutoCloseable {
  private final Config config;
  private final Clock clock;
  private final Vertx vertx;
  private final BodyBudget bodies;
  private final BlockingHandlers blocking;

  private HttpServer(Config config, Clock clock, Vertx vertx) {
    this.config = config;
    this.clock = clock;
    this.vertx = vertx;
    this.bodies = new BodyBudget(config.bodiesBytesMax(), config.bodyBytesMax());
    this.blocking = new BlockingHandlers(config.requestsMax());
  }

  public static HttpServer open(Config config, Clock clock) {
    // Vert.x must neither unpack files from the class path to /tmp nor answer DNS by itself.
    var options =
        new VertxOptions()
            .setEventLoopPoolSize(Math.max(2, Runtime.getRuntime().availableProcessors()))
            .setPreferNativeTransport(true)
            .setDisableTCCL(true)
            .setUseDaemonThread(true)
            .setAddressResolverOptions(new AddressResolverOptions().setQueryTimeout(2_000))
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false));
    return new HttpServer(config, clock, Vertx.vertx(options));
  }

  /// A port that is not open yet: add routes to its router, then [HttpListener#start].
  ///
  /// @param setting the setting that chooses the port, named when the port is taken
  /// @param port 0 picks a free one
  public HttpListener listener(String setting, String bindAddress, int port) {
    return listener(setting, bindAddress, port, ErrorShape.THINGSBOARD);
  }

  /// The same, with another shape of error bodies.
  public HttpListener listener(String setting, String bindAddress, int port, ErrorShape errors) {
    var address = new HttpListener.Address(setting, bindAddress, port);
    return new HttpListener(vertx, config, address, new ErrorReplies(errors, clock), bodies);
  }

  /// Wraps handlers that block; the bound counts all ports together.
  public BlockingHandlers blocking() {
    return blocking;
  }

  public Vertx vertx() {
    return vertx;
  }

  @Override
  public void close() {
    blocking.close();
    Waiting.await(vertx.close(), config.closeTimeout().toMillis() + 5_000, TimeUnit.MILLISECONDS);
  }
}
