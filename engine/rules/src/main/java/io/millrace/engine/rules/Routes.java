package io.millrace.engine.rules;

import io.millrace.base.model.EntityId;
import java.util.Optional;
import java.util.UUID;

/// Which chain an originator's messages start in when it is not the tenant's root chain.
///
/// Asked once per message, on the partition thread: answer from memory.
@FunctionalInterface
public interface Routes {
  /// Everything starts in the tenant's root chain.
  Routes ROOT = (_, _) -> Optional.empty();

  /// The chain that the originator's profile names, if it names one.
  Optional<UUID> chainOf(EntityId tenantId, EntityId originator);
}
