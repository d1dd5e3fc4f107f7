package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.Attribute;
import io.millrace.base.model.Point;
import io.millrace.wire.http.HttpError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Frames that go to the client.
final class SocketFrame {
  // ThingsBoard's SubscriptionErrorCode
  private static final int INTERNAL_ERROR = 1;
  private static final int BAD_REQUEST = 2;
  private static final int UNAUTHORIZED = 3;

  private SocketFrame() {}

  /// `{"subscriptionId","errorCode","errorMsg","data":{"key":[[ts,"value"]]},"latestValues"}`.
  static JsonObject points(long subscriptionId, List<Point> points) {
    Map<String, List<JsonValue>> byKey = new LinkedHashMap<>();
    Map<String, Long> latest = new LinkedHashMap<>();
    for (var point : points) {
      byKey
          .computeIfAbsent(point.key(), _ -> new ArrayList<>())
          .add(pair(point.ts(), point.value()));
      latest.merge(point.key(), point.ts(), Math::max);
    }
    return data(subscriptionId, byKey, latest);
  }

  static JsonObject attributes(long subscriptionId, List<Attribute> attributes) {
    Map<String, List<JsonValue>> byKey = new LinkedHashMap<>();
    Map<String, Long> latest = new LinkedHashMap<>();
    for (var attribute : attributes) {
      byKey
          .computeIfAbsent(attribute.key(), _ -> new ArrayList<>())
          .add(pair(attribute.lastUpdateTs(), attribute.value()));
      latest.merge(attribute.key(), attribute.lastUpdateTs(), Math::max);
    }
    return data(subscriptionId, byKey, latest);
  }

  static JsonObject error(long subscriptionId, Exception e) {
    int code = INTERNAL_ERROR;
    if (e instanceof HttpError error) {
      code = error.status() == 400 ? BAD_REQUEST : error.status() < 500 ? UNAUTHORIZED : code;
    } else if (e instanceof IllegalArgumentException) {
      code = BAD_REQUEST;
    }
    var message = code == INTERNAL_ERROR ? "Internal Server error!" : e.getMessage();
    return JsonObject.builder()
        .put("subscriptionId", subscriptionId)
        .put("cmdId", subscriptionId)
        .put("errorCode", code)
        .put("errorMsg", String.valueOf(message))
        .build();
  }

  private static JsonObject data(
      long subscriptionId, Map<String, List<JsonValue>> byKey, Map<String, Long> latest) {
    var data = JsonObject.builder();
    byKey.forEach((key, pairs) -> data.put(key, new JsonArray(pairs)));
    var values = JsonObject.builder();
    latest.forEach(values::put);
    return JsonObject.builder()
        .put("subscriptionId", subscriptionId)
        .put("errorCode", 0)
        .put("errorMsg", JsonNull.NULL)
        .put("data", data.build())
        .put("latestValues", values.build())
        .build();
  }

  // ThingsBoard: values are text here, whatever their type
  private static JsonArray pair(long ts, JsonValue value) {
    return JsonArray.of(
        new JsonLong(ts),
        value instanceof JsonNull ? JsonNull.NULL : new JsonString(value.asText()));
  }
}
