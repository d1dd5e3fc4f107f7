package io.millrace.wire.user;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.access.Caller;
import io.millrace.store.entities.Authority;
import io.millrace.store.entities.CredentialsType;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.DeviceCredentials;
import io.millrace.store.entities.DeviceProfile;
import io.millrace.store.entities.EntityStore;
import io.millrace.wire.http.HttpError;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Devices and their credentials.
final class DevicesApi {
  private static final Set<Authority> READERS = RouteTable.TENANT_OR_CUSTOMER;
  private static final int TOKEN_LENGTH = 20;
  private static final int TOKEN_LENGTH_MAX = 255;
  private static final String TOKEN_ALPHABET =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

  private final Guard guard;
  private final EntityStore entities;
  private final EngineWrites engine;
  private final EntityRemains remains;
  private final RandomGenerator random;
  private final BulkImport bulk;
  private final PublicCustomers publicCustomers;

  DevicesApi(
      Guard guard,
      EntityStore entities,
      EngineWrites engine,
      EntityRemains remains,
      BulkImport bulk,
      RandomGenerator random) {
    this.bulk = bulk;
    this.publicCustomers = new PublicCustomers(entities);
    this.guard = guard;
    this.entities = entities;
    this.engine = engine;
    this.remains = remains;
    this.random = random;
  }

  void routes(RouteTable table) {
    table.get(
        "/api/device/{deviceId}", READERS, "A device.", r -> Reply.of(DeviceJson.of(device(r))));
    table.post("/api/device", RouteTable.TENANT, "Makes a device, or changes one.", this::save);
    table.delete("/api/device/{deviceId}", RouteTable.TENANT, "Deletes a device.", this::delete);
    table.get(
        "/api/device/{deviceId}/credentials",
        READERS,
        "How the device proves who it is.",
        r -> Reply.of(DeviceJson.credentials(credentials(device(r)))));
    table.post(
        "/api/device/credentials",
        RouteTable.TENANT,
        "Changes how a device proves who it is.",
        this::saveCredentials);
    table.post(
        "/api/customer/{customerId}/device/{deviceId}",
        RouteTable.TENANT,
        "Assigns a device to a customer.",
        this::assign);
    table.delete(
        "/api/customer/device/{deviceId}",
        RouteTable.TENANT,
        "Takes a device from its customer.",
        r -> Reply.of(DeviceJson.of(entities.devices().save(assigned(device(r), null)))));
    table.post(
        "/api/customer/public/device/{deviceId}",
        RouteTable.TENANT,
        "Shows a device to everybody.",
        r -> {
          var device = device(r);
          return assign(device, publicCustomers.of(device.tenantId()));
        });
    table.post(
        "/api/device/bulk_import",
        RouteTable.TENANT,
        "Makes or changes many devices from comma-separated text.",
        r -> bulk.run(r, this::imported));
  }

  private Device device(Request request) {
    return guard.device(request.id("deviceId", EntityType.DEVICE));
  }

  private Reply save(Request request) {
    var body = request.body();
    var id = body.id("id", EntityType.DEVICE);
    if (id.isPresent()) {
      var device = entities.devices().save(changed(guard.device(id.get()), body));
      engine.tell(device.tenantId(), device.id(), "ENTITY_UPDATED", DeviceJson.of(device));
      return Reply.of(DeviceJson.of(device));
    }
    var device = created(body, request.query("accessToken"));
    engine.tell(device.tenantId(), device.id(), "ENTITY_CREATED", DeviceJson.of(device));
    return Reply.of(DeviceJson.of(device));
  }

  private Device created(Fields body, Optional<String> token) {
    var name = body.text("name");
    var fresh = Device.named(entities.newId(EntityType.DEVICE), name, profile(body));
    var device = changed(fresh, body);
    var credentials =
        DeviceCredentials.token(
            entities.newId(EntityType.DEVICE_CREDENTIALS),
            device,
            token.map(DevicesApi::checkedToken).orElseGet(this::newToken));
    return entities.devices().create(device, credentials);
  }

  /// The device with what the body says; what it leaves out stays.
  private Device changed(Device device, Fields body) {
    var profile =
        body.isAbsent("deviceProfileId") && body.isAbsent("type")
            ? new ProfileOf(device.deviceProfileId(), device.type())
            : ProfileOf.of(profile(body));
    var customer =
        body.isAbsent("customerId")
            ? device.customerId()
            : body.id("customerId", EntityType.CUSTOMER)
                .map(id -> guard.customer(id).id())
                .orElse(null);
    return new Device(
        device.id(),
        device.createdTime(),
        device.tenantId(),
        customer,
        body.isAbsent("name") ? device.name() : body.text("name"),
        profile.name,
        body.text("label", device.label()),
        profile.id,
        body.object("deviceData", device.deviceData()),
        body.object("additionalInfo", device.additionalInfo()),
        body.number("version").orElse(device.version()));
  }

