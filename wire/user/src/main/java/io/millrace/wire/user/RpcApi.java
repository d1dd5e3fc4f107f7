package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Ids;
import io.millrace.engine.rpc.Rpc;
import io.millrace.engine.rpc.RpcReply;
import io.millrace.engine.rpc.RpcStatus;
import io.millrace.engine.rpc.Rpcs;
import io.millrace.engine.rules.MessageType;
import io.millrace.store.entities.Device;
import io.millrace.wire.http.HttpError;
import java.util.concurrent.ExecutionException;

/// Commands to devices: one-way, two-way, persistent. They go through the tenant's rule chains, as
/// ThingsBoard's do.
final class RpcApi {
  private static final int LISTED_MAX = 10_000;
  private static final long GRACE_MS = 1_000; // the rule chain answers first

  private final Guard guard;
  private final Rpcs rpcs;
  private final EngineWrites engine;
  private final Ids ids;

  RpcApi(Guard guard, Rpcs rpcs, EngineWrites engine, Ids ids) {
    this.guard = guard;
    this.rpcs = rpcs;
    this.engine = engine;
    this.ids = ids;
  }

  /// The statuses by which a path says that no answer came: ThingsBoard's two versions differ.
  private enum Version {
    V1("/api/plugins/rpc", 408, 409),
    V2("/api/rpc", 504, 504);

    private final String path;
    private final int timeout;
    private final int notConnected;

    Version(String path, int timeout, int notConnected) {
      this.path = path;
      this.timeout = timeout;
      this.notConnected = notConnected;
    }
  }

  void routes(RouteTable table) {
    var allowed = RouteTable.TENANT_OR_CUSTOMER;
    for (var version : Version.values()) {
      table.post(
          version.path + "/oneway/{deviceId}",
          allowed,
          "Sends a command that is not answered.",
          r -> send(r, version, true));
      table.post(
          version.path + "/twoway/{deviceId}",
          allowed,
          "Sends a command and answers what the device answers.",
          r -> send(r, version, false));
    }
    table.get(
        "/api/rpc/persistent/{rpcId}",
        allowed,
        "A persistent command.",
        r -> Reply.of(rpc(r).toJson()));
    table.get(
        "/api/rpc/persistent/device/{deviceId}",
        allowed,
        "Persistent commands of a device.",
        this::list);
    table.delete(
        "/api/rpc/persistent/{rpcId}", RouteTable.TENANT, "Forgets a command.", this::delete);
  }

  private Reply send(Request request, Version version, boolean oneway) throws Exception {
    var device = guard.device(request.id("deviceId", EntityType.DEVICE));
    var body = request.body();
    var id = ids.next();
    boolean persistent = body.flag("persistent", false);
    long expires = expires(body, persistent);
    var metadata =
        JsonObject.builder()
            .put("requestUUID", id.toString())
            .put("originServiceId", "millrace")
            .put("expirationTime", Long.toString(expires))
            .put("oneway", Boolean.toString(oneway))
            .put("persistent", Boolean.toString(persistent))
            .put("retries", Long.toString(body.number("retries").orElse(0)))
            .put("deviceName", device.name())
            .put("deviceType", device.type())
            .build();
    long waitMs = persistent ? rpcs.config().timeout().toMillis() : expires - engine.now();
    var reply = rpcs.expect(id, waitMs + GRACE_MS);
    engine.send(
        device.tenantId(),
        engine.event(
            device.id(),
            MessageType.RPC_CALL_FROM_SERVER_TO_DEVICE.name(),
            metadata,
            command(body)));
    try {
      return reply(reply.get(), version, device);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonObject command(Fields body) {
    var params = body.json().get("params");
    var command =
        JsonObject.builder()
            .put("method", body.text("method"))
            .put("params", params == null ? JsonObject.EMPTY : params);
    var info = body.json().get("additionalInfo");
    if (info != null) {
      command.put("additionalInfo", info);
    }
    return command.build();
  }

  private long expires(Fields body, boolean persistent) {
    var given = body.number("expirationTime");
    if (given.isPresent()) {
      return given.getAsLong();
    }
    var timeout = body.number("timeout");
    return timeout.isPresent()
        ? engine.now() + Math.max(timeout.getAsLong(), rpcs.config().timeoutMin().toMillis())
        : rpcs.expires(persistent);
  }

  private static Reply reply(RpcReply reply, Version version, Device device) {
    return switch (reply) {
      case RpcReply.Answered(var body) -> Reply.of(body);
      case RpcReply.Delivered() -> Reply.empty();
      case RpcReply.Kept(var id) -> Reply.of(JsonObject.of("rpcId", new JsonString(id.toString())));
      case RpcReply.Failed(var reason) -> throw error(reason, version, device);
    };
  }

  private static HttpError error(RpcReply.Reason reason, Version version, Device device) {
    return switch (reason) {
      case TIMEOUT ->
          new HttpError(
              version.timeout,
              HttpError.Code.GENERAL,
              "%s did not answer in time".formatted(device.name()));
      case NO_ACTIVE_CONNECTION ->
          new HttpError(
              version.notConnected,
              HttpError.Code.GENERAL,
              "%s is not connected, or listens to no commands".formatted(device.name()));
      case INTERNAL ->
          HttpError.unavailable("Too many commands wait for an answer (rpc.waitingMax); try again");
    };
  }

  private Reply list(Request request) {
    var device = guard.device(request.id("deviceId", EntityType.DEVICE));
    var status = request.choice("rpcStatus", RpcStatus.class);
    var link = request.pageLink();
    var all =
        rpcs.of(device.id(), rpc -> status.isEmpty() || rpc.status() == status.get(), LISTED_MAX);
    int from = (int) Math.min((long) link.page() * link.pageSize(), all.size());
    int until = Math.min(from + link.pageSize(), all.size());
    var data = all.subList(from, until).stream().<JsonValue>map(Rpc::toJson).toList();
    int pages = (all.size() + link.pageSize() - 1) / link.pageSize();
    return Reply.of(Reply.page(new JsonArray(data), pages, all.size(), until < all.size()));
  }

  private Reply delete(Request request) throws Exception {
    var rpc = rpc(request);
    engine.on(
        rpc.request().deviceId(),
        batch -> {
          rpcs.delete(batch.commit(), rpc);
          return JsonNull.NULL;
        });
    return Reply.empty();
  }

  private Rpc rpc(Request request) {
    var id = request.uuid("rpcId");
    var rpc =
        rpcs.find(id)
            .orElseThrow(() -> HttpError.notFound("Rpc with id [%s] is not found".formatted(id)));
    guard.device(rpc.request().deviceId());
    return rpc;
  }
}
