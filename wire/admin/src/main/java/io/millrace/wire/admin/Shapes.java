package io.millrace.wire.admin;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.json.JsonValue;
import io.millrace.wire.mqtt.BrokerView;
import io.millrace.wire.mqtt.BrokerView.RetainedInfo;
import io.millrace.wire.mqtt.BrokerView.SessionInfo;
import io.millrace.wire.mqtt.BrokerView.SubscriptionInfo;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/// What the broker holds, as JSON.
final class Shapes {
  private Shapes() {}

  /// ThingsBoard's PageData.
  static <T> JsonObject page(
      BrokerView.Page<T> page, BrokerView.Query query, Function<T, JsonValue> shape) {
    long pages = (page.total() + query.limit() - 1) / query.limit();
    return JsonObject.builder()
        .put("data", array(page.rows(), shape))
        .put("totalPages", pages)
        .put("totalElements", page.total())
        .put("hasNext", query.from() + (long) page.rows().size() < page.total())
        .build();
  }

  static <T> JsonArray array(List<T> rows, Function<T, JsonValue> shape) {
    return new JsonArray(rows.stream().map(shape).toList());
  }

  static JsonObject session(SessionInfo session) {
    return JsonObject.builder()
        .put("clientId", session.clientId())
        .put("user", session.user())
        .put("connected", session.isConnected())
        .put("protocol", session.protocol())
        .put("address", session.address())
        .put("listener", session.listener())
        .put("keepAlive", session.keepAliveSeconds())
        .put("sessionExpiry", session.expirySeconds())
        .put("connectedSince", session.connectedAtMs())
        .put("subscriptions", session.subscriptions())
        .put("queued", session.queued())
        .put("queuedBytes", session.queuedBytes())
        .put("inflight", session.inflight())
        .put("dropped", session.dropped())
        .put("received", session.received())
        .put("receivedBytes", session.receivedBytes())
        .put("sent", session.sent())
        .put("sentBytes", session.sentBytes())
        .put("receivedPerSecond", rate(session.receivedPerSecond()))
        .put("sentPerSecond", rate(session.sentPerSecond()))
        .build();
  }

  static JsonObject subscription(SubscriptionInfo one) {
    return JsonObject.builder()
        .put("clientId", one.clientId())
        .put("filter", one.filter())
        .put("qos", one.qos())
        .put("share", one.share())
        .put("platform", one.isPlatform())
        .build();
  }

  static JsonObject retained(RetainedInfo one) {
    var shape =
        JsonObject.builder()
            .put("topic", one.topic())
            .put("qos", one.qos())
            .put("sizeBytes", one.payload().length);
    if (one.expiresAtMs() != Long.MAX_VALUE) {
      shape.put("expiresAt", one.expiresAtMs());
    }
    return payload(shape, one.payload()).build();
  }

  /// Adds `payload` and `payloadType`: JSON as it is, text, or base64 of what is neither.
  static JsonObject.Builder payload(JsonObject.Builder to, byte[] payload) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
    } catch (CharacterCodingException binary) {
      return to.put("payload", Base64.getEncoder().encodeToString(payload))
          .put("payloadType", "binary");
    }
    return to.put("payload", text).put("payloadType", isJson(text) ? "json" : "text");
  }

  static JsonValue rate(double perSecond) {
    return Json.number(Math.round(perSecond * 100) / 100.0);
  }

  private static boolean isJson(String text) {
    try {
      Json.parse(text);
      return true;
    } catch (JsonSyntaxException e) {
      return false;
    }
  }
}
