package io.millrace.engine.notifications;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.store.entities.EntityStore;

/// How a tenant reaches Slack: ThingsBoard's NotificationSettings, kept with the tenant.
public final class TenantNotificationSettings {
  /// The member of the tenant's `additionalInfo`.
  public static final String MEMBER = "notificationSettings";

  private TenantNotificationSettings() {}

  /// ThingsBoard's JSON as it was saved.
  public static JsonObject json(EntityStore entities, EntityId tenant) {
    return entities
        .tenants()
        .find(tenant)
        .map(found -> found.additionalInfo().get(MEMBER))
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .orElse(JsonObject.of("deliveryMethodsConfigs", JsonObject.EMPTY));
  }

  /// The settings for Slack: `botToken`, and `url` of a compatible service.
  static JsonObject of(EntityStore entities, EntityId tenant) {
    return json(entities, tenant).get("deliveryMethodsConfigs") instanceof JsonObject methods
            && methods.get("SLACK") instanceof JsonObject slack
        ? slack
        : JsonObject.EMPTY;
  }
}
