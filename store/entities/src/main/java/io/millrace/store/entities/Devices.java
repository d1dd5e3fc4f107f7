package io.millrace.store.entities;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The devices of all tenants. With a device go its credentials.
public final class Devices extends EntityTable<Device> {
  private static final Map<String, String> SORTABLE =
      Map.of("createdTime", "created_time", "name", "name", "type", "type", "label", "label");

  Devices(EntityStore store) {
    super(
        store,
        "device",
        100_000,
        List.of(
            "tenant_id",
            "customer_id",
            "name",
            "type",
            "label",
            "device_profile_id",
            "device_data",
            "additional_info"));
  }

  public Optional<Device> findByName(EntityId tenantId, String name) {
    return findInTenant(tenantId, "name", name);
  }

  /// A page of the devices that are assigned to a customer.
  public Page<Device> pageOfCustomer(EntityId customerId, PageLink link) {
    return pageBy("customer_id", Row.text(customerId), link);
  }

  /// A page of a tenant's devices of one profile.
  public Page<Device> pageOfProfile(EntityId deviceProfileId, PageLink link) {
    return pageBy("device_profile_id", Row.text(deviceProfileId), link);
  }

  /// Inserts a device of version 0 and its credentials, or neither.
  public Device create(Device device, DeviceCredentials credentials) {
    return store()
        .write(
            transaction -> {
              var created = save(transaction, device);
              store().credentials().save(transaction, credentials);
              return created;
            });
  }

  @Override
  void deleteDependants(Transaction transaction, Device device) {
    var credentials = store().credentials();
    credentials
        .allBy(transaction.handle, "device_id", Row.text(device.id()))
        .forEach(row -> credentials.delete(transaction, row));
  }

  @Override
  EntityType type() {
    return EntityType.DEVICE;
  }

  @Override
  List<@Nullable Object> values(Device entity) {
    return Arrays.asList(
        Row.text(entity.tenantId()),
        Row.textOrNull(entity.customerId()),
        entity.name(),
        entity.type(),
        entity.label(),
        Row.text(entity.deviceProfileId()),
        entity.deviceData().toString(),
        entity.additionalInfo().toString());
  }

  @Override
  Device read(Row row, Stored stored) throws SQLException {
    return new Device(
        stored.id(),
        stored.createdTime(),
        row.id(EntityType.TENANT, "tenant_id"),
        row.idOrNull(EntityType.CUSTOMER, "customer_id"),
        row.text("name"),
        row.text("type"),
        row.text("label"),
        row.id(EntityType.DEVICE_PROFILE, "device_profile_id"),
        row.json("device_data"),
        row.json("additional_info"),
        stored.version());
  }

  @Override
  String searchText(Device entity) {
    return entity.name() + "\n" + entity.label() + "\n" + entity.type();
  }

  @Override
  Map<String, String> sortable() {
    return SORTABLE;
  }

  @Override
  RuntimeException taken(Device entity) {
    return new DuplicateNameException(
        "A device called %s exists already; choose another name.".formatted(entity.name()));
  }
}
