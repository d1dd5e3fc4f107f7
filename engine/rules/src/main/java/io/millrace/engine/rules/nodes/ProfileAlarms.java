package io.millrace.engine.rules.nodes;

import io.millrace.base.model.EntityId;
import io.millrace.engine.rules.conditions.AlarmDefinition;
import io.millrace.store.entities.DeviceProfile;
import io.millrace.store.entities.EntityStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The alarm definitions of device profiles, read once per version of each. Any thread.
final class ProfileAlarms {
  private final EntityStore entities;
  private final Map<EntityId, Read> read = new ConcurrentHashMap<>(); // one per profile

  ProfileAlarms(EntityStore entities) {
    this.entities = entities;
  }

  private record Read(long version, List<AlarmDefinition> alarms) {}

  /// @throws IllegalArgumentException when the profile's alarm rules cannot be read
  List<AlarmDefinition> of(EntityId device) {
    return entities
        .devices()
        .find(device)
        .flatMap(found -> entities.deviceProfiles().find(found.deviceProfileId()))
        .map(this::of)
        .orElse(List.of());
  }

  private List<AlarmDefinition> of(DeviceProfile profile) {
    var known = read.get(profile.id());
    if (known != null && known.version() == profile.version()) {
      return known.alarms();
    }
    var alarms = AlarmDefinition.ofProfile(profile.profileData());
    read.put(profile.id(), new Read(profile.version(), alarms));
    return alarms;
  }
}
