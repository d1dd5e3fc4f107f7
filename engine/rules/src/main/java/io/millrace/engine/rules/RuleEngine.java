package io.millrace.engine.rules;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// Every tenant's rule chains, compiled, and the door by which messages enter them.
///
/// A change of a chain is seen by whole messages only: one that is on its way finishes on the graph
/// that it started on. [#run] and [#resume] belong to partition threads; the rest is for any.
public final class RuleEngine {
  private static final String SOON = "engine/rules is being built";

  public RuleEngine(Config config, Routes routes) {}

  /// Takes chains into service, new ones and new versions; those that do not compile are taken
  /// with their problems shown on the nodes.
  public void deploy(Collection<ChainDefinition> chains) {
    Object never = soon(SOON);
    assert never != null;
  }

  public void remove(UUID chainId) {
    Object never = soon(SOON);
    assert never != null;
  }

  /// What is wrong with that metadata JSON; nothing of it is deployed.
  public List<ChainProblem> check(JsonObject metadata) {
    return soon(SOON);
  }

  /// Runs a message through its chain; all effects go into the batch.
  ///
  /// Never throws for what a chain or a node did: that is counted and listed on the node.
  public void run(RuleMessage message, EntityId tenantId, BatchContext batch) {
    Object never = soon(SOON);
    assert never != null;
  }

  /// Goes on at the node that called outside.
  public void resume(CallFrame where, RuleMessage message, Answer answer, BatchContext batch) {
    Object never = soon(SOON);
    assert never != null;
  }

  /// What the chain's nodes have done, in the order of the metadata; empty for an unknown chain.
  public List<NodeFigures> figures(UUID chainId) {
    return soon(SOON);
  }

  /// The problems of a deployed chain; empty for a sound or an unknown one.
  public List<ChainProblem> problems(UUID chainId) {
    return soon(SOON);
  }

  @SuppressWarnings({"TypeParameterUnusedInFormals", "DoNotCallSuggester"}) // door only, filled next
  private static <T> T soon(String what) {
    throw new IllegalStateException(what);
  }
}
