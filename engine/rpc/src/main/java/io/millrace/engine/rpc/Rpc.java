package io.millrace.engine.rpc;

import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A persistent command as it stands.
///
/// @param createdTime milliseconds since 1970
/// @param attempts how often it was sent
/// @param response the device's answer; `null` literal when there is none
public record Rpc(
    RpcRequest request, long createdTime, RpcStatus status, int attempts, JsonValue response) {
  static Rpc queued(RpcRequest request, long now) {
    return new Rpc(request, now, RpcStatus.QUEUED, 0, JsonNull.NULL);
  }

  Rpc with(RpcStatus newStatus) {
    return new Rpc(request, createdTime, newStatus, attempts, response);
  }

  Rpc sent() {
    return new Rpc(request, createdTime, RpcStatus.SENT, attempts + 1, response);
  }

  Rpc answered(JsonValue body) {
    return new Rpc(request, createdTime, RpcStatus.SUCCESSFUL, attempts, body);
  }

  public UUID id() {
    return request.id();
  }

  /// ThingsBoard's JSON of a persistent RPC.
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("id", JsonObject.builder().put("entityType", "RPC").put("id", id().toString()).build())
        .put("createdTime", createdTime)
        .put("tenantId", EntityRef.json(request.tenantId()))
        .put("deviceId", EntityRef.json(request.deviceId()))
        .put("expirationTime", request.expirationTime())
        .put("request", request.toJson())
        .put("response", response)
        .put("status", status.name())
        .put("additionalInfo", request.additionalInfo())
        .build();
  }

  JsonObject row() {
    return JsonObject.builder()
        .put("created", createdTime)
        .put("status", status.name())
        .put("attempts", attempts)
        .put("response", response)
        .put("request", request.toJson())
        .build();
  }

  /// @throws RuntimeException when the row is damaged
  static Rpc read(JsonObject row) {
    return new Rpc(
        RpcRequest.read(object(row, "request")),
        number(row, "created"),
        RpcStatus.valueOf(row.text("status", "")),
        (int) number(row, "attempts"),
        value(row, "response"));
  }

  private static JsonObject object(JsonObject of, String name) {
    return of.get(name) instanceof JsonObject object ? object : JsonObject.EMPTY;
  }

  private static JsonValue value(JsonObject of, String name) {
    @Nullable JsonValue value = of.get(name);
    return value == null ? JsonNull.NULL : value;
  }

  private static long number(JsonObject of, String name) {
    return of.get(name) instanceof JsonLong(long number) ? number : 0;
  }
}
