package io.millrace.wire.device;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.runtime.Refusal;
import io.millrace.engine.pipeline.TelemetryRow;
import io.millrace.wire.device.DeviceRequest.AttributeKeys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The topics that devices publish to, and what they mean. Any thread.
public final class DeviceTopics {
  static final String TELEMETRY = "v1/devices/me/telemetry";
  static final String ATTRIBUTES = "v1/devices/me/attributes";
  static final String ATTRIBUTES_REQUEST = "v1/devices/me/attributes/request/";
  static final String ATTRIBUTES_RESPONSE = "v1/devices/me/attributes/response/";
  static final String ATTRIBUTES_SHORT = "v2/a";
  static final String RPC_REQUEST = "v1/devices/me/rpc/request/";
  static final String RPC_RESPONSE = "v1/devices/me/rpc/response/";
  static final String RPC_REQUEST_SHORT = "v2/r/req/";
  static final String RPC_RESPONSE_SHORT = "v2/r/res/";
  static final String GATEWAY_RPC = "v1/gateway/rpc";
  static final String GATEWAY_ATTRIBUTES = "v1/gateway/attributes";
  static final String GATEWAY_ATTRIBUTES_RESPONSE = "v1/gateway/attributes/response";

  private final Bodies bodies;

  public DeviceTopics(Config config) {
    this.bodies = new Bodies(config);
  }

  /// Whether a device's message to that topic is for the platform rather than for subscribers.
  public static boolean isDeviceTopic(String topic) {
    return topic.startsWith("v1/devices/me/")
        || topic.startsWith("v1/gateway/")
        || topic.startsWith("v2/");
  }

  /// Reads a message to a device topic.
  public DeviceRequest parse(String topic, byte[] payload) {
    try {
      return switch (topic) {
        case TELEMETRY, "v2/t", "v2/t/j" -> telemetry(payload);
        case ATTRIBUTES, ATTRIBUTES_SHORT, "v2/a/j" -> attributes(payload);
        case "v1/gateway/telemetry" -> gatewayTelemetry(payload);
        case GATEWAY_ATTRIBUTES -> gatewayAttributes(payload);
        case "v1/gateway/connect" -> gatewayConnect(payload);
        case "v1/gateway/disconnect" ->
            new DeviceRequest.GatewayDisconnect(name(object(payload), "device"));
        case "v1/gateway/attributes/request" -> gatewayRequest(payload);
        case GATEWAY_RPC -> gatewayAnswer(payload);
        default -> other(topic, payload);
      };
    } catch (BadBodyException e) {
      var kind =
          payload.length > bodies.bytesMax() ? Refusal.Kind.OVER_LIMIT : Refusal.Kind.MALFORMED;
      return new DeviceRequest.Refused(new Refusal(kind, topic + ": " + e.reason()));
    }
  }

  DeviceRequest telemetry(byte[] payload) {
    return new DeviceRequest.PostTelemetry(bodies.telemetry(bodies.json(payload)));
  }

  DeviceRequest attributes(byte[] payload) {
    return new DeviceRequest.PostAttributes(bodies.attributes(bodies.json(payload)));
  }

  private DeviceRequest other(String topic, byte[] payload) {
    if (topic.startsWith(ATTRIBUTES_REQUEST)) {
      var id = topic.substring(ATTRIBUTES_REQUEST.length());
      return request(id, ATTRIBUTES_RESPONSE, payload);
    }
    if (topic.startsWith("v2/a/req/")) {
      var id = topic.substring("v2/a/req/".length());
      return id.startsWith("j/")
          ? request(id.substring(2), "v2/a/res/j/", payload)
          : request(id, "v2/a/res/", payload);
    }
    for (var begin : List.of(RPC_RESPONSE, RPC_RESPONSE_SHORT)) {
      if (topic.startsWith(begin)) {
        return answer(topic.substring(begin.length()), payload);
      }
    }
    if (topic.startsWith(RPC_REQUEST)) {
      return question(topic.substring(RPC_REQUEST.length()), RPC_RESPONSE, payload);
    }
    if (topic.startsWith(RPC_REQUEST_SHORT)) {
      return question(topic.substring(RPC_REQUEST_SHORT.length()), RPC_RESPONSE_SHORT, payload);
    }
    return new DeviceRequest.Refused(
        new Refusal(
            Refusal.Kind.NOT_AUTHORIZED,
            topic
                + " is not a topic that devices publish to here; telemetry goes to "
                + TELEMETRY
                + ", attributes to "
                + ATTRIBUTES));
  }

