package io.millrace.engine.rules;

import io.millrace.base.model.EntityId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// All compiled chains at one moment; a change makes a new set. Immutable.
final class ChainSet {
  private final Map<UUID, RuleChain> chains;
  private final Map<EntityId, RuleChain> roots;
  private final Routes routes;

  private ChainSet(Map<UUID, RuleChain> chains, Map<EntityId, RuleChain> roots, Routes routes) {
    this.chains = chains;
    this.roots = roots;
    this.routes = routes;
  }

  static ChainSet empty(Routes routes) {
    return new ChainSet(Map.of(), Map.of(), routes);
  }

  /// This set with those chains in place of the ones with the same ids.
  ChainSet with(Iterable<RuleChain> changed) {
    var next = new HashMap<>(chains);
    for (var chain : changed) {
      next.put(chain.definition().id(), chain);
    }
    return of(next);
  }

  ChainSet without(UUID chainId) {
    var next = new HashMap<>(chains);
    next.remove(chainId);
    return of(next);
  }

  private ChainSet of(Map<UUID, RuleChain> next) {
    var nextRoots = new HashMap<EntityId, RuleChain>();
    for (var chain : next.values()) {
      if (chain.definition().root()) {
        nextRoots.put(chain.definition().tenantId(), chain);
      }
    }
    return new ChainSet(next, nextRoots, routes);
  }

  Collection<RuleChain> all() {
    return List.copyOf(chains.values());
  }

  @Nullable RuleChain find(UUID chainId) {
    return chains.get(chainId);
  }

  /// The tenant's chain of that id; another tenant's is not seen.
  @Nullable RuleChain chain(EntityId tenantId, UUID chainId) {
    var chain = chains.get(chainId);
    return chain != null && chain.definition().tenantId().equals(tenantId) ? chain : null;
  }

  /// The node where that originator's messages start; null when there is none.
  @Nullable ChainNode entry(EntityId tenantId, EntityId originator) {
    var own = routes.chainOf(tenantId, originator).map(id -> chain(tenantId, id)).orElse(null);
    var chain = own != null ? own : roots.get(tenantId);
    return chain == null ? null : chain.first();
  }
}
