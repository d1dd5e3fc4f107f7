package io.millrace.engine.pipeline;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.engine.rpc.RpcReply;
import io.millrace.engine.rpc.RpcRequest;
import io.millrace.engine.rpc.Rpcs;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.OutsideCall;

/// Carries commands of the rule chains to devices, and their answers back; whoever asked for one
/// by REST is told as well.
final class RpcDelivery implements Delivery {
  private final Rpcs rpcs;

  RpcDelivery(Rpcs rpcs) {
    this.rpcs = rpcs;
  }

  @Override
  public Answer deliver(OutsideCall call, String idempotencyKey) {
    var request = RpcRequest.read(call.request());
    var reply = rpcs.call(request).join();
    rpcs.settle(request.id(), reply);
    return new Answer(true, result(reply));
  }

  /// Each device by itself: one that does not answer holds up no other.
  @Override
  public String peer(OutsideCall call) {
    return "device " + RpcRequest.read(call.request()).deviceId().id();
  }

  private static JsonObject result(RpcReply reply) {
    return switch (reply) {
      case RpcReply.Answered(var body) -> JsonObject.of("response", body);
      case RpcReply.Delivered() -> JsonObject.EMPTY;
      case RpcReply.Kept(var id) -> JsonObject.of("rpcId", new JsonString(id.toString()));
      case RpcReply.Failed(var reason) -> JsonObject.of("error", new JsonString(reason.name()));
    };
  }
}
