package io.millrace.wire.user;

import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.runtime.Clock;
import io.millrace.store.attributes.AttributeStore;
import io.millrace.store.timeseries.TimeseriesStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads what queries ask of an entity: fields, attributes, latest values.
final class EntityValues {
  private final AttributeStore attributes;
  private final TimeseriesStore timeseries;
  private final EntityNames names;
  private final Clock clock;

  EntityValues(
      AttributeStore attributes, TimeseriesStore timeseries, EntityNames names, Clock clock) {
    this.attributes = attributes;
    this.timeseries = timeseries;
    this.names = names;
    this.clock = clock;
  }

  /// A value and its time.
  record Value(long ts, JsonValue value) {}

  /// The value of that key; empty when the entity has none.
  Optional<Value> of(EntityRow row, EntityKey key) {
    return switch (key.type()) {
      case TIME_SERIES ->
          timeseries.latest(row.id(), List.of(key.key())).stream()
              .findFirst()
              .map(point -> new Value(point.ts(), point.value()));
      case ENTITY_FIELD -> field(row, key.key());
      case ATTRIBUTE, CLIENT_ATTRIBUTE, SHARED_ATTRIBUTE, SERVER_ATTRIBUTE ->
          attribute(row.id(), key);
      case CONSTANT, ALARM_FIELD -> Optional.empty();
    };
  }

  /// A server attribute of any entity, for values that a filter takes from elsewhere.
  Optional<JsonValue> serverAttribute(EntityId entity, String key) {
    return attribute(entity, new EntityKey(EntityKey.Type.SERVER_ATTRIBUTE, key)).map(Value::value);
  }

  private Optional<Value> field(EntityRow row, String name) {
    var text =
        switch (name) {
          case "ownerName", "customerTitle", "customerName" -> owner(row);
          case "ownerType" -> row.customerId() == null ? "TENANT" : "CUSTOMER";
          default -> row.field(name);
        };
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(new Value(clock.millis(), new JsonString(text)));
  }

  private String owner(EntityRow row) {
    var customer = row.customerId();
    return customer == null ? "" : names.name(customer);
  }

  private Optional<Value> attribute(EntityId entity, EntityKey key) {
    for (var scope : key.type().scopes()) {
      var found = attributes.read(entity, scope, List.of(key.key()));
      if (!found.isEmpty()) {
        var first = found.getFirst();
        return Optional.of(new Value(first.lastUpdateTs(), first.value()));
      }
    }
    return Optional.empty();
  }

  /// ThingsBoard's EntityData, without points.
  JsonObject data(EntityRow row, List<EntityKey> keys) {
    return JsonObject.builder()
        .put("entityId", EntityJson.id(row.id()))
        .put("latest", latest(row, keys))
        .put("timeseries", JsonObject.EMPTY)
        .put("aggLatest", JsonObject.EMPTY)
        .build();
  }

  /// `{"ENTITY_FIELD":{"name":{"ts","value"}},…}`; what is missing is empty text of time 0.
  JsonObject latest(EntityRow row, List<EntityKey> keys) {
    Map<String, JsonObject.Builder> byType = new LinkedHashMap<>();
    for (var key : keys) {
      var value = of(row, key).orElse(new Value(0, new JsonString("")));
      byType
          .computeIfAbsent(key.type().name(), _ -> JsonObject.builder())
          .put(key.key(), shape(value.ts(), value.value()));
    }
    var latest = JsonObject.builder();
    byType.forEach((type, values) -> latest.put(type, values.build()));
    return latest.build();
  }

  // ThingsBoard: values are text here, whatever their type
  static JsonObject shape(long ts, JsonValue value) {
    return JsonObject.builder()
        .put("ts", ts)
        .put("value", value instanceof JsonNull ? "" : value.asText())
        .build();
  }
}
