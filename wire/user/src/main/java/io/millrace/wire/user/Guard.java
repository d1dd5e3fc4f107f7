package io.millrace.wire.user;

import io.millrace.base.model.EntityId;
import io.millrace.engine.access.Caller;
import io.millrace.engine.access.Permissions;
import io.millrace.store.entities.Asset;
import io.millrace.store.entities.AssetProfile;
import io.millrace.store.entities.Customer;
import io.millrace.store.entities.Dashboard;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.DeviceProfile;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.EntityView;
import io.millrace.store.entities.StoredRuleChain;
import io.millrace.store.entities.User;
import io.millrace.wire.http.HttpError;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Finds entities for the current caller: what is another tenant's is not found, what is not for
/// this caller is forbidden.
final class Guard {
  private final EntityStore entities;

  Guard(EntityStore entities) {
    this.entities = entities;
  }

  /// To whom an entity belongs.
  private record Owner(EntityId tenantId, @Nullable EntityId customerId) {}

  /// A device that the caller may read; its telemetry, attributes and alarms too.
  Device device(EntityId id) {
    var device = entities.devices().find(id).orElseThrow(() -> missing(id));
    checkRead(new Owner(device.tenantId(), device.customerId()), id);
    return device;
  }

  DeviceProfile profile(EntityId id) {
    var profile = entities.deviceProfiles().find(id).orElseThrow(() -> missing(id));
    checkTenant(profile.tenantId(), id);
    return profile;
  }

  /// An asset that the caller may read; its telemetry, attributes and alarms too.
  Asset asset(EntityId id) {
    var asset = entities.assets().find(id).orElseThrow(() -> missing(id));
    checkRead(new Owner(asset.tenantId(), asset.customerId()), id);
    return asset;
  }

  AssetProfile assetProfile(EntityId id) {
    var profile = entities.assetProfiles().find(id).orElseThrow(() -> missing(id));
    checkTenant(profile.tenantId(), id);
    return profile;
  }

  EntityView entityView(EntityId id) {
    var view = entities.entityViews().find(id).orElseThrow(() -> missing(id));
    checkRead(new Owner(view.tenantId(), view.customerId()), id);
    return view;
  }

  /// A dashboard that the caller may look at.
  Dashboard dashboard(EntityId id) {
    var dashboard = entities.dashboards().find(id).orElseThrow(() -> missing(id));
    checkRead(owner(dashboard), id);
    return dashboard;
  }

  /// Of a dashboard's customers, the caller's stands for all.
  private static Owner owner(Dashboard dashboard) {
    var own = Caller.current().customerId();
    return new Owner(
        dashboard.tenantId(), own != null && dashboard.customers().contains(own) ? own : null);
  }

  /// Whether the caller may read that entity.
  boolean mayRead(EntityId id) {
    try {
      tenantOf(id);
      return true;
    } catch (HttpError notForTheCaller) {
      return false;
    }
  }

  StoredRuleChain ruleChain(EntityId id) {
    var chain = entities.ruleChains().find(id).orElseThrow(() -> missing(id));
    checkRead(new Owner(chain.tenantId(), null), id);
    return chain;
  }

  Customer customer(EntityId id) {
    var customer = entities.customers().find(id).orElseThrow(() -> missing(id));
    checkRead(new Owner(customer.tenantId(), customer.id()), id);
    return customer;
  }

  /// A user of the caller's tenant, whoever asks.
  User sameTenant(EntityId id) {
    var user = entities.users().find(id).orElseThrow(() -> missing(id));
    checkTenant(user.tenantId(), id);
    return user;
  }

  /// A user whom the caller manages, or the caller.
  User user(EntityId id) {
    var user = entities.users().find(id).orElseThrow(() -> missing(id));
    var caller = Caller.current();
    if (caller.isSystemAdministrator() || caller.userId().equals(id)) {
      return user;
    }
    checkRead(new Owner(user.tenantId(), null), id);
    return user;
  }

  /// Whether the caller may read (and, for telemetry and attributes, write) data of that entity.
  ///
  /// @return the tenant that it belongs to
  EntityId tenantOf(EntityId id) {
    var owner = owner(id);
    checkRead(owner, id);
    return owner.tenantId();
  }

  static HttpError missing(EntityId id) {
    return HttpError.notFound(
        "%s with id [%s] is not found".formatted(name(id), id.id())); // ThingsBoard's words
  }

  private Owner owner(EntityId id) {
    return switch (id.type()) {
      case DEVICE -> {
        var device = entities.devices().find(id).orElseThrow(() -> missing(id));
        yield new Owner(device.tenantId(), device.customerId());
      }
      case TENANT -> new Owner(id, null);
      case CUSTOMER -> {
        var customer = entities.customers().find(id).orElseThrow(() -> missing(id));
        yield new Owner(customer.tenantId(), customer.id());
      }
      case USER -> {
        var user = entities.users().find(id).orElseThrow(() -> missing(id));
        yield new Owner(user.tenantId(), user.customerId());
      }
      case RULE_CHAIN ->
          new Owner(entities.ruleChains().find(id).orElseThrow(() -> missing(id)).tenantId(), null);
      case DEVICE_PROFILE ->
          new Owner(
              entities.deviceProfiles().find(id).orElseThrow(() -> missing(id)).tenantId(), null);
      case ASSET -> {
        var asset = entities.assets().find(id).orElseThrow(() -> missing(id));
        yield new Owner(asset.tenantId(), asset.customerId());
      }
      case CALCULATED_FIELD ->
          new Owner(
              entities.calculatedFields().find(id).orElseThrow(() -> missing(id)).tenantId(), null);
      case ENTITY_VIEW -> {
        var view = entities.entityViews().find(id).orElseThrow(() -> missing(id));
        yield new Owner(view.tenantId(), view.customerId());
      }
      case DASHBOARD -> owner(entities.dashboards().find(id).orElseThrow(() -> missing(id)));
      case ASSET_PROFILE ->
          new Owner(
              entities.assetProfiles().find(id).orElseThrow(() -> missing(id)).tenantId(), null);
      default -> // entities that are not kept yet
          throw missing(id);
    };
  }

  private static void checkRead(Owner owner, EntityId id) {
    switch (Permissions.read(Caller.current(), owner.tenantId(), owner.customerId())) {
      case ALLOWED -> {}
      case FORBIDDEN -> throw HttpError.forbidden();
      case UNKNOWN -> throw missing(id);
    }
  }

  /// What everybody of a tenant may read.
  private static void checkTenant(EntityId tenantId, EntityId id) {
    if (!Caller.current().tenantId().equals(tenantId)) {
      throw missing(id);
    }
  }

  private static String name(EntityId id) {
    var words = id.type().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
