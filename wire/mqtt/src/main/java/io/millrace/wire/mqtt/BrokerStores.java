package io.millrace.wire.mqtt;

import io.millrace.store.commit.CommitStore;

/// What the broker keeps beyond the process.
public record BrokerStores(RetainedStore retained, SessionStore sessions) implements AutoCloseable {
  /// Keeps nothing.
  public static final BrokerStores NONE = new BrokerStores(RetainedStore.NONE, SessionStore.NONE);

  /// In the embedded store; closed by the caller, after the broker.
  public static BrokerStores open(CommitStore store) {
    return new BrokerStores(CommitRetainedStore.open(store), CommitSessionStore.open(store));
  }

  @Override
  public void close() {
    sessions.close();
    retained.close();
  }
}
