package io.millrace.app;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.PageLink;
import io.millrace.store.timeseries.RetentionPolicy;
import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeSet;

/// Keeps telemetry as long as `retention` says in the device profile (`profileData`), else in the
/// tenant (`additionalInfo`), else as the setting says: `{"days": 90, "keys": {"energy": 3650},
/// "sparedByBudget": true}`; 0 days are for ever.
final class ProfileRetention implements RetentionPolicy {
  private static final long DAY_MS = 86_400_000;
  private static final int PAGE_SIZE = 100;

  private final EntityStore entities;
  private final long standardMs;

  ProfileRetention(EntityStore entities, Duration standard) {
    this.entities = entities;
    standardMs = standard.isZero() ? FOR_EVER : standard.toMillis();
  }

  @Override
  public long keepMs(EntityId entity, String key) {
    if (entity.type() == EntityType.DEVICE) {
      var device = entities.devices().find(entity);
      if (device.isPresent()) {
        long tenant = days(ofTenant(device.get().tenantId()), key, standardMs);
        return days(ofProfile(device.get().deviceProfileId()), key, tenant);
      }
    }
    return entity.type() == EntityType.TENANT
        ? days(ofTenant(entity), key, standardMs)
        : standardMs;
  }

  @Override
  public SortedSet<Long> allMs() {
    var all = new TreeSet<Long>();
    all.add(standardMs);
    everyPlan(
        plan -> {
          addDays(all, plan, "days");
          if (plan.get("keys") instanceof JsonObject keys) {
            keys.forEach((key, _) -> addDays(all, keys, key));
          }
        });
    all.remove(FOR_EVER);
    return all;
  }

  @Override
  public boolean isSpared(EntityId entity, String key) {
    return entity.type() == EntityType.DEVICE
        && entities
            .devices()
            .find(entity)
            .map(device -> isSpared(ofProfile(device.deviceProfileId())))
            .orElse(false);
  }

  @Override
  public boolean sparesAny() {
    var any = new boolean[1];
    everyPlan(plan -> any[0] |= isSpared(plan));
    return any[0];
  }

  private interface Plan {
    void see(JsonObject plan);
  }

  private void everyPlan(Plan plan) {
    for (int page = 0; ; page++) {
      var tenants = entities.tenants().page(new PageLink(PAGE_SIZE, page, "", "createdTime", true));
      for (var tenant : tenants.data()) {
        plan.see(retention(tenant.additionalInfo()));
        everyProfile(tenant.id(), plan);
      }
      if (!tenants.hasNext()) {
        return;
      }
    }
  }

  private void everyProfile(EntityId tenant, Plan plan) {
    for (int page = 0; ; page++) {
      var profiles =
          entities
              .deviceProfiles()
              .page(tenant, new PageLink(PAGE_SIZE, page, "", "createdTime", true));
      profiles.data().forEach(profile -> plan.see(retention(profile.profileData())));
      if (!profiles.hasNext()) {
        return;
      }
    }
  }

  private JsonObject ofTenant(EntityId tenant) {
    return entities
        .tenants()
        .find(tenant)
        .map(found -> retention(found.additionalInfo()))
        .orElse(JsonObject.EMPTY);
  }

  private JsonObject ofProfile(EntityId profile) {
    return entities
        .deviceProfiles()
        .find(profile)
        .map(found -> retention(found.profileData()))
        .orElse(JsonObject.EMPTY);
  }

  private static JsonObject retention(JsonObject in) {
    return in.get("retention") instanceof JsonObject retention ? retention : JsonObject.EMPTY;
  }

  private static boolean isSpared(JsonObject plan) {
    return plan.get("sparedByBudget") == JsonBoolean.TRUE;
  }

  private static long days(JsonObject plan, String key, long fallback) {
    if (plan.get("keys") instanceof JsonObject keys && keys.get(key) instanceof JsonLong days) {
      return ms(days);
    }
    return plan.get("days") instanceof JsonLong days ? ms(days) : fallback;
  }

  private static void addDays(SortedSet<Long> all, JsonObject plan, String name) {
    if (plan.get(name) instanceof JsonLong days) {
      all.add(ms(days));
    }
  }

  private static long ms(JsonLong days) {
    return days.value() <= 0 || days.value() > 1_000_000 ? FOR_EVER : days.value() * DAY_MS;
  }
}
