package io.millrace.engine.pipeline;

import io.millrace.base.model.EntityId;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.store.commit.Commit;

/// Sees every message that enters the rule chains, and may add to the commit of its effects.
///
/// On the partition's thread: short, never blocking.
@FunctionalInterface
public interface Witness {
  Witness NOBODY = (_, _, _) -> {};

  void enters(EntityId tenant, RuleMessage message, Commit commit);
}
