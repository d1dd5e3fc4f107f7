package io.millrace.engine.rules;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.store.attributes.AttributeStore;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.LongPredicate;

/// Makes a [ChainTest] of a message that a chain has had: sends it again, and expects what the
/// chain does with it now, at once and within a minute.
final class ChainRecording {
  private static final long LATER_MS = 60_000; // delays and timers of that length are expected too

  private ChainRecording() {}

  /// @param live whose attributes the test starts from
  /// @param rehearsal of the chain as it is, not used before
  static JsonObject of(
      AttributeStore live, EntityId tenant, RuleMessage message, Rehearsal rehearsal) {
    var draft =
        JsonObject.builder()
            .put("startMs", message.ts())
            .put("given", given(live, List.of(message.originator(), tenant)))
            .build();
    var send = JsonObject.of("send", new JsonArray(List.of(sent(message))));
    var later = JsonObject.of("advanceMs", new JsonLong(LATER_MS));
    var _ = ChainTest.run(draft.with("steps", new JsonArray(List.of(send, later))), rehearsal);
    var steps = new ArrayList<JsonValue>();
    steps.add(expecting(send, rehearsal.effects(), ts -> ts <= message.ts()));
    if (rehearsal.effects().stream().anyMatch(effect -> effect.ts() > message.ts())) {
      steps.add(expecting(later, rehearsal.effects(), ts -> ts > message.ts()));
    }
    return draft.with("steps", new JsonArray(steps));
  }

  private static JsonObject expecting(
      JsonObject step, List<Rehearsal.Effect> effects, LongPredicate when) {
    var expected =
        effects.stream()
            .filter(effect -> when.test(effect.ts()))
            .<JsonValue>map(effect -> effect.what().with("kind", new JsonString(effect.kind())))
            .toList();
    return step.with("expect", new JsonArray(expected)).with("only", JsonBoolean.TRUE);
  }

  private static JsonObject sent(RuleMessage message) {
    return JsonObject.builder()
        .put("type", message.type())
        .put("originator", id(message.originator()))
        .put("metadata", message.metadata())
        .put("body", message.body())
        .build();
  }

  private static JsonArray given(AttributeStore live, List<EntityId> entities) {
    var given = new ArrayList<JsonValue>();
    for (var entity : entities) {
      for (var scope : AttributeScope.values()) {
        var values = JsonObject.builder();
        live.read(entity, scope).forEach(each -> values.put(each.key(), each.value()));
        var present = values.build();
        if (!present.isEmpty()) {
          given.add(
              JsonObject.builder()
                  .put("entity", id(entity))
                  .put("scope", scope.name())
                  .put("values", present)
                  .build());
        }
      }
    }
    return new JsonArray(given);
  }

  private static JsonObject id(EntityId id) {
    return JsonObject.builder()
        .put("entityType", id.type().name())
        .put("id", id.id().toString())
        .build();
  }

  /// The message as it entered that chain, if its first node still remembers it.
  static RuleMessage entered(RuleChain chain, UUID messageId) {
    var first = chain.first();
    if (first != null) {
      for (var recent : first.ledger().recent()) {
        if (recent.message().id().equals(messageId)) {
          return recent.message();
        }
      }
    }
    throw new IllegalArgumentException(
        "The first node of %s does not remember message %s any more; it keeps the latest few (rules.recentPerNode). Take a later message."
            .formatted(chain.definition().name(), messageId));
  }
}
