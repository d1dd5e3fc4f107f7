package io.millrace.wire.kafka;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.DeviceCredentials;
import io.millrace.store.entities.DeviceProfile;
import io.millrace.store.entities.DuplicateNameException;
import io.millrace.store.entities.EntityStore;
import io.millrace.wire.schemas.PoisonException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The devices that a source's records name: found, or made when they are new. One thread; blocks.
final class SourceDevices {
  private static final Logger log = LoggerFactory.getLogger(SourceDevices.class);
  private static final int KNOWN_MAX = 100_000;

  /// A device with what its messages carry as metadata.
  record Known(Device device, JsonObject metadata) {}

  private final EntityStore entities;
  private final EntityId tenant;
  private final SourceMapping mapping;
  private final Supplier<String> tokens;
  private final Map<String, Known> known = new LinkedHashMap<>(256, 0.75f, true);
  private int made;

  /// @param tokens makes access tokens for new devices, which nobody can guess
  SourceDevices(
      EntityStore entities, EntityId tenant, SourceMapping mapping, Supplier<String> tokens) {
    this.entities = entities;
    this.tenant = tenant;
    this.mapping = mapping;
    this.tokens = tokens;
  }

  /// @throws PoisonException when there is none of that name and none is to be made
  Known find(String name) {
    var last = known.get(name);
    if (last != null && isAsKnown(last.device)) {
      return last;
    }
    var device = findOrCreate(name);
    var metadata =
        JsonObject.builder()
            .put("deviceName", device.name())
            .put("deviceType", device.type())
            .build();
    var found = new Known(device, metadata);
    known.put(name, found);
    if (known.size() > KNOWN_MAX) {
      known.remove(known.keySet().iterator().next());
    }
    return found;
  }

  private boolean isAsKnown(Device device) {
    var now = entities.devices().find(device.id()); // in memory for whoever sends often
    return now.isPresent() && now.get().version() == device.version();
  }

  private Device findOrCreate(String name) {
    var devices = entities.devices();
    return devices.findByName(tenant, name).orElseGet(() -> create(name));
  }

  private Device create(String name) {
    if (!mapping.autoCreate()) {
      throw new PoisonException(
          "There is no device \"%s\", and the source makes none (autoCreate)".formatted(name));
    }
    if (made >= mapping.newDevicesMax()) {
      throw new PoisonException(
          "The device \"%s\" would be number %d that this run makes (newDevicesMax)"
              .formatted(name, made + 1));
    }
    var device = Device.named(entities.newId(EntityType.DEVICE), name, profile());
    var credentials =
        DeviceCredentials.token(
            entities.newId(EntityType.DEVICE_CREDENTIALS), device, tokens.get());
    try {
      var created = entities.devices().create(device, credentials);
      made++;
      log.info("The Kafka source {} made the device {}", mapping.name(), name);
      return created;
    } catch (DuplicateNameException quicker) { // somebody else made it just now
      return entities.devices().findByName(tenant, name).orElseThrow(() -> quicker);
    }
  }

  private DeviceProfile profile() {
    var profiles = entities.deviceProfiles();
    return profiles
        .findByName(tenant, mapping.deviceProfile())
        .or(() -> profiles.findDefault(tenant))
        .orElseThrow(
            () ->
                new PoisonException(
                    "The tenant has no device profile \"%s\" and no default one; make one"
                        .formatted(mapping.deviceProfile())));
  }
}
