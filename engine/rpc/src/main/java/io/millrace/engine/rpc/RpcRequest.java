package io.millrace.engine.rpc;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A command to a device.
///
/// @param id tells the asker; ThingsBoard's requestUUID, and the id of a persistent one
/// @param oneway whether no answer is expected
/// @param persistent whether it is kept until the device is there
/// @param expirationTime milliseconds since 1970
/// @param retries how often a persistent one is sent again when it is not answered
/// @param additionalInfo for the asker's own use; `null` literal when there is none
public record RpcRequest(
    UUID id,
    EntityId tenantId,
    EntityId deviceId,
    String method,
    JsonValue params,
    boolean oneway,
    boolean persistent,
    long expirationTime,
    int retries,
    JsonValue additionalInfo) {

  /// ThingsBoard's JSON of a request.
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("id", id.toString())
        .put("tenantId", EntityRef.json(tenantId))
        .put("deviceId", EntityRef.json(deviceId))
        .put("oneway", oneway)
        .put("expirationTime", expirationTime)
        .put("body", JsonObject.builder().put("method", method).put("params", params).build())
        .put("persisted", persistent)
        .put("retries", retries)
        .put("additionalInfo", additionalInfo)
        .build();
  }

  /// Reads what [#toJson] wrote.
  ///
  /// @throws RuntimeException when it is damaged
  public static RpcRequest read(JsonObject json) {
    var body = json.get("body") instanceof JsonObject object ? object : JsonObject.EMPTY;
    return new RpcRequest(
        UUID.fromString(json.text("id", "")),
        EntityRef.read(json, "tenantId"),
        EntityRef.read(json, "deviceId"),
        body.text("method", ""),
        value(body, "params"),
        json.get("oneway") == JsonBoolean.TRUE,
        json.get("persisted") == JsonBoolean.TRUE,
        number(json, "expirationTime"),
        (int) number(json, "retries"),
        value(json, "additionalInfo"));
  }

  private static JsonValue value(JsonObject of, String name) {
    @Nullable JsonValue value = of.get(name);
    return value == null ? JsonNull.NULL : value;
  }

  private static long number(JsonObject of, String name) {
    return of.get(name) instanceof JsonLong(long number) ? number : 0;
  }
}
