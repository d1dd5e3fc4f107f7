package io.millrace.wire.http;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonValue;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

/// Writes a JSON answer; any thread.
public final class JsonReply {
  private JsonReply() {}

  public static void send(RoutingContext context, JsonValue body) {
    send(context, 200, body);
  }

  public static void send(RoutingContext context, int status, JsonValue body) {
    var response = context.response();
    if (response.ended() || response.closed()) {
      return; // the client has gone
    }
    response
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store") // one caller's data
        .end(Buffer.buffer(Json.bytes(body)));
  }
}
