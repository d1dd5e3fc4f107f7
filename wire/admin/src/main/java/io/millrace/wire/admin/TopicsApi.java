package io.millrace.wire.admin;

import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.wire.http.HttpError;
import io.millrace.wire.mqtt.BrokerView;
import io.millrace.wire.mqtt.MqttServer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Topics with their rates, retained messages, and publishing by hand.
final class TopicsApi {
  private static final int RETAINED_IN_TREE_MAX = 10_000;

  private final MqttServer server;
  private final BrokerView view;

  TopicsApi(MqttServer server) {
    this.server = server;
    this.view = server.view();
  }

  void routes(Routes routes) {
    routes.get("/api/mqtt/topics", this::topics);
    routes.get("/api/mqtt/retained", this::retained);
    routes.delete("/api/mqtt/retained", this::deleteRetained);
    routes.post("/api/mqtt/publish", this::publish);
  }

  private Optional<JsonValue> topics(Call call) {
    int limit = call.pageSize();
    var search = call.query("textSearch").orElse("");
    var tree = new TopicTree(call.query("prefix").orElse(""), !search.isEmpty());
    var all = new BrokerView.Query(search, "", 0, Integer.MAX_VALUE);
    view.topics(all).rows().forEach(tree::add);
    var kept = new BrokerView.Query(search, "", 0, RETAINED_IN_TREE_MAX);
    view.retained(tree.filter(), kept).rows().forEach(tree::addRetained);
    return Optional.of(
        tree.json((int) call.number("page", 0, 0, Integer.MAX_VALUE / limit) * limit, limit)
            .with("untracked", new JsonLong(view.untrackedMessages())));
  }

  private Optional<JsonValue> retained(Call call) {
    var query = call.page();
    var page = view.retained(call.query("filter").orElse("#"), query);
    return Optional.of(Shapes.page(page, query, Shapes::retained));
  }

  private Optional<JsonValue> deleteRetained(Call call) {
    var topic = call.required("topic");
    if (!view.deleteRetained(topic)) {
      throw HttpError.notFound("There is no retained message on '%s'".formatted(topic));
    }
    return Optional.empty();
  }

  private Optional<JsonValue> publish(Call call) {
    var body = call.body();
    var topic = body.text("topic", "");
    if (topic.startsWith("$")) {
      throw HttpError.badField("topic", "is '%s'; $ topics are the broker's own".formatted(topic));
    }
    var qos = body.get("qos");
    int level =
        switch (qos == null ? "0" : qos.asText()) {
          case "0" -> 0;
          case "1" -> 1;
          case "2" -> 2;
          default -> throw HttpError.badField("qos", "is %s, not 0, 1 or 2".formatted(qos));
        };
    boolean retain = "true".equals(text(body, "retain", "false"));
    server.publish(topic, payload(body), level, retain);
    return Optional.empty();
  }

  /// A text as it is, unless `payloadType` is `base64`; any other JSON as its text.
  private static byte[] payload(JsonObject body) {
    var type = body.text("payloadType", "text");
    var payload = body.get("payload");
    if (type.equals("base64") && payload instanceof JsonString(var text)) {
      return Base64.getDecoder().decode(text);
    }
    if (!type.equals("text") && !type.equals("json")) {
      throw HttpError.badField("payloadType", "is '%s', not text, json or base64".formatted(type));
    }
    return payload == null ? new byte[0] : payload.asText().getBytes(StandardCharsets.UTF_8);
  }

  private static String text(JsonObject body, String name, String fallback) {
    var value = body.get(name);
    return value == null ? fallback : value.asText();
  }
}
