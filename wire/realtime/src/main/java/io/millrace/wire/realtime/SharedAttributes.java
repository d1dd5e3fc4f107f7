package io.millrace.wire.realtime;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Changes shared attributes of devices, as an administrator would.
@FunctionalInterface
public interface SharedAttributes {
  /// Returns at once.
  ///
  /// @return completes when the change is durable, or has failed, of which a log says why
  CompletableFuture<?> change(EntityId device, JsonObject saved, List<String> deleted);
}