  private DeviceRequest request(String id, String replyTopic, byte[] payload) {
    if (id.isEmpty() || id.length() > 20 || !id.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new BadBodyException("the request's number at the end of the topic must be digits");
    }
    var body = payload.length == 0 ? JsonObject.EMPTY : object(payload);
    return new DeviceRequest.RequestAttributes(replyTopic + id, keys(body));
  }

  DeviceRequest answer(String number, byte[] payload) {
    return new DeviceRequest.AnswerRpc(
        number(number), payload.length == 0 ? JsonObject.EMPTY : bodies.json(payload));
  }

  DeviceRequest question(String number, String replyTopic, byte[] payload) {
    var body = object(payload);
    var method = body.text("method", "");
    if (method.isBlank()) {
      throw new BadBodyException("a question needs a \"method\", as in {\"method\":\"getTime\"}");
    }
    var params = body.get("params");
    return new DeviceRequest.AskServer(
        replyTopic, number(number), method, params == null ? JsonObject.EMPTY : params);
  }

  private DeviceRequest gatewayAnswer(byte[] payload) {
    var body = object(payload);
    var data = body.get("data");
    if (!(body.get("id") instanceof JsonLong(var id)) || data == null) {
      throw new BadBodyException("an answer needs \"device\", \"id\" and \"data\"");
    }
    return new DeviceRequest.GatewayAnswerRpc(name(body, "device"), (int) id, data);
  }

  private static int number(String text) {
    try {
      int number = Integer.parseInt(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new BadBodyException(
        "the number at the end of the topic must be from 0 to " + Integer.MAX_VALUE);
  }

  private static AttributeKeys keys(JsonObject body) {
    return new AttributeKeys(
        split(body.text("clientKeys", "")), split(body.text("sharedKeys", "")));
  }

  static List<String> split(String keys) {
    return keys.isEmpty() ? List.of() : Arrays.asList(keys.split(","));
  }

  private DeviceRequest gatewayTelemetry(byte[] payload) {
    Map<String, List<TelemetryRow>> rows = new LinkedHashMap<>();
    object(payload).forEach((device, body) -> rows.put(checked(device), bodies.telemetry(body)));
    return new DeviceRequest.GatewayTelemetry(rows);
  }

  private DeviceRequest gatewayAttributes(byte[] payload) {
    Map<String, JsonObject> values = new LinkedHashMap<>();
    object(payload).forEach((device, body) -> values.put(checked(device), bodies.attributes(body)));
    return new DeviceRequest.GatewayAttributes(values);
  }

  private DeviceRequest gatewayConnect(byte[] payload) {
    var body = object(payload);
    return new DeviceRequest.GatewayConnect(name(body, "device"), body.text("type", "default"));
  }

  private DeviceRequest gatewayRequest(byte[] payload) {
    var body = object(payload);
    boolean client = body.get("client") == JsonBoolean.TRUE;
    boolean single = body.has("key");
    var keys = single ? List.of(body.text("key", "")) : texts(body.get("keys"));
    return new DeviceRequest.GatewayRequestAttributes(
        body.get("id") instanceof JsonLong(var id) ? id : 0,
        name(body, "device"),
        client ? new AttributeKeys(keys, List.of()) : new AttributeKeys(List.of(), keys),
        single);
  }

  private static List<String> texts(@Nullable JsonValue value) {
    var texts = new ArrayList<String>();
    if (value instanceof JsonArray array) {
      for (var one : array.values()) {
        if (one instanceof JsonString(var text)) {
          texts.add(text);
        }
      }
    }
    return texts;
  }

  private JsonObject object(byte[] payload) {
    return bodies.object(bodies.json(payload), "The body");
  }

  private static String name(JsonObject body, String member) {
    return checked(body.text(member, ""));
  }

  private static String checked(String device) {
    if (device.isBlank() || device.length() > 255) {
      throw new BadBodyException(
          "a device's name has 1 to 255 characters, not %d".formatted(device.length()));
    }
    return device;
  }
}
