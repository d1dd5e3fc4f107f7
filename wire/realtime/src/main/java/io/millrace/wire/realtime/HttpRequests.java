package io.millrace.wire.realtime;

import io.millrace.store.realtime.JsonWriter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// Between the port and [RestRequest], [RestReply].
final class HttpRequests {
  private static final int PIECE_LENGTH = 65_536;

  private HttpRequests() {}

  static RestRequest read(RoutingContext context) {
    var request = context.request();
    Map<String, String> headers = new HashMap<>();
    request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    Map<String, String> parameters = new HashMap<>();
    context.queryParams().forEach(parameters::put);
    var body = context.body().buffer();
    return new RestRequest(
        request.method().name(),
        headers.getOrDefault("host", ""),
        request.path() == null ? "/" : request.path(),
        parameters,
        headers,
        body == null ? new byte[0] : body.getBytes(),
        isLocal(request.remoteAddress()));
  }

  /// The request that opened a WebSocket.
  static RestRequest read(ServerWebSocket socket) {
    Map<String, String> headers = new HashMap<>();
    socket.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    return new RestRequest(
        "GET",
        headers.getOrDefault("host", ""),
        socket.path(),
        RestUrl.parameters(socket.query() == null ? "" : socket.query()),
        headers,
        new byte[0],
        isLocal(socket.remoteAddress()));
  }

  private static boolean isLocal(@Nullable SocketAddress remote) {
    @Nullable String address = remote == null ? null : remote.hostAddress();
    return address != null
        && (address.startsWith("127.")
            || address.equals("::1")
            || address.equals("0:0:0:0:0:0:0:1"));
  }

  /// Any thread.
  static void send(RestReply reply, RoutingContext context) {
    var response = context.response();
    if (response.ended() || response.closed()) {
      return; // the client has gone
    }
    response.setStatusCode(reply.status());
    reply.headers().forEach(response::putHeader);
    if (reply.large().isPresent()) {
      stream(reply.large().get(), response);
    } else if (reply.status() == 204) {
      response.end();
    } else {
      response.end(Buffer.buffer(reply.body()));
    }
  }

  /// Blocks until the client has taken nearly all; on a virtual thread, as all reads are.
  private static void stream(RestReply.Large large, HttpServerResponse response) {
    response.setChunked(true);
    try {
      JsonWriter.write(
          large.node(),
          large.isExport(),
          PIECE_LENGTH,
          piece ->
              response
                  .write(Buffer.buffer(piece))
                  .toCompletionStage()
                  .toCompletableFuture()
                  .join());
      response.end();
    } catch (CompletionException gone) {
      response.reset(); // the client left in the middle
    }
  }
}
