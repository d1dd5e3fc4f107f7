package io.millrace.wire.device;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.DeviceCredentials;
import io.millrace.wire.mqtt.Principal;

/// A device that proved who it is. Any thread.
final class DevicePrincipal implements Principal {
  private final EntityId tenantId;
  private final EntityId deviceId;
  private final EntityId credentialsId;
  private volatile Device device;
  private volatile JsonObject metadata;

  DevicePrincipal(DeviceCredentials credentials, Device device) {
    this.tenantId = device.tenantId();
    this.deviceId = device.id();
    this.credentialsId = credentials.id();
    this.device = device;
    this.metadata = metadata(device);
  }

  @Override
  public String name() {
    return device.name();
  }

  @Override
  public String owner() {
    return tenantId.id().toString();
  }

  EntityId tenantId() {
    return tenantId;
  }

  EntityId deviceId() {
    return deviceId;
  }

  /// The row of credentials that let it in.
  EntityId credentialsId() {
    return credentialsId;
  }

  /// What each of its messages carries.
  JsonObject metadata() {
    return metadata;
  }

  /// ThingsBoard: only a device that is marked so may speak for others.
  boolean isGateway() {
    return device.additionalInfo().get("gateway") == JsonBoolean.TRUE;
  }

  /// The device was changed.
  void update(Device changed) {
    device = changed;
    metadata = metadata(changed);
  }

  static JsonObject metadata(Device device) {
    return JsonObject.builder()
        .put("deviceName", device.name())
        .put("deviceType", device.type())
        .build();
  }
}
