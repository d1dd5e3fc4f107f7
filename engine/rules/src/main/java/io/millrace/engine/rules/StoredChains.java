package io.millrace.engine.rules;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.store.entities.EntityListener;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.StoredRuleChain;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;

/// Keeps the engine's chains as the entity store has them, and routes devices to the chains that
/// their profiles name.
public final class StoredChains implements Routes {
  private final EntityStore entities;

  public StoredChains(EntityStore entities) {
    this.entities = entities;
  }

  /// Deploys every stored chain, and from now on every change. Call once, before messages come.
  public void feed(RuleEngine engine) {
    var all = new ArrayList<ChainDefinition>();
    for (var tenant : entities.tenants().all()) {
      entities.ruleChains().ofTenant(tenant.id()).forEach(chain -> all.add(definition(chain)));
    }
    engine.deploy(all);
    entities.onChange(
        new EntityListener() {
          @Override
          public void changed(EntityId id) {
            if (id.type() == EntityType.RULE_CHAIN) {
              redeploy(engine, id);
            }
          }

          @Override
          public void deleted(EntityId id) {
            if (id.type() == EntityType.RULE_CHAIN) {
              engine.remove(id.id());
            }
          }
        });
  }

  @Override
  public Optional<UUID> chainOf(EntityId tenantId, EntityId originator) {
    if (originator.type() != EntityType.DEVICE) {
      return Optional.empty();
    }
    return entities
        .devices()
        .find(originator)
        .flatMap(device -> entities.deviceProfiles().find(device.deviceProfileId()))
        .flatMap(profile -> Optional.ofNullable(profile.defaultRuleChainId()))
        .map(EntityId::id);
  }

  /// All of the tenant's, because making one chain root changes two.
  private void redeploy(RuleEngine engine, EntityId id) {
    entities
        .ruleChains()
        .find(id)
        .ifPresent(
            chain ->
                engine.deploy(
                    entities.ruleChains().ofTenant(chain.tenantId()).stream()
                        .map(StoredChains::definition)
                        .toList()));
  }

  private static ChainDefinition definition(StoredRuleChain chain) {
    return new ChainDefinition(
        chain.id().id(),
        chain.tenantId(),
        chain.name(),
        chain.root(),
        chain.version(),
        chain.metadata());
  }
}
