package io.millrace.engine.rules.nodes;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.store.entities.Asset;
import io.millrace.store.entities.Contact;
import io.millrace.store.entities.Customer;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.Tenant;
import java.util.Optional;

/// An entity's fields under ThingsBoard's names, for patterns as in `additionalInfo.description`.
final class EntityFields {
  private EntityFields() {}

  static Optional<JsonObject> of(EntityStore entities, EntityId id) {
    return switch (id.type()) {
      case DEVICE -> entities.devices().find(id).map(EntityFields::of);
      case ASSET -> entities.assets().find(id).map(EntityFields::of);
      case CUSTOMER -> entities.customers().find(id).map(EntityFields::of);
      case TENANT -> entities.tenants().find(id).map(EntityFields::of);
      default -> Optional.empty();
    };
  }

  private static JsonObject of(Device device) {
    return JsonObject.builder()
        .put("id", device.id().id().toString())
        .put("createdTime", device.createdTime())
        .put("tenantId", device.tenantId().id().toString())
        .put("customerId", device.customerId() == null ? "" : device.customerId().id().toString())
        .put("name", device.name())
        .put("type", device.type())
        .put("label", device.label())
        .put("deviceProfileId", device.deviceProfileId().id().toString())
        .put("additionalInfo", device.additionalInfo())
        .build();
  }

  private static JsonObject of(Asset asset) {
    var customer = asset.customerId();
    return JsonObject.builder()
        .put("id", asset.id().id().toString())
        .put("createdTime", asset.createdTime())
        .put("tenantId", asset.tenantId().id().toString())
        .put("customerId", customer == null ? "" : customer.id().toString())
        .put("name", asset.name())
        .put("type", asset.type())
        .put("label", asset.label())
        .put("assetProfileId", asset.assetProfileId().id().toString())
        .put("additionalInfo", asset.additionalInfo())
        .build();
  }

  private static JsonObject of(Customer customer) {
    return contact(customer.contact())
        .put("id", customer.id().id().toString())
        .put("createdTime", customer.createdTime())
        .put("title", customer.title())
        .put("name", customer.title())
        .put("additionalInfo", customer.additionalInfo())
        .build();
  }

  private static JsonObject of(Tenant tenant) {
    return contact(tenant.contact())
        .put("id", tenant.id().id().toString())
        .put("createdTime", tenant.createdTime())
        .put("title", tenant.title())
        .put("name", tenant.title())
        .put("region", tenant.region())
        .put("additionalInfo", tenant.additionalInfo())
        .build();
  }

  private static JsonObject.Builder contact(Contact contact) {
    return JsonObject.builder()
        .put("country", contact.country())
        .put("state", contact.state())
        .put("city", contact.city())
        .put("address", contact.address())
        .put("address2", contact.address2())
        .put("zip", contact.zip())
        .put("phone", contact.phone())
        .put("email", contact.email());
  }
}
