package io.millrace.wire.user;

import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.store.entities.CredentialsType;
import io.millrace.store.entities.Customer;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.DeviceCredentials;
import java.util.Optional;

/// ThingsBoard's JSON of a device, a device with the names around it, and its credentials.
final class DeviceJson {
  private static final JsonObject DATA =
      JsonObject.builder()
          .put("configuration", JsonObject.of("type", new JsonString("DEFAULT")))
          .put("transportConfiguration", JsonObject.of("type", new JsonString("DEFAULT")))
          .build();

  private DeviceJson() {}

  static JsonObject of(Device device) {
    return JsonObject.builder()
        .put("id", EntityJson.id(device.id()))
        .put("createdTime", device.createdTime())
        .put("additionalInfo", EntityJson.infoOrNull(device.additionalInfo()))
        .put("tenantId", EntityJson.id(device.tenantId()))
        .put("customerId", EntityJson.customer(device.customerId()))
        .put("name", device.name())
        .put("type", device.type())
        .put("label", EntityJson.textOrNull(device.label()))
        .put("deviceProfileId", EntityJson.id(device.deviceProfileId()))
        .put("firmwareId", JsonNull.NULL)
        .put("softwareId", JsonNull.NULL)
        .put("externalId", JsonNull.NULL)
        .put("version", device.version())
        .put("deviceData", device.deviceData().isEmpty() ? DATA : device.deviceData())
        .build();
  }

  /// DeviceInfo: what a list shows beside the device itself.
  static JsonObject info(Device device, Optional<Customer> customer, boolean active) {
    return of(device).toBuilder()
        .put("customerTitle", EntityJson.textOrNull(customer.map(Customer::title).orElse("")))
        .put("customerIsPublic", customer.map(Customer::isPublic).orElse(false))
        .put("deviceProfileName", device.type())
        .put("active", active)
        .build();
  }

  static JsonObject credentials(DeviceCredentials credentials) {
    boolean hasValue = credentials.type() != CredentialsType.ACCESS_TOKEN;
    return JsonObject.builder()
        .put("id", JsonObject.of("id", new JsonString(credentials.id().id().toString())))
        .put("createdTime", credentials.createdTime())
        .put("deviceId", EntityJson.id(credentials.deviceId()))
        .put("credentialsType", credentials.type().name())
        .put("credentialsId", credentials.credentialsId())
        .put(
            "credentialsValue",
            hasValue ? new JsonString(credentials.credentialsValue()) : JsonNull.NULL)
        .put("version", credentials.version())
        .build();
  }
}
