package io.millrace.wire.realtime;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Between the port and [RestRequest], [RestReply].
final class HttpRequests {
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
        body == null ? new byte[0] : body.getBytes());
  }

  /// Any thread.
  static void send(RestReply reply, RoutingContext context) {
    var response = context.response();
    if (response.ended() || response.closed()) {
      return; // the client has gone
    }
    response.setStatusCode(reply.status());
    reply.headers().forEach(response::putHeader);
    if (reply.status() == 204) {
      response.end();
    } else {
      response.end(Buffer.buffer(reply.body()));
    }
  }
}
