package io.millrace.wire.user;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.runtime.Ack;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Ids;
import io.millrace.engine.access.Caller;
import io.millrace.engine.pipeline.Ingest;
import io.millrace.engine.rules.BatchContext;
import io.millrace.engine.rules.RuleEngine;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.ValueChange;
import io.millrace.wire.http.HttpError;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/// Changes that concern engine state: made on the originator's partition, seen by its rule chain.
final class EngineWrites {
  private static final long WAIT_SECONDS = 30;

  private final Ingest ingest;
  private final RuleEngine rules;
  private final Clock clock;
  private final Ids ids;

  EngineWrites(Ingest ingest, RuleEngine rules, Clock clock, Ids ids) {
    this.ingest = ingest;
    this.rules = rules;
    this.clock = clock;
    this.ids = ids;
  }

  /// Runs `work` on the partition, as the current caller, and waits until what it did is durable.
  <T> T on(EntityId originator, Function<BatchContext, T> work) throws Exception {
    var caller = Caller.current();
    try {
      return ingest
          .execute(originator, batch -> caller.call(() -> work.apply(batch)))
          .get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw HttpError.unavailable(
          "The engine did not get to it within %d s; look whether it took effect before repeating"
              .formatted(WAIT_SECONDS));
    }
  }

  /// Runs the tenant's chain on an event, in the commit that holds the change itself.
  void tellInside(BatchContext batch, EntityId tenantId, RuleMessage event) {
    rules.run(event, tenantId, batch);
  }

  UUID newId() {
    return ids.next();
  }

  /// Tells calculated fields of values, in the commit that holds them.
  void told(BatchContext batch, EntityId tenantId, RuleMessage event, ValueChange change) {
    rules.told(event, change, tenantId, batch);
  }

  /// Milliseconds since 1970.
  long now() {
    return clock.millis();
  }

  /// Sends a message into the tenant's chains.
  void send(EntityId tenantId, RuleMessage message) {
    ingest.message(tenantId, message, Ack.NONE);
  }

  /// Sends an event into the tenant's chain after a change of an entity's row.
  void tell(EntityId tenantId, EntityId originator, String type, JsonObject body) {
    send(tenantId, event(originator, type, JsonObject.EMPTY, body));
  }

  /// An event that the current caller caused, with ThingsBoard's metadata of the user.
  RuleMessage event(EntityId originator, String type, JsonObject metadata, JsonValue body) {
    var caller = Caller.current();
    var told =
        metadata.toBuilder()
            .put("userId", caller.userId().id().toString())
            .put("userName", caller.email())
            .put("userEmail", caller.email())
            .build();
    return new RuleMessage(ids.next(), clock.millis(), type, originator, told, body);
  }
}
