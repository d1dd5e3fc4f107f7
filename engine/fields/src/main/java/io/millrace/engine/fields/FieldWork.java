package io.millrace.engine.fields;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.model.Point;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.ValueChange;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Messages of this room to itself: they go to another entity's partition, or come back at a time.
final class FieldWork {
  /// Their type; no rule chain sees such a message.
  static final String TYPE = "CALCULATED_FIELD";

  /// Metadata of everything that a field causes: the fields that led to it, so that none causes
  /// itself.
  static final String PATH = "calculatedFieldIds";

  private static final String FIELD = "field";
  private static final String WHAT = "do";

  private FieldWork() {}

  /// What is to be done.
  enum What {
    /// Compute the field of the originator.
    COMPUTE,
    /// A time that the field set has come.
    TIMER,
    /// Keep a result for the originator.
    WRITE,
    /// Nothing: a call is answered.
    DONE
  }

  static boolean is(RuleMessage message) {
    return message.type().equals(TYPE);
  }

  static What what(RuleMessage message) {
    return What.valueOf(body(message).text(WHAT, What.DONE.name()));
  }

  static EntityId field(RuleMessage message) {
    return new EntityId(
        EntityType.CALCULATED_FIELD, UUID.fromString(body(message).text(FIELD, "")));
  }

  /// Computes a field of another entity, later and in its partition.
  ///
  /// @param told values that are not in the stores; null when they are
  static RuleMessage compute(
      UUID id,
      long now,
      EntityId entity,
      EntityId field,
      JsonObject path,
      @Nullable ValueChange told) {
    var body =
        JsonObject.builder().put(WHAT, What.COMPUTE.name()).put(FIELD, field.id().toString());
    if (told != null) {
      body.put("told", json(told));
    }
    return new RuleMessage(id, now, TYPE, entity, path, body.build());
  }

  static RuleMessage timer(Evaluation evaluation, long window) {
    var body = body(evaluation, What.TIMER).put("window", window).build();
    return message(evaluation, evaluation.entity(), body);
  }

  /// The window that a timer is for.
  static long window(RuleMessage message) {
    return body(message).get("window") instanceof JsonLong(long window) ? window : 0;
  }

  static RuleMessage write(Evaluation evaluation, Result result) {
    var body =
        body(evaluation, What.WRITE).put("ts", result.ts()).put("values", result.values()).build();
    return message(evaluation, result.target(), body)
        .withMetadata(PATH, path(evaluation.cause(), evaluation.field()));
  }

  static Result result(RuleMessage message) {
    var body = body(message);
    long ts = body.get("ts") instanceof JsonLong(long given) ? given : Result.NOW;
    return new Result(message.originator(), ts, Evaluation.orNull(body.get("values")));
  }

  static RuleMessage done(Evaluation evaluation) {
    return message(evaluation, evaluation.entity(), body(evaluation, What.DONE).build());
  }

  /// The fields that led to a message, and this one.
  static String path(RuleMessage cause, Field field) {
    var before = cause.metadata().text(PATH, "");
    var own = field.id().id().toString();
    return before.isEmpty() ? own : before + "," + own;
  }

  static boolean isOn(RuleMessage cause, Field field) {
    return cause.metadata().text(PATH, "").contains(field.id().id().toString());
  }

  private static JsonObject.Builder body(Evaluation evaluation, What what) {
    return JsonObject.builder()
        .put(WHAT, what.name())
        .put(FIELD, evaluation.field().id().id().toString());
  }

  private static RuleMessage message(Evaluation evaluation, EntityId entity, JsonObject body) {
    var context = evaluation.context();
    return new RuleMessage(context.newId(), context.now(), TYPE, entity, JsonObject.EMPTY, body);
  }

  private static JsonObject body(RuleMessage message) {
    return message.body() instanceof JsonObject object ? object : JsonObject.EMPTY;
  }

  // Values that were told and not saved, on their way to another partition

  private static JsonObject json(ValueChange told) {
    var json =
        JsonObject.builder()
            .put("entityType", told.entity().type().name())
            .put("entity", told.entity().id().toString());
    var values = new ArrayList<JsonValue>();
    switch (told) {
      case ValueChange.Telemetry telemetry ->
          telemetry.points().forEach(p -> values.add(triple(p.key(), p.ts(), p.value())));
      case ValueChange.Attributes attributes -> {
        json.put("scope", attributes.scope().name());
        attributes
            .attributes()
            .forEach(a -> values.add(triple(a.key(), a.lastUpdateTs(), a.value())));
      }
    }
    return json.put("values", new JsonArray(values)).build();
  }

  private static JsonArray triple(String key, long ts, JsonValue value) {
    return JsonArray.of(new JsonString(key), new JsonLong(ts), value);
  }

  static Optional<ValueChange> told(RuleMessage message) {
    if (!(body(message).get("told") instanceof JsonObject json)
        || !(json.get("values") instanceof JsonArray values)) {
      return Optional.empty();
    }
    var entity =
        EntityId.of(EntityType.valueOf(json.text("entityType", "")), json.text("entity", ""));
    var points = new ArrayList<Point>();
    for (var each : values.values()) {
      if (each instanceof JsonArray triple
          && triple.get(0) instanceof JsonString(var key)
          && triple.get(1) instanceof JsonLong(long ts)) {
        points.add(new Point(key, ts, triple.get(2)));
      }
    }
    if (!(json.get("scope") instanceof JsonString(var scope))) {
      return Optional.of(new ValueChange.Telemetry(entity, points, false));
    }
    var attributes = points.stream().map(p -> new Attribute(p.key(), p.value(), p.ts())).toList();
    return Optional.of(
        new ValueChange.Attributes(entity, AttributeScope.valueOf(scope), attributes, false));
  }
}
