package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.runtime.Clock;
import io.millrace.engine.pipeline.Pipeline;
import io.millrace.store.messages.LoggedMessage;
import io.millrace.store.messages.MessageLog;
import io.millrace.wire.http.HttpError;
import java.time.Duration;

/// The messages of an entity as they came in, from the message log.
final class MessagesApi {
  private static final int SHOWN_MAX = 1_000;
  private static final int SHOWN = 100;
  private static final Duration SPAN = Duration.ofDays(31); // an index is read for each hour of it

  private final Guard guard;
  private final Pipeline pipeline;
  private final Clock clock;

  MessagesApi(Guard guard, Pipeline pipeline, Clock clock) {
    this.guard = guard;
    this.pipeline = pipeline;
    this.clock = clock;
  }

  void routes(RouteTable table) {
    table.get(
        "/api/millrace/messages/{entityType}/{entityId}",
        RouteTable.TENANT_OR_CUSTOMER,
        "Messages of an entity as they came in, newest first; of a month at most: ?startTs= &endTs="
            + " &limit=.",
        this::messages);
  }

  private Reply messages(Request request) {
    var entity = request.entity();
    var tenant = guard.tenantOf(entity);
    long limit = request.number("limit").orElse(SHOWN);
    if (limit < 1 || limit > SHOWN_MAX) {
      throw HttpError.badField("limit", "is %d; give 1 to %d".formatted(limit, SHOWN_MAX));
    }
    long until = Math.clamp(request.number("endTs").orElse(Long.MAX_VALUE), 0, clock.millis() + 1);
    long earliest = Math.max(0, until - SPAN.toMillis());
    long since = Math.max(request.number("startTs").orElse(earliest), earliest);
    var query = new MessageLog.Query(tenant, entity, since, until, (int) limit);
    var log = pipeline.messages();
    var found =
        log.stream()
            .flatMap(kept -> kept.messages(query).stream())
            .<JsonValue>map(MessagesApi::json)
            .toList();
    return Reply.of(
        JsonObject.builder()
            .put("isKept", log.isPresent())
            .put("messages", new JsonArray(found))
            .build());
  }

  private static JsonObject json(LoggedMessage message) {
    return JsonObject.builder()
        .put("id", message.id().toString())
        .put("receivedAt", message.receivedAt())
        .put("ts", message.ts())
        .put("type", message.type())
        .put("metadata", message.metadata())
        .put("msg", message.body())
        .build();
  }
}
