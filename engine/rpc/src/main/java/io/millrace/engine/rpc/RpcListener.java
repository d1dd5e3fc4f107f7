package io.millrace.engine.rpc;

/// Told when a persistent command has come further, after that is durable.
@FunctionalInterface
public interface RpcListener {
  void changed(Rpc rpc);
}
