package io.millrace.engine.rpc;

import io.millrace.base.json.JsonValue;
import java.util.UUID;

/// What became of a command.
public sealed interface RpcReply {
  /// The device answered.
  record Answered(JsonValue body) implements RpcReply {}

  /// A command without an answer is on its way to the device.
  record Delivered() implements RpcReply {}

  /// A persistent command is kept.
  record Kept(UUID rpcId) implements RpcReply {}

  record Failed(Reason reason) implements RpcReply {}

  /// ThingsBoard's RpcError.
  enum Reason {
    NO_ACTIVE_CONNECTION,
    TIMEOUT,
    /// Too many commands wait already.
    INTERNAL
  }
}
