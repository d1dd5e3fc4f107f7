package io.millrace.wire.user;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.access.Caller;
import io.millrace.store.entities.Authority;
import io.millrace.store.entities.Customer;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.DeviceProfile;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.Page;
import io.millrace.store.entities.PageLink;
import io.millrace.wire.http.HttpError;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;

/// Devices as they are listed and looked up, alone or with the names around them.
final class DeviceListsApi {
  private static final Set<Authority> READERS = RouteTable.TENANT_OR_CUSTOMER;

  private final Guard guard;
  private final EntityStore entities;
  private final DeviceActivity activity;

  DeviceListsApi(Guard guard, EntityStore entities, DeviceActivity activity) {
    this.guard = guard;
    this.entities = entities;
    this.activity = activity;
  }

  void routes(RouteTable table) {
    table.get("/api/tenant/devices", RouteTable.TENANT, "The tenant's devices.", this::ofTenant);
    table.get(
        "/api/tenant/deviceInfos",
        RouteTable.TENANT,
        "The tenant's devices with the names around them; ?active= for those that are, or are not.",
        this::infos);
    table.get(
        "/api/customer/{customerId}/devices",
        READERS,
        "The devices of a customer.",
        r -> Reply.page(customerPage(r), DeviceJson::of));
    table.get(
        "/api/customer/{customerId}/deviceInfos",
        READERS,
        "The devices of a customer with the names around them.",
        r -> Reply.page(customerPage(r), this::info));
    table.get(
        "/api/device/info/{deviceId}",
        READERS,
        "A device with the names around it.",
        r -> Reply.of(info(guard.device(r.id("deviceId", EntityType.DEVICE)))));
    table.get(
        "/api/tenant/devices/export",
        RouteTable.TENANT,
        "All devices as comma-separated text that the import takes again, access tokens included.",
        _ -> Reply.plain(exported()));
    table.get("/api/devices", READERS, "Devices by their ids.", this::byIds);
    table.get("/api/device/types", READERS, "Names of the profiles in use.", _ -> types());
  }

  private Reply ofTenant(Request request) {
    var name = request.query("deviceName");
    if (name.isEmpty()) {
      return Reply.page(tenantPage(request, request.pageLink()), DeviceJson::of);
    }
    return entities
        .devices()
        .findByName(Caller.current().tenantId(), name.get())
        .map(device -> Reply.of(DeviceJson.of(device)))
        .orElseThrow(HttpError::notFound);
  }

  private Reply infos(Request request) {
    var link = request.pageLink();
    if (request.query("active").isEmpty()) {
      return Reply.page(tenantPage(request, link), this::info);
    }
    boolean wanted = request.flag("active", true);
    var matching = new ArrayList<Device>();
    boolean more = true;
    for (int i = 0; more; i++) { // who is active is not in the rows
      var page =
          tenantPage(
              request,
              new PageLink(
                  PageLink.PAGE_SIZE_MAX,
                  i,
                  link.textSearch(),
                  link.sortProperty(),
                  link.ascending()));
      page.data().stream()
          .filter(device -> activity.isActive(device.id()) == wanted)
          .forEach(matching::add);
      more = page.hasNext();
    }
    return Reply.slice(matching, link, this::info);
  }

  private Page<Device> tenantPage(Request request, PageLink link) {
    var profile =
        request
            .query("deviceProfileId")
            .map(id -> new EntityId(EntityType.DEVICE_PROFILE, Request.uuid("deviceProfileId", id)))
            .or(() -> request.query("type").flatMap(this::profileNamed).map(DeviceProfile::id));
    return profile
        .map(id -> entities.devices().pageOfProfile(guard.profile(id).id(), link))
        .orElseGet(() -> entities.devices().page(Caller.current().tenantId(), link));
  }

  private Page<Device> customerPage(Request request) {
    var customer = guard.customer(request.id("customerId", EntityType.CUSTOMER));
    return entities.devices().pageOfCustomer(customer.id(), request.pageLink());
  }

  private JsonObject info(Device device) {
    var customerId = device.customerId();
    var customer =
        customerId == null ? Optional.<Customer>empty() : entities.customers().find(customerId);
    return DeviceJson.info(device, customer, activity.isActive(device.id()));
  }

  private String exported() {
    var csv = new StringBuilder(ImportedDevice.HEAD);
    boolean more = true;
    for (int page = 0; more; page++) {
      var link = new PageLink(1_000, page, "", "createdTime", true);
      var devices = entities.devices().page(Caller.current().tenantId(), link);
      devices
          .data()
          .forEach(
              device ->
                  csv.append(
                      ImportedDevice.line(
                          device, entities.credentials().findByDevice(device.id()))));
      more = devices.hasNext();
    }
    return csv.toString();
  }

  private Reply byIds(Request request) {
    request.required("deviceIds");
    return Reply.list(
        request.list("deviceIds").stream()
            .map(id -> new EntityId(EntityType.DEVICE, Request.uuid("deviceIds", id)))
            .map(guard::device)
            .toList(),
        DeviceJson::of);
  }

  private Reply types() {
    var tenant = Caller.current().tenantId();
    var profiles = entities.deviceProfiles().page(tenant, PageLink.first(1_000)).data();
    return Reply.list(
        profiles,
        profile ->
            JsonObject.builder()
                .put("tenantId", EntityJson.id(tenant))
                .put("entityType", "DEVICE")
                .put("type", profile.name())
                .build());
  }

  private Optional<DeviceProfile> profileNamed(String name) {
    return entities.deviceProfiles().findByName(Caller.current().tenantId(), name);
  }
}
