package io.millrace.wire.user;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.engine.access.Caller;
import io.millrace.engine.pipeline.RestReplies;
import io.millrace.wire.http.HttpError;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// REST calls that a rule chain answers: a message in, and what a rest call reply node says.
final class RuleEngineApi {
  private static final String PATH = "/api/rule-engine";
  private static final String OF_ENTITY = PATH + "/{entityType}/{entityId}";
  private static final long TIMEOUT_MS = 10_000;
  private static final long TIMEOUT_MS_MAX = 60_000;

  private final Guard guard;
  private final EngineWrites engine;
  private final RestReplies replies;

  RuleEngineApi(Guard guard, EngineWrites engine, RestReplies replies) {
    this.guard = guard;
    this.engine = engine;
    this.replies = replies;
  }

  void routes(RouteTable table) {
    table.post(
        PATH,
        RouteTable.TENANT_OR_CUSTOMER,
        "Sends a message of the caller into the rule chains and waits for the reply.",
        r -> ask(r, Caller.current().userId()));
    table.post(
        OF_ENTITY,
        RouteTable.TENANT_OR_CUSTOMER,
        "The same, as a message of that entity; ?timeout= in milliseconds.",
        r -> ask(r, r.entity()));
  }

  private Reply ask(Request request, EntityId originator) throws Exception {
    var tenant =
        originator.equals(Caller.current().userId())
            ? Caller.current().tenantId()
            : guard.tenantOf(originator);
    long timeout = Math.clamp(request.number("timeout", TIMEOUT_MS), 1, TIMEOUT_MS_MAX);
    var id = UUID.randomUUID();
    var body = request.bodyValue();
    var metadata =
        JsonObject.builder()
            .put("serviceId", "millrace")
            .put("requestUUID", id.toString())
            .put("expirationTime", Long.toString(engine.now() + timeout))
            .build();
    var reply =
        replies
            .await(id)
            .orElseThrow(() -> HttpError.unavailable("Too many wait for replies; try again"));
    try {
      engine.send(tenant, engine.event(originator, "REST_API_REQUEST", metadata, body));
      JsonValue said = reply.get(timeout, TimeUnit.MILLISECONDS);
      return Reply.of(said);
    } catch (TimeoutException e) {
      throw new HttpError(
          408, HttpError.Code.GENERAL, "Processing timeout detected!"); // ThingsBoard's words
    } catch (ExecutionException e) {
      throw HttpError.unavailable("The reply failed: " + e.getMessage());
    } finally {
      replies.forget(id);
    }
  }
}