  private record ProfileOf(EntityId id, String name) {
    static ProfileOf of(DeviceProfile profile) {
      return new ProfileOf(profile.id(), profile.name());
    }
  }

  // ThingsBoard: a type that is not the name of a profile makes one of that name
  private DeviceProfile profile(Fields body) {
    var id = body.id("deviceProfileId", EntityType.DEVICE_PROFILE);
    if (id.isPresent()) {
      return guard.profile(id.get());
    }
    var tenant = Caller.current().tenantId();
    var type = body.text("type", "");
    if (!type.isBlank()) {
      return profileNamed(type)
          .orElseGet(
              () ->
                  entities
                      .deviceProfiles()
                      .save(
                          DeviceProfile.named(
                              entities.newId(EntityType.DEVICE_PROFILE), tenant, type)));
    }
    return entities
        .deviceProfiles()
        .findDefault(tenant)
        .orElseThrow(
            () ->
                HttpError.badField("deviceProfileId", "is missing and no profile is the default"));
  }

  private Optional<DeviceProfile> profileNamed(String name) {
    return entities.deviceProfiles().findByName(Caller.current().tenantId(), name);
  }

  private Reply delete(Request request) throws Exception {
    var device = device(request);
    entities.devices().delete(device.id());
    remains.delete(device.id());
    engine.tell(device.tenantId(), device.id(), "ENTITY_DELETED", DeviceJson.of(device));
    return Reply.empty();
  }

  private DeviceCredentials credentials(Device device) {
    return entities
        .credentials()
        .findByDevice(device.id())
        .orElseThrow(() -> HttpError.notFound("The device has no credentials"));
  }

  private Reply saveCredentials(Request request) {
    var body = request.body();
    var deviceId =
        body.id("deviceId", EntityType.DEVICE)
            .orElseThrow(() -> HttpError.badField("deviceId", "should be specified!"));
    var known = credentials(guard.device(deviceId));
    var type =
        Request.choice(
            "credentialsType", CredentialsType.class, body.text("credentialsType", "ACCESS_TOKEN"));
    var saved =
        entities
            .credentials()
            .save(
                new DeviceCredentials(
                    known.id(),
                    known.createdTime(),
                    known.tenantId(),
                    deviceId,
                    type,
                    MqttBasic.credentialsId(type, body),
                    type == CredentialsType.X509_CERTIFICATE
                        ? CertificateCredentials.value(body)
                        : body.text("credentialsValue", ""),
                    body.number("version").orElse(known.version())));
    return Reply.of(DeviceJson.credentials(saved));
  }

  private Reply assign(Request request) {
    var customer = guard.customer(request.id("customerId", EntityType.CUSTOMER));
    var device = entities.devices().save(assigned(device(request), customer.id()));
    return Reply.of(DeviceJson.of(device));
  }

  private Reply assign(Device device, EntityId customer) {
    return Reply.of(DeviceJson.of(entities.devices().save(device.withCustomer(customer))));
  }

  private BulkImport.Done imported(BulkImport.Row row, boolean mayUpdate) {
    var fields = new Fields(ImportedDevice.body(row));
    var name = fields.text("name");
    var known = entities.devices().findByName(Caller.current().tenantId(), name);
    if (known.isPresent() && !mayUpdate) {
      throw HttpError.badRequest("A device called %s exists already".formatted(name));
    }
    var device =
        known.isPresent()
            ? entities.devices().save(changed(known.get(), fields))
            : created(fields, row.text(BulkImport.Column.ACCESS_TOKEN));
    ImportedDevice.credentials(row, credentials(device))
        .ifPresent(changed -> entities.credentials().save(changed));
    engine.tell(
        device.tenantId(),
        device.id(),
        known.isPresent() ? "ENTITY_UPDATED" : "ENTITY_CREATED",
        DeviceJson.of(device));
    return new BulkImport.Done(device.id(), known.isEmpty());
  }

  private static Device assigned(Device device, @Nullable EntityId customerId) {
    return new Device(
        device.id(),
        device.createdTime(),
        device.tenantId(),
        customerId,
        device.name(),
        device.type(),
        device.label(),
        device.deviceProfileId(),
        device.deviceData(),
        device.additionalInfo(),
        device.version());
  }

  private static String checkedToken(String token) {
    if (token.length() > TOKEN_LENGTH_MAX || !token.strip().equals(token)) {
      throw HttpError.badField(
          "accessToken", "has 1 to %d characters, no spaces around".formatted(TOKEN_LENGTH_MAX));
    }
    return token;
  }

  private String newToken() {
    var token = new StringBuilder(TOKEN_LENGTH);
    for (int i = 0; i < TOKEN_LENGTH; i++) {
      token.append(TOKEN_ALPHABET.charAt(random.nextInt(TOKEN_ALPHABET.length())));
    }
    return token.toString();
  }
}
