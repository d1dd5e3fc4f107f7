package io.millrace.engine.rpc;

/// How far a persistent command has come; ThingsBoard's names.
public enum RpcStatus {
  QUEUED,
  SENT,
  DELIVERED,
  SUCCESSFUL,
  TIMEOUT,
  EXPIRED,
  FAILED,
  DELETED;

  /// Whether it is still to be sent or to be answered.
  boolean isOpen() {
    return this == QUEUED || this == SENT;
  }
}
