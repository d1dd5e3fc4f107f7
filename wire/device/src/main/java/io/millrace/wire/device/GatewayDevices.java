package io.millrace.wire.device;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.DeviceCredentials;
import io.millrace.store.entities.DeviceProfile;
import io.millrace.store.entities.DuplicateNameException;
import io.millrace.store.entities.EntityStore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The devices behind gateways: found by name, made when they are new. Blocks.
public final class GatewayDevices {
  private static final Logger log = LoggerFactory.getLogger(GatewayDevices.class);
  private final EntityStore entities;
  private final Supplier<String> tokens;

  /// @param tokens makes access tokens for new devices: 20 characters that nobody can guess
  public GatewayDevices(EntityStore entities, Supplier<String> tokens) {
    this.entities = entities;
    this.tokens = tokens;
  }

  /// The gateway's device of that name.
  ///
  /// @param type name of the profile when the device must be made
  Device find(Connected gateway, String name, String type) {
    var known = gateway.behind.get(name);
    var still = known == null ? null : entities.devices().find(known.id()).orElse(null);
    if (still == null || !still.name().equals(name)) {
      still = findOrCreate(gateway.device.tenantId(), name, type);
    }
    gateway.behind.put(name, still);
    return still;
  }

  /// The tenant's device of that name, made when it is not there.
  Device findOrCreate(EntityId tenant, String name, String type) {
    return entities
        .devices()
        .findByName(tenant, name)
        .orElseGet(
            () -> {
              try {
                return create(tenant, name, type);
              } catch (DuplicateNameException quicker) { // another gateway made it just now
                return entities.devices().findByName(tenant, name).orElseThrow(() -> quicker);
              }
            });
  }

  private Device create(EntityId tenant, String name, String type) {
    var device = Device.named(entities.newId(EntityType.DEVICE), name, profile(tenant, type));
    var credentials =
        DeviceCredentials.token(
            entities.newId(EntityType.DEVICE_CREDENTIALS), device, tokens.get());
    log.info("The new device {} of profile {} was made by its first message", name, device.type());
    return entities.devices().create(device, credentials);
  }

  private DeviceProfile profile(EntityId tenant, String type) {
    var profiles = entities.deviceProfiles();
    return profiles
        .findByName(tenant, type)
        .or(() -> profiles.findDefault(tenant))
        .orElseThrow(
            () ->
                new BadBodyException(
                    "the tenant has no device profile \""
                        + type
                        + "\" and no default one; make one"));
  }
}
