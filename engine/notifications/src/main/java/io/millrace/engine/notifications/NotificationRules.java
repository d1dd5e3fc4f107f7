package io.millrace.engine.notifications;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.store.entities.EntityListener;
import io.millrace.store.entities.EntityStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// All rules as the entity store has them. Any thread.
final class NotificationRules implements EntityListener {
  private final EntityStore entities;
  private final Map<EntityId, List<Rule>> byTenant = new ConcurrentHashMap<>();
  private final Map<EntityId, EntityId> tenants = new ConcurrentHashMap<>(); // of rules

  NotificationRules(EntityStore entities) {
    this.entities = entities;
    entities.onChange(this);
    entities.tenants().all().forEach(tenant -> reload(tenant.id()));
  }

  List<Rule> of(EntityId tenant) {
    return byTenant.getOrDefault(tenant, List.of());
  }

  Optional<Rule> find(EntityId tenant, UUID id) {
    return of(tenant).stream().filter(rule -> rule.id().equals(id)).findFirst();
  }

  private synchronized void reload(EntityId tenant) {
    var rules = entities.notificationRules().ofTenant(tenant).stream().map(Rule::new).toList();
    rules.forEach(rule -> tenants.put(rule.row().id(), tenant));
    byTenant.put(tenant, rules);
  }

  @Override
  public void changed(EntityId id) {
    if (id.type() == EntityType.NOTIFICATION_RULE) {
      entities.notificationRules().find(id).ifPresent(rule -> reload(rule.tenantId()));
    }
  }

  @Override
  public void deleted(EntityId id) {
    if (id.type() == EntityType.NOTIFICATION_RULE) {
      Optional.ofNullable(tenants.remove(id)).ifPresent(this::reload);
    } else if (id.type() == EntityType.TENANT) {
      byTenant.remove(id);
    }
  }
}
