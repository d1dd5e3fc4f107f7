package io.millrace.app;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.access.Access;
import io.millrace.engine.pipeline.Ingest;
import io.millrace.store.attributes.AttributeStore;
import io.millrace.store.entities.Authority;
import io.millrace.store.entities.Customer;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.DeviceCredentials;
import io.millrace.store.entities.DeviceProfile;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.Tenant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The demo tenant: the users, devices and access tokens that ThingsBoard's demo data has, and the
/// course's rule chains.
final class DemoTenant {
  static final String LOGIN = "tenant@thingsboard.org";
  static final String PASSWORD = "tenant";
  static final String SENSOR_TOKEN = "DHT11_DEMO_TOKEN";

  private final EntityStore entities;
  private final AttributeStore attributes;
  private final Access access;
  private final Ingest ingest;
  private final EntityId tenant;

  private DemoTenant(
      EntityStore entities, AttributeStore attributes, Access access, Ingest ingest) {
    this.entities = entities;
    this.attributes = attributes;
    this.access = access;
    this.ingest = ingest;
    this.tenant = entities.newId(EntityType.TENANT);
  }

  /// Makes the demo tenant unless it is there from an earlier start.
  static void install(
      EntityStore entities, AttributeStore attributes, Access access, Ingest ingest) {
    if (entities.users().findByEmail(LOGIN).isEmpty()) {
      new DemoTenant(entities, attributes, access, ingest).install();
    }
  }

  private void install() {
    entities.tenants().save(Tenant.named(tenant, "Tenant"));
    new DemoRuleChains(entities, tenant).install();
    var standard = profile("default");
    entities.deviceProfiles().makeDefault(standard.id());
    var thermostat = profile("thermostat");
    var a = customer("Customer A");
    var b = customer("Customer B");
    var c = customer("Customer C");
    device("Test Device A1", standard, a, "A1_TEST_TOKEN", "");
    device("Test Device A2", standard, a, "A2_TEST_TOKEN", "");
    device("Test Device A3", standard, a, "A3_TEST_TOKEN", "");
    device("Test Device B1", standard, b, "B1_TEST_TOKEN", "");
    device("Test Device C1", standard, c, "C1_TEST_TOKEN", "");
    device(
        "DHT11 Demo Device",
        standard,
        null,
        SENSOR_TOKEN,
        "Demo device that is used in sample applications that upload data from DHT11 temperature and humidity sensor");
    device(
        "Raspberry Pi Demo Device",
        standard,
        null,
        "RASPBERRY_PI_DEMO_TOKEN",
        "Demo device that is used in Raspberry Pi GPIO control sample application");
    thermostat(
        device("Thermostat T1", thermostat, null, "T1_TEST_TOKEN", ""), 37.3948, -122.1503, 20, 50);
    thermostat(
        device("Thermostat T2", thermostat, null, "T2_TEST_TOKEN", ""),
        37.493801,
        -121.948769,
        25,
        30);
    // last, because it says that the rest is there
    user(Authority.CUSTOMER_USER, a, "customer@thingsboard.org", "customer");
    user(Authority.CUSTOMER_USER, a, "customerA@thingsboard.org", "customer");
    user(Authority.CUSTOMER_USER, b, "customerB@thingsboard.org", "customer");
    user(Authority.CUSTOMER_USER, c, "customerC@thingsboard.org", "customer");
    access.newUser(
        Authority.SYS_ADMIN,
        EntityStore.SYSTEM_TENANT,
        null,
        "sysadmin@thingsboard.org",
        "sysadmin");
    user(Authority.TENANT_ADMIN, null, LOGIN, PASSWORD);
  }

  private DeviceProfile profile(String name) {
    var profile = DeviceProfile.named(entities.newId(EntityType.DEVICE_PROFILE), tenant, name);
    return entities.deviceProfiles().save(profile);
  }

  private EntityId customer(String title) {
    var customer = Customer.named(entities.newId(EntityType.CUSTOMER), tenant, title);
    return entities.customers().save(customer).id();
  }

  private void user(
      Authority authority, @Nullable EntityId customer, String email, String password) {
    access.newUser(authority, tenant, customer, email, password);
  }

  private EntityId device(
      String name,
      DeviceProfile profile,
      @Nullable EntityId customer,
      String token,
      String description) {
    var info =
        description.isEmpty()
            ? JsonObject.EMPTY
            : JsonObject.builder().put("description", description).build();
    var device =
        new Device(
            entities.newId(EntityType.DEVICE),
            0,
            tenant,
            customer,
            name,
            profile.name(),
            "",
            profile.id(),
            JsonObject.EMPTY,
            info,
            0);
    var credentials = DeviceCredentials.token(entities.newId(EntityType.DEVICE), device, token);
    return entities.devices().create(device, credentials).id();
  }

  private void thermostat(
      EntityId device, double latitude, double longitude, long temperature, long humidity) {
    Map<String, JsonValue> values =
        Map.of(
            "latitude", new JsonDouble(latitude),
            "longitude", new JsonDouble(longitude),
            "temperatureAlarmFlag", JsonBoolean.TRUE,
            "humidityAlarmFlag", JsonBoolean.TRUE,
            "temperatureAlarmThreshold", new JsonLong(temperature),
            "humidityAlarmThreshold", new JsonLong(humidity));
    ingest
        .execute(
            device,
            batch -> {
              List<Attribute> rows =
                  values.entrySet().stream()
                      .map(value -> new Attribute(value.getKey(), value.getValue(), batch.now()))
                      .toList();
              attributes.save(batch.commit(), device, AttributeScope.SERVER_SCOPE, rows);
              return rows.size();
            })
        .join();
  }
}
