package io.millrace.wire.admin;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.wire.device.TopicMapping;
import io.millrace.wire.device.TopicMappings;
import io.millrace.wire.http.HttpError;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Topic mappings of the caller's tenant.
final class MappingsApi {
  private static final String PATH = "/api/mqtt/mappings";

  private final TopicMappings mappings;

  MappingsApi(TopicMappings mappings) {
    this.mappings = mappings;
  }

  void routes(Routes routes) {
    routes.get(PATH, this::list);
    routes.post(PATH + "/test", this::test);
    routes.post(PATH, call -> saved(call, ""));
    routes.put(PATH + "/:id", call -> saved(call, known(call)));
    routes.delete(PATH + "/:id", this::delete);
  }

  private Optional<JsonValue> list(Call call) {
    return Optional.of(Shapes.array(mappings.list(tenant(call)), MappingsApi::shape));
  }

  private static JsonObject shape(TopicMapping mapping) {
    return mapping.toJson().toBuilder().put("readOnly", mapping.id().isEmpty()).build();
  }

  private Optional<JsonValue> saved(Call call, String id) {
    return Optional.of(shape(mappings.save(tenant(call), id, call.body())));
  }

  private Optional<JsonValue> delete(Call call) {
    mappings.delete(tenant(call), known(call));
    return Optional.empty();
  }

  /// `{topic, payload, mapping?}`: what it would do, without anything happening.
  private Optional<JsonValue> test(Call call) {
    var body = call.body();
    var topic = body.text("topic", "");
    if (topic.isEmpty()) {
      throw HttpError.badField("topic", "is missing");
    }
    var payload = body.get("payload");
    var bytes = (payload == null ? "" : payload.asText()).getBytes(StandardCharsets.UTF_8);
    var mapping = body.get("mapping") instanceof JsonObject shape ? shape : JsonObject.EMPTY;
    return Optional.of(mappings.rehearse(tenant(call), mapping, topic, bytes));
  }

  private String known(Call call) {
    var id = call.path("id");
    if (mappings.find(tenant(call), id).isEmpty()) {
      throw HttpError.notFound("There is no mapping '%s' of this tenant".formatted(id));
    }
    return id;
  }

  /// The caller's, or the one that a system administrator names.
  private static EntityId tenant(Call call) {
    return call.caller().isSystemAdministrator()
        ? EntityId.of(EntityType.TENANT, call.required("tenantId"))
        : call.caller().tenantId();
  }
}
