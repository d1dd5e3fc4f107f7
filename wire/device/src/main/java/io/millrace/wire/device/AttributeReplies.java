package io.millrace.wire.device;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.store.attributes.AttributeStore;
import io.millrace.wire.device.DeviceRequest.AttributeKeys;
import java.util.List;

/// What a device is told of its attributes. Reads the store.
final class AttributeReplies {
  private final AttributeStore attributes;

  AttributeReplies(AttributeStore attributes) {
    this.attributes = attributes;
  }

  /// `{"client":{…},"shared":{…}}`, each only when there is something in it.
  JsonObject of(EntityId device, AttributeKeys keys) {
    boolean all = keys.client().isEmpty() && keys.shared().isEmpty();
    var reply = JsonObject.builder();
    add(reply, "client", read(device, AttributeScope.CLIENT_SCOPE, keys.client(), all));
    add(reply, "shared", read(device, AttributeScope.SHARED_SCOPE, keys.shared(), all));
    return reply.build();
  }

  // ThingsBoard: one key is answered as "value", several as "values"
  JsonObject ofGateway(EntityId device, DeviceRequest.GatewayRequestAttributes request) {
    var keys = request.keys();
    boolean client = !keys.client().isEmpty();
    var found =
        client
            ? read(device, AttributeScope.CLIENT_SCOPE, keys.client(), false)
            : read(device, AttributeScope.SHARED_SCOPE, keys.shared(), false);
    var reply = JsonObject.builder().put("id", request.id()).put("device", request.device());
    if (!request.single()) {
      reply.put("values", found);
    } else if (!found.isEmpty()) {
      reply.put("value", found.value(0));
    }
    return reply.build();
  }

  static JsonObject object(List<Attribute> attributes) {
    var builder = JsonObject.builder();
    for (var attribute : attributes) {
      builder.put(attribute.key(), attribute.value());
    }
    return builder.build();
  }

  private JsonObject read(EntityId device, AttributeScope scope, List<String> keys, boolean all) {
    return object(all ? attributes.read(device, scope) : attributes.read(device, scope, keys));
  }

  private static void add(JsonObject.Builder reply, String name, JsonObject values) {
    if (!values.isEmpty()) {
      JsonValue found = values;
      reply.put(name, found);
    }
  }
}
