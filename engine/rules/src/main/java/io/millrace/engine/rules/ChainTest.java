package io.millrace.engine.rules;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A test of a chain, as data: `{"steps":[…]}`. Each step may `send` messages (`type`, `metadata`,
/// `body`, `originator` as `{"entityType","id"}`), `answer` the oldest call with a result,
/// `advanceMs`, and `expect` a list of effects (`kind` and members of its `what`) that the step
/// must have, with `only` true: no others of those kinds.
///
/// `startMs` is the time at which it begins. With `given`, a list of `{entity, scope, values}`, the
/// originators have those attributes and no others; without it, those that they have live.
public final class ChainTest {
  private static final EntityId SOMEBODY = new EntityId(EntityType.DEVICE, new UUID(0, 1));
  private static final long START_MS = 1_767_225_600_000L; // the first moment of 2026

  private final Rehearsal rehearsal;
  private final List<String> failures = new ArrayList<>();
  private long now = START_MS;

  private ChainTest(Rehearsal rehearsal) {
    this.rehearsal = rehearsal;
  }

  /// What is wrong, a sentence each; empty when the test passes.
  ///
  /// @throws IllegalArgumentException when it is not a test
  public static List<String> run(JsonObject test, Rehearsal rehearsal) {
    var run = new ChainTest(rehearsal);
    run.begin(test);
    if (!(test.get("steps") instanceof JsonArray steps) || steps.size() == 0) {
      throw new IllegalArgumentException(
          "A chain test needs \"steps\": a list of what is sent and what is expected.");
    }
    for (int i = 0; i < steps.size(); i++) {
      run.step(i, object(steps.get(i)));
    }
    return List.copyOf(run.failures);
  }

  private void begin(JsonObject test) {
    if (test.get("startMs") instanceof JsonLong(long ms)) {
      now = ms;
    }
    rehearsal.advance(now);
    if (test.has("given")) {
      rehearsal.startsEmpty();
    }
    for (var each : list(test.get("given"))) {
      var entity = object(each);
      var values = new ArrayList<Attribute>();
      object(entity.get("values"))
          .forEach((key, value) -> values.add(new Attribute(key, value, now)));
      rehearsal.given(
          entity(entity.get("entity")),
          AttributeScope.valueOf(entity.text("scope", "SERVER_SCOPE")),
          values);
    }
  }

  private void step(int index, JsonObject step) {
    int before = rehearsal.effects().size();
    if (step.get("advanceMs") instanceof JsonLong(long ms)) {
      now += ms;
      rehearsal.advance(now);
    }
    for (var each : list(step.get("send"))) {
      rehearsal.run(message(object(each)), now);
    }
    if (step.get("answer") instanceof JsonObject result
        && !rehearsal.answer(new Answer(!result.has("error"), result))) {
      failures.add("Step %d answers a call, but none was made.".formatted(index));
    }
    var effects = rehearsal.effects();
    compare(index, step, effects.subList(before, effects.size()));
  }

  private void compare(int index, JsonObject step, List<Rehearsal.Effect> had) {
    var left = new ArrayList<>(had);
    for (var each : list(step.get("expect"))) {
      var wanted = object(each);
      var found = left.stream().filter(effect -> isSo(effect, wanted)).findFirst();
      if (found.isPresent()) {
        left.remove(found.get());
      } else {
        failures.add(
            "Step %d should have had the effect %s; it had %s."
                .formatted(index, wanted, left.stream().map(Rehearsal.Effect::toJson).toList()));
      }
    }
    if (step.get("only") == JsonBoolean.TRUE) {
      left.forEach(
          effect ->
              failures.add(
                  "Step %d had an effect that is not expected: %s."
                      .formatted(index, effect.toJson())));
    }
  }

  private static boolean isSo(Rehearsal.Effect effect, JsonObject wanted) {
    var all = effect.what().toBuilder().put("kind", effect.kind()).build();
    for (int i = 0; i < wanted.size(); i++) {
      var name = wanted.name(i);
      var value = name.equals("kind") ? all.get("kind") : effect.what().get(name);
      if (!holds(value, wanted.value(i))) {
        return false;
      }
    }
    return true;
  }

  /// An object holds when it has the wanted members; anything else when it is equal.
  private static boolean holds(@Nullable JsonValue value, JsonValue wanted) {
    if (!(wanted instanceof JsonObject members) || !(value instanceof JsonObject object)) {
      return wanted.equals(value);
    }
    for (int i = 0; i < members.size(); i++) {
      if (!holds(object.get(members.name(i)), members.value(i))) {
        return false;
      }
    }
    return true;
  }

  private RuleMessage message(JsonObject given) {
    var body = given.get("body");
    return new RuleMessage(
        rehearsal.newId(),
        now,
        given.text("type", MessageType.POST_TELEMETRY_REQUEST.name()),
        entity(given.get("originator")),
        object(given.get("metadata")),
        body == null ? JsonObject.EMPTY : body);
  }

  private static EntityId entity(@Nullable JsonValue value) {
    return value instanceof JsonObject id
        ? EntityId.of(EntityType.valueOf(id.text("entityType", "DEVICE")), id.text("id", ""))
        : SOMEBODY;
  }

  private static JsonObject object(@Nullable JsonValue value) {
    return value instanceof JsonObject object ? object : JsonObject.EMPTY;
  }

  private static List<JsonValue> list(@Nullable JsonValue value) {
    return value instanceof JsonArray array ? array.values() : List.of();
  }
}
