package io.millrace.wire.user;

import io.millrace.base.model.EntityId;
import io.millrace.store.entities.EntityStore;

/// What entities are called, answered from memory.
final class EntityNames {
  private final EntityStore entities;

  EntityNames(EntityStore entities) {
    this.entities = entities;
  }

  /// Name and label; empty where there is none, or no such entity.
  record Names(String name, String label) {
    static final Names NONE = new Names("", "");
  }

  String name(EntityId id) {
    return of(id).name();
  }

  Names of(EntityId id) {
    return switch (id.type()) {
      case DEVICE ->
          entities.devices().find(id).map(d -> new Names(d.name(), d.label())).orElse(Names.NONE);
      case ASSET ->
          entities.assets().find(id).map(a -> new Names(a.name(), a.label())).orElse(Names.NONE);
      case CUSTOMER -> named(entities.customers().find(id).map(c -> c.title()).orElse(""));
      case TENANT -> named(entities.tenants().find(id).map(t -> t.title()).orElse(""));
      case USER -> named(entities.users().find(id).map(u -> u.email()).orElse(""));
      case DASHBOARD -> named(entities.dashboards().find(id).map(d -> d.title()).orElse(""));
      case ENTITY_VIEW -> named(entities.entityViews().find(id).map(v -> v.name()).orElse(""));
      case RULE_CHAIN -> named(entities.ruleChains().find(id).map(c -> c.name()).orElse(""));
      case DEVICE_PROFILE ->
          named(entities.deviceProfiles().find(id).map(p -> p.name()).orElse(""));
      case ASSET_PROFILE -> named(entities.assetProfiles().find(id).map(p -> p.name()).orElse(""));
      default -> Names.NONE; // alarms, nodes and keys have none
    };
  }

  private static Names named(String name) {
    return new Names(name, "");
  }
}
