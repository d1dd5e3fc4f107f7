package io.millrace.engine.rules.nodes;

import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.conditions.ConditionKey;
import io.millrace.engine.rules.conditions.Facts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What conditions see of an originator: what the message brings, and otherwise what is stored,
/// with what this commit is about to change.
final class OriginatorFacts implements Facts {
  private final NodeSetup setup;
  private final EntityId originator;
  private final NodeContext context;
  private final Map<ConditionKey, JsonValue> known = new HashMap<>();

  OriginatorFacts(NodeSetup setup, EntityId originator, NodeContext context) {
    this.setup = setup;
    this.originator = originator;
    this.context = context;
  }

  /// The message brings this value; a null literal when it takes it away.
  void brings(ConditionKey.Kind kind, String name, JsonValue value) {
    known.put(new ConditionKey(kind, name), value);
  }

  @Override
  public @Nullable JsonValue value(ConditionKey key) {
    var value = known.get(key);
    if (value == null) {
      value = stored(key);
      known.put(key, value);
    }
    return value == JsonNull.NULL ? null : value;
  }

  @Override
  public @Nullable JsonValue attribute(Owner owner, String name) {
    return switch (owner) {
      case DEVICE -> value(new ConditionKey(ConditionKey.Kind.ATTRIBUTE, name));
      case CUSTOMER ->
          Relatives.customerOf(setup.entities(), originator)
              .map(customer -> ofOther(customer, name))
              .orElse(null);
      case TENANT -> ofOther(context.tenantId(), name);
    };
  }

  private JsonValue stored(ConditionKey key) {
    return switch (key.kind()) {
      case TIME_SERIES -> latest(key.name());
      case ATTRIBUTE -> attribute(key.name());
      case ENTITY_FIELD -> field(key.name());
      case CONSTANT, ARGUMENT -> JsonNull.NULL;
    };
  }

  private JsonValue latest(String name) {
    var points = setup.timeseries().latest(context.commit(), originator, List.of(name));
    return points.isEmpty() ? JsonNull.NULL : points.getFirst().value();
  }

  /// ThingsBoard does not say of which scope: the one that was written last.
  private JsonValue attribute(String name) {
    Attribute newest = null;
    for (var scope : AttributeScope.values()) {
      for (var found :
          setup.attributes().read(context.commit(), originator, scope, List.of(name))) {
        if (newest == null || found.lastUpdateTs() >= newest.lastUpdateTs()) {
          newest = found;
        }
      }
    }
    return newest == null ? JsonNull.NULL : newest.value();
  }

  private JsonValue field(String name) {
    var fields = EntityFields.of(setup.entities(), originator).orElse(JsonObject.EMPTY);
    var value = fields.get(name);
    return value == null
        ? JsonNull.NULL
        : value instanceof JsonObject ? new JsonString(value.asText()) : value;
  }

  /// As committed: another partition writes it.
  private @Nullable JsonValue ofOther(EntityId entity, String name) {
    var found = setup.attributes().read(entity, AttributeScope.SERVER_SCOPE, List.of(name));
    return found.isEmpty() ? null : found.getFirst().value();
  }
}
