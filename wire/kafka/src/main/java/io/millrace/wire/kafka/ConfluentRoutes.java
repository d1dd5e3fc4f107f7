package io.millrace.wire.kafka;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.json.JsonValue;
import io.millrace.wire.http.BlockingHandlers;
import io.millrace.wire.http.HttpError;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Routes in the shape of Confluent's REST proxy, version 2: its content types, its errors
/// `{"error_code", "message"}`, 204 for nothing to say. A browser that wants a page gets the UI.
record ConfluentRoutes(
    Router router,
    BlockingHandlers blocking,
    KafkaCallers callers,
    List<KafkaRoutes.Route> routes) {
  private static final Logger log = LoggerFactory.getLogger(ConfluentRoutes.class);
  private static final String PLAIN = "application/vnd.kafka.v2+json";

  void get(String path, KafkaRoutes.Endpoint endpoint) {
    mount(HttpMethod.GET, path, endpoint);
  }

  void post(String path, KafkaRoutes.Endpoint endpoint) {
    mount(HttpMethod.POST, path, endpoint);
  }

  void delete(String path, KafkaRoutes.Endpoint endpoint) {
    mount(HttpMethod.DELETE, path, endpoint);
  }

  private void mount(HttpMethod method, String path, KafkaRoutes.Endpoint endpoint) {
    routes.add(new KafkaRoutes.Route(method, path));
    var handler = blocking.of(context -> answer(endpoint, context));
    router
        .route(method, path)
        .handler(
            context -> {
              if (method.equals(HttpMethod.GET)
                  && header(context, "Accept").contains("text/html")) {
                context.next();
              } else {
                handler.handle(context);
              }
            });
  }

  private void answer(KafkaRoutes.Endpoint endpoint, RoutingContext context) {
    try {
      var caller = callers.of(context);
      @Nullable String topic = context.pathParam("topic");
      var what = topic == null ? String.valueOf(context.pathParam("group")) : topic;
      var request = new KafkaRequest(context);
      var body = caller.call(() -> KafkaFailures.mapped(what, () -> endpoint.answer(request)));
      send(context, 200, body);
    } catch (HttpError e) {
      e.headers().forEach(context.response()::putHeader);
      if (e.status() == 401) {
        context.response().putHeader("WWW-Authenticate", "Basic realm=\"Millrace\"");
      }
      send(context, e.status(), error(code(e, context), e.getMessage()));
    } catch (JsonSyntaxException e) {
      send(context, 400, error(400, String.valueOf(e.getMessage())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      send(context, 503, error(503, "Millrace is stopping; try again in a moment"));
    } catch (Exception e) {
      log.error("{} {} failed", context.request().method(), context.request().path(), e);
      send(context, 500, error(500, "Internal error; the log of the server says more"));
    }
  }

  /// Confluent: 40401 no topic, 40403 no consumer instance, else the status.
  private static int code(HttpError e, RoutingContext context) {
    if (e.status() != 404) {
      return e.status();
    }
    return context.pathParam("instance") == null ? 40_401 : 40_403;
  }

  private static JsonObject error(int code, String message) {
    return JsonObject.builder().put("error_code", code).put("message", message).build();
  }

  private static void send(RoutingContext context, int status, JsonValue body) {
    var response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (body == JsonNull.NULL) {
      response.setStatusCode(204).end();
      return;
    }
    response
        .setStatusCode(status)
        .putHeader("Content-Type", contentType(header(context, "Accept")))
        .putHeader("Cache-Control", "no-store")
        .end(Buffer.buffer(Json.bytes(body)));
  }

  private static String contentType(String accept) {
    for (var format :
        List.of("application/vnd.kafka.json.v2+json", "application/vnd.kafka.binary.v2+json")) {
      if (accept.contains(format)) {
        return format;
      }
    }
    return accept.contains("vnd.kafka") ? PLAIN : "application/json";
  }

  static String header(RoutingContext context, String name) {
    @Nullable String value = context.request().getHeader(name);
    return value == null ? "" : value;
  }
}
