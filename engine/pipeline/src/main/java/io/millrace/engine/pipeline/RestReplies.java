package io.millrace.engine.pipeline;

import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.OutsideCall;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// Who waits for the rule engine's answer to a REST call: rest call reply nodes answer them. Any
/// thread.
public final class RestReplies implements Delivery {
  private static final int WAITING_MAX = 10_000;
  private final Map<UUID, CompletableFuture<JsonValue>> waiting = new ConcurrentHashMap<>();

  /// Waits for the answer to that request; empty when too many wait already. The caller gives up
  /// with [#forget].
  public Optional<CompletableFuture<JsonValue>> await(UUID request) {
    if (waiting.size() >= WAITING_MAX) {
      return Optional.empty();
    }
    var answer = new CompletableFuture<JsonValue>();
    waiting.put(request, answer);
    return Optional.of(answer);
  }

  public void forget(UUID request) {
    waiting.remove(request);
  }

  @Override
  public Answer deliver(OutsideCall call, String idempotencyKey) {
    try {
      var waiter = waiting.remove(UUID.fromString(call.request().text("requestUUID", "")));
      var body = call.request().get("body");
      if (waiter != null) {
        waiter.complete(body == null ? JsonNull.NULL : body);
        return new Answer(true, JsonObject.EMPTY);
      }
      return Answer.failed("Nobody waits for this answer any more.");
    } catch (IllegalArgumentException e) {
      return Answer.failed("requestUUID is not an id: " + e.getMessage());
    }
  }
}
