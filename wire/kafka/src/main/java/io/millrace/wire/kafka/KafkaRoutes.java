package io.millrace.wire.kafka;

import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonValue;
import io.millrace.wire.http.BlockingHandler;
import io.millrace.wire.http.BlockingHandlers;
import io.millrace.wire.http.JsonReply;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.util.List;

/// Puts routes on a router: knows the caller, runs the endpoint, answers what Kafka refuses.
///
/// @param routes what is mounted, for the tests that try every route
record KafkaRoutes(
    Router router, BlockingHandlers blocking, KafkaCallers callers, List<Route> routes) {
  /// Answers one request; blocking is fine. [JsonNull] is an answer without a body.
  @FunctionalInterface
  interface Endpoint {
    JsonValue answer(KafkaRequest request) throws Exception;
  }

  /// A path as in `/api/kafka/topics/:topic`.
  record Route(HttpMethod method, String path) {}

  void get(String path, Endpoint endpoint) {
    mount(HttpMethod.GET, path, endpoint);
  }

  void post(String path, Endpoint endpoint) {
    mount(HttpMethod.POST, path, endpoint);
  }

  void put(String path, Endpoint endpoint) {
    mount(HttpMethod.PUT, path, endpoint);
  }

  void delete(String path, Endpoint endpoint) {
    mount(HttpMethod.DELETE, path, endpoint);
  }

  /// A route that writes its answer itself, over time.
  void stream(String path, BlockingHandler handler) {
    routes.add(new Route(HttpMethod.GET, path));
    router
        .route(HttpMethod.GET, path)
        .handler(
            blocking.of(
                context ->
                    callers
                        .of(context)
                        .call(
                            () ->
                                KafkaFailures.mapped(
                                    String.valueOf(context.pathParam("topic")),
                                    () -> {
                                      handler.handle(context);
                                      return JsonNull.NULL;
                                    }))));
  }

  private void mount(HttpMethod method, String path, Endpoint endpoint) {
    routes.add(new Route(method, path));
    router
        .route(method, path)
        .handler(
            blocking.of(
                context -> {
                  var request = new KafkaRequest(context);
                  var caller = callers.of(context);
                  var body = caller.call(() -> answer(endpoint, request));
                  if (body == JsonNull.NULL) {
                    context.response().end();
                  } else {
                    JsonReply.send(context, body);
                  }
                }));
  }

  private static JsonValue answer(Endpoint endpoint, KafkaRequest request) throws Exception {
    var subject = request.context().pathParam("topic");
    if (subject == null) {
      subject = request.context().pathParam("group");
    }
    return KafkaFailures.mapped(subject == null ? "" : subject, () -> endpoint.answer(request));
  }
}
