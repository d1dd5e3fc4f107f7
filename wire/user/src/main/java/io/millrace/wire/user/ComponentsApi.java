package io.millrace.wire.user;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.NodeTypes;
import io.millrace.wire.http.HttpError;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/// The kinds of rule nodes there are, for a chain editor's palette and forms.
final class ComponentsApi {
  private final NodeTypes types;

  ComponentsApi(NodeTypes types) {
    this.types = types;
  }

  void routes(RouteTable table) {
    table.get(
        "/api/components",
        RouteTable.ADMINISTRATORS,
        "The kinds of rule nodes, of some groups or of all.",
        r -> list(r.choices("componentTypes", NodeType.Kind.class)));
    table.get(
        "/api/components/{componentType}",
        RouteTable.ADMINISTRATORS,
        "The kinds of rule nodes of one group.",
        r ->
            list(
                List.of(
                    Request.choice(
                        "componentType", NodeType.Kind.class, r.path("componentType")))));
    table.get(
        "/api/component/{clazz}",
        RouteTable.ADMINISTRATORS,
        "A kind of rule node, by its name or by ThingsBoard's class name.",
        r ->
            Reply.of(
                types
                    .find(r.path("clazz"))
                    .map(ComponentsApi::json)
                    .orElseThrow(HttpError::notFound)));
  }

  private Reply list(List<NodeType.Kind> kinds) {
    return Reply.list(
        types.all().stream().filter(t -> kinds.isEmpty() || kinds.contains(t.kind())).toList(),
        ComponentsApi::json);
  }

  /// ThingsBoard's ComponentDescriptor; `settings` is ours, for a form made from it.
  private static JsonObject json(NodeType<?> type) {
    var connections =
        new JsonArray(type.connections().stream().<JsonValue>map(JsonString::new).toList());
    var definition =
        JsonObject.builder()
            .put("description", type.summary())
            .put("details", "")
            .put("inEnabled", true)
            .put("outEnabled", true)
            .put("relationTypes", connections)
            .put("customRelations", type.connections().isEmpty())
            .put("settings", settings(type.settings()))
            .build();
    return JsonObject.builder()
        .put("type", type.kind().name())
        .put("scope", "TENANT")
        .put("name", type.name())
        .put("clazz", type.aliases().isEmpty() ? type.name() : type.aliases().getFirst())
        .put("configurationVersion", type.version())
        .put("configurationDescriptor", JsonObject.of("nodeDefinition", definition))
        .put("actions", JsonNull.NULL)
        .build();
  }

  private static JsonArray settings(Class<?> record) {
    return new JsonArray(
        Arrays.stream(record.getRecordComponents())
            .<JsonValue>map(ComponentsApi::setting)
            .toList());
  }

  private static JsonObject setting(RecordComponent component) {
    var doc = component.getAnnotation(Doc.class);
    var fallback = component.getAnnotation(Default.class);
    var setting =
        JsonObject.builder()
            .put("name", component.getName())
            .put("type", component.getType().getSimpleName())
            .put("doc", doc == null ? "" : doc.value())
            .put("default", fallback == null ? JsonNull.NULL : new JsonString(fallback.value()));
    if (component.getGenericType() instanceof ParameterizedType generic
        && generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1]
            instanceof Class<?> element) {
      setting.put("of", element.getSimpleName());
      shape(element, setting);
    }
    var limit = component.getAnnotation(Limit.class);
    if (limit != null) {
      setting.put("min", limit.min()).put("max", limit.max());
    }
    shape(component.getType(), setting);
    return setting.build();
  }

  /// The words of an enum, the settings of a record.
  private static void shape(Class<?> type, JsonObject.Builder setting) {
    if (type.isEnum()) {
      var words = Arrays.stream(type.getEnumConstants()).map(Object::toString);
      setting.put("choices", new JsonArray(words.<JsonValue>map(JsonString::new).toList()));
    } else if (type.isRecord()) {
      setting.put("fields", settings(type));
    }
  }
}
