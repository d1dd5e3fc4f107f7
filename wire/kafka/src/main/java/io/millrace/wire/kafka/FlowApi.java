package io.millrace.wire.kafka;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.wire.http.BlockingHandlers;
import io.millrace.wire.http.HttpError;
import io.millrace.wire.http.JsonReply;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `/api/kafka/sources`, `exports` and `bridges`: list, save, show and delete, for a tenant's
/// administrator.
final class FlowApi {
  private final KafkaCallers callers;
  private final Router router;
  private final BlockingHandlers blocking;

  /// What a route does for its caller's tenant.
  private interface Endpoint {
    @Nullable JsonValue answer(EntityId tenant, RoutingContext context);
  }

  FlowApi(KafkaCallers callers, Router router, BlockingHandlers blocking) {
    this.callers = callers;
    this.router = router;
    this.blocking = blocking;
  }

  void mount(String path, FlowSet flows) {
    route(HttpMethod.GET, path, (tenant, _) -> array(flows.list(tenant)));
    route(HttpMethod.POST, path, (tenant, context) -> save(flows, tenant, context));
    route(
        HttpMethod.GET,
        path + "/:id",
        (tenant, context) -> flows.find(tenant, id(context.pathParam("id"))));
    route(
        HttpMethod.DELETE,
        path + "/:id",
        (tenant, context) -> {
          flows.delete(tenant, id(context.pathParam("id")));
          return null;
        });
  }

  private void route(HttpMethod method, String path, Endpoint endpoint) {
    router
        .route(method, path)
        .handler(
            blocking.of(
                context -> {
                  var answer = endpoint.answer(callers.of(context).tenantId(), context);
                  if (answer == null) {
                    var _ = context.response().end();
                  } else {
                    JsonReply.send(context, answer);
                  }
                }));
  }

  private static JsonObject save(FlowSet flows, EntityId tenant, RoutingContext context) {
    var body = body(context);
    var id = body.text("id", "");
    return flows.save(tenant, id.isEmpty() ? null : id(id), body);
  }

  private static JsonObject body(RoutingContext context) {
    var buffer = context.body().buffer();
    if (buffer == null || buffer.length() == 0) {
      throw HttpError.badRequest("The request has no body; send JSON");
    }
    try {
      if (Json.parse(buffer.getBytes()) instanceof JsonObject object) {
        return object;
      }
    } catch (JsonSyntaxException e) {
      throw HttpError.badRequest(String.valueOf(e.getMessage()));
    }
    throw HttpError.badRequest("The body is not a JSON object");
  }

  private static UUID id(String text) {
    try {
      if (text.length() == 36) {
        return UUID.fromString(text);
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw HttpError.badField("id", "is '%s', not a UUID".formatted(text));
  }

  private static JsonArray array(List<JsonObject> rows) {
    return new JsonArray(List.copyOf(rows));
  }
}
