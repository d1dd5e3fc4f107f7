package io.millrace.engine.rpc;

import io.millrace.base.model.EntityId;
import io.millrace.store.commit.Commit;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// Runs work in a device's partition; completed after the commit.
public interface DeviceWrites {
  <T> CompletableFuture<T> on(EntityId device, Function<Commit, T> work);
}
