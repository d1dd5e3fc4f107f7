package io.millrace.engine.rules;

import io.millrace.base.json.JsonObject;
import io.millrace.engine.rpc.RpcRequest;

/// A request to the outside, kept in the outbox until it is answered or given up.
///
/// @param kind who delivers it: [#HTTP], [#HOP], or one that a wire room adds
/// @param request what that kind needs; all of it, since a restart may lie between
public record OutsideCall(String kind, JsonObject request) {
  /// An HTTP request: `method`, `url`, `headers` (object of strings), `body` (string, absent for
  /// none), `timeoutMs`, `serviceAccount` (a Google key file, whose access token goes along). The
  // answer's result: `status`, `statusText`, `headers`, `body` (string).
  public static final String HTTP = "http";

  /// Not outside at all: the message has a new originator and goes on in that one's partition.
  /// The request is empty; whoever delivers it answers `delivered` at once.
  public static final String HOP = "hop";

  /// A command to a device: the request is that of [RpcRequest#toJson]. The answer's result:
  /// `response` (any JSON, absent for a one-way command), or `error` (an `RpcReply.Reason`).
  public static final String RPC = "rpc";

  public static OutsideCall rpc(RpcRequest request) {
    return new OutsideCall(RPC, request.toJson());
  }

  static OutsideCall hop() {
    return new OutsideCall(HOP, JsonObject.EMPTY);
  }
}
