package io.millrace.store.entities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EntityStoreTest extends PlatformEntities {
  @Test
  void everyFieldComesBackAfterReopening() {
    var contact = new Contact("AT", "W", "Wien", "Ring 1", "Tür 2", "1010", "+43", "a@b.c");
    var info = (JsonObject) Json.parse("{\"description\":\"é\",\"x\":{\"y\":[1,2.0,null]}}");
    var customer =
        store
            .customers()
            .save(
                new Customer(
                    store.newId(EntityType.CUSTOMER),
                    77,
                    tenant.id(),
                    "C",
                    true,
                    contact,
                    info,
                    0));
    var user = store.users().save(newUser("Some.One@Example.org", customer.id()));
    var chain =
        store
            .ruleChains()
            .save(
                new StoredRuleChain(
                    store.newId(EntityType.RULE_CHAIN),
                    0,
                    tenant.id(),
                    "Chain",
                    "CORE",
                    false,
                    true,
                    info,
                    info,
                    info,
                    0));
    var cold =
        store
            .deviceProfiles()
            .save(
                new DeviceProfile(
                    store.newId(EntityType.DEVICE_PROFILE),
                    0,
                    tenant.id(),
                    "cold",
                    "fridges",
                    false,
                    chain.id(),
                    "MQTT",
                    "DISABLED",
                    info,
                    0));
    var device =
        store
            .devices()
            .save(
                new Device(
                    store.newId(EntityType.DEVICE),
                    0,
                    tenant.id(),
                    customer.id(),
                    "Fridge",
                    "cold",
                    "in the cellar",
                    cold.id(),
                    info,
                    info,
                    0));
    var credentials = store.credentials().save(newToken(device, "TOKEN"));
    close();
    open();
    assertThat(store.tenants().find(tenant.id())).contains(tenant);
    assertThat(store.customers().find(customer.id())).contains(customer);
    assertThat(customer.createdTime()).isEqualTo(77);
    assertThat(store.users().find(user.id())).contains(user);
    assertThat(store.ruleChains().find(chain.id())).contains(chain);
    assertThat(store.deviceProfiles().find(cold.id())).contains(cold);
    assertThat(store.devices().find(device.id())).contains(device);
    assertThat(device.version()).isEqualTo(1);
    assertThat(device.createdTime()).isEqualTo(time.millis());
    assertThat(store.credentials().findByToken("TOKEN")).contains(credentials);
    assertThat(store.credentials().findByDevice(device.id())).contains(credentials);
  }

  @Test
  void ruleChainKeepsWhatItDoesNotKnow() {
    var text =
        "{\"firstNodeIndex\":0,\"nodes\":[{\"type\":\"x.Unknown\",\"ü\":1.50,\"z\":null}],\"connections\":[],\"new\":{\"b\":1,\"a\":2}}";
    var metadata = (JsonObject) Json.parse(text);
    var chain = store.ruleChains().save(newChain("C", metadata));
    close();
    open();
    var read = store.ruleChains().find(chain.id()).orElseThrow();
    assertThat(read.metadata()).hasToString(metadata.toString());
    assertThat(store.ruleChains().save(read.withMetadata(JsonObject.EMPTY)).version()).isEqualTo(2);
  }

  @Test
  void changeToAnOldVersionIsRefused() {
    var first = store.devices().save(newDevice("D"));
    var second = store.devices().save(first.withCustomer(null));
    assertThat(second.version()).isEqualTo(2);
    assertThatThrownBy(() -> store.devices().save(first))
        .isInstanceOf(StaleVersionException.class)
        .hasMessageContaining("made to version 1 and found version 2");
    assertThat(store.devices().find(first.id())).contains(second);
  }

  @Test
  void namesAreUniqueWithinATenant() {
    store.devices().save(newDevice("D"));
    assertThatThrownBy(() -> store.devices().save(newDevice("D")))
        .isInstanceOf(DuplicateNameException.class)
        .hasMessage("A device called D exists already; choose another name.");
    assertThatThrownBy(() -> store.deviceProfiles().save(newProfile("default")))
        .isInstanceOf(DuplicateNameException.class);
    store.users().save(newUser("a@b.c", null));
    assertThatThrownBy(() -> store.users().save(newUser("A@B.C", null)))
        .isInstanceOf(DuplicateNameException.class)
        .hasMessageContaining("A@B.C");
    assertThatThrownBy(
            () ->
                store.tenants().save(Tenant.named(store.newId(EntityType.TENANT), tenant.title())))
        .isInstanceOf(DuplicateNameException.class);
    var other = store.tenants().save(Tenant.named(store.newId(EntityType.TENANT), "Other"));
    var theirs =
        store
            .deviceProfiles()
            .save(
                DeviceProfile.named(store.newId(EntityType.DEVICE_PROFILE), other.id(), "default"));
    store.devices().save(Device.named(store.newId(EntityType.DEVICE), "D", theirs));
    assertThat(store.devices().findByName(other.id(), "D").orElseThrow().tenantId())
        .isEqualTo(other.id());
  }

  @Test
  void rowThatRefersToNothingIsRefused() {
    var gone = new EntityId(EntityType.CUSTOMER, new UUID(0, 1));
    assertThatThrownBy(() -> store.devices().save(newDevice("D").withCustomer(gone)))
        .isInstanceOf(MissingEntityException.class);
    var missing = newDevice("never stored");
    assertThatThrownBy(() -> store.credentials().save(newToken(missing, "T")))
        .isInstanceOf(MissingEntityException.class);
    var stored = store.devices().save(newDevice("D"));
    store.devices().delete(stored.id());
    assertThatThrownBy(() -> store.devices().save(stored))
        .isInstanceOf(MissingEntityException.class)
        .hasMessage("There is no " + stored.id());
  }

  @Test
  void deviceAndItsCredentialsAreMadeTogetherOrNotAtAll() {
    var first = newDevice("D1");
    store.devices().create(first, newToken(first, "T"));
    var second = newDevice("D2");
    assertThatThrownBy(() -> store.devices().create(second, newToken(second, "T")))
        .isInstanceOf(DuplicateCredentialsException.class);
    assertThat(store.devices().find(second.id())).isEmpty();
    assertThat(store.devices().findByName(tenant.id(), "D2")).isEmpty();
  }

  @Test
  void tokenLookupFollowsEveryChange() {
    assertThat(store.credentials().findByToken("T1")).isEmpty();
    var device = newDevice("D");
    store.devices().create(device, newToken(device, "T1"));
    var found = store.credentials().findByToken("T1").orElseThrow();
    assertThat(found.deviceId()).isEqualTo(device.id());
    var changed =
        new DeviceCredentials(
            found.id(),
            found.createdTime(),
            found.tenantId(),
            found.deviceId(),
            CredentialsType.ACCESS_TOKEN,
            "T2",
            "",
            found.version());
    assertThat(store.credentials().findByToken("T2")).isEmpty();
    store.credentials().save(changed);
    assertThat(store.credentials().findByToken("T1")).isEmpty();
    assertThat(store.credentials().findByToken("T2")).isPresent();
    store.devices().delete(device.id());
    assertThat(store.credentials().findByToken("T2")).isEmpty();
  }

  @Test
  void otherKindsOfCredentialsAreNoTokens() {
    var device = newDevice("D");
    var basic =
        new DeviceCredentials(
            store.newId(EntityType.DEVICE_CREDENTIALS),
            0,
            tenant.id(),
            device.id(),
            CredentialsType.MQTT_BASIC,
            "client|user",
            "{\"userName\":\"user\"}",
            0);
    store.devices().create(device, basic);
    assertThat(store.credentials().findByToken("client|user")).isEmpty();
    assertThat(store.credentials().findByCredentialsId("client|user")).isPresent();
  }

  @Test
  void listenersHearAfterTheCommitAndDependantsFirst() {
    var heard = new ArrayList<String>();
    var found = new ArrayList<Optional<Device>>();
    var device = newDevice("D");
    store.onChange(
        new EntityListener() {
          @Override
          public void changed(EntityId id) {
            heard.add("changed " + id.type());
            found.add(store.devices().find(device.id()));
          }

          @Override
          public void deleted(EntityId id) {
            heard.add("deleted " + id.type());
          }
        });
    store.devices().create(device, newToken(device, "T"));
    assertThat(found.getFirst()).isPresent();
    assertThatThrownBy(() -> store.devices().save(newDevice("D")))
        .isInstanceOf(DuplicateNameException.class);
    store.devices().delete(device.id());
    assertThat(store.devices().delete(device.id())).isFalse();
    assertThat(heard)
        .containsExactly(
            "changed DEVICE",
            "changed DEVICE_CREDENTIALS",
            "deleted DEVICE_CREDENTIALS",
            "deleted DEVICE");
  }

  @Test
  void oneRootChainAndOneDefaultProfilePerTenant() {
    var first = store.ruleChains().save(newChain("A", JsonObject.EMPTY));
    var second = store.ruleChains().save(newChain("B", JsonObject.EMPTY));
    store.ruleChains().makeRoot(first.id());
    store.ruleChains().makeRoot(second.id());
    assertThat(store.ruleChains().ofTenant(tenant.id()))
        .extracting(StoredRuleChain::name, StoredRuleChain::root)
        .containsExactly(tuple("A", false), tuple("B", true));
    assertThatThrownBy(() -> store.ruleChains().delete(second.id()))
        .isInstanceOf(InUseException.class)
        .hasMessageContaining("B is the root rule chain");
    store.deviceProfiles().makeDefault(profile.id());
    var other = store.deviceProfiles().save(newProfile("other"));
    store.deviceProfiles().makeDefault(other.id());
    assertThat(store.deviceProfiles().findDefault(tenant.id()).orElseThrow().name())
        .isEqualTo("other");
    assertThatThrownBy(() -> store.deviceProfiles().delete(other.id()))
        .isInstanceOf(InUseException.class);
  }

  @Test
  void profileWithDevicesStays() {
    store.devices().save(newDevice("D"));
    assertThatThrownBy(() -> store.deviceProfiles().delete(profile.id()))
        .isInstanceOf(InUseException.class)
        .hasMessageContaining("others still refer to it");
    assertThat(store.deviceProfiles().find(profile.id())).isPresent();
  }

  @Test
  void withACustomerGoItsUsersAndItsDevicesBecomeUnassigned() {
    var customer =
        store.customers().save(Customer.named(store.newId(EntityType.CUSTOMER), tenant.id(), "C"));
    var user = store.users().save(newUser("a@b.c", customer.id()));
    var device = store.devices().save(newDevice("D").withCustomer(customer.id()));
    assertThat(store.customers().delete(customer.id())).isTrue();
    assertThat(store.users().find(user.id())).isEmpty();
    assertThat(store.devices().find(device.id()).orElseThrow().customerId()).isNull();
  }

  @Test
  void withATenantGoesAllThatIsIts() {
    var device = newDevice("D");
    store.devices().create(device, newToken(device, "T"));
    store.deviceProfiles().makeDefault(profile.id());
    var chain = store.ruleChains().save(newChain("A", JsonObject.EMPTY));
    store.ruleChains().makeRoot(chain.id());
    store.users().save(newUser("a@b.c", null));
    assertThat(store.tenants().delete(tenant.id())).isTrue();
    assertThat(store.tenants().all()).isEmpty();
    assertThat(store.credentials().findByToken("T")).isEmpty();
    assertThat(store.users().findByEmail("a@b.c")).isEmpty();
    assertThat(store.ruleChains().ofTenant(tenant.id())).isEmpty();
  }

  @Test
  void passwordIsKeptApart() {
    var user = store.users().save(newUser("a@b.c", null));
    assertThat(store.users().passwordHash(user.id())).isEmpty();
    store.users().setPasswordHash(user.id(), "$2b$...");
    assertThat(store.users().passwordHash(user.id())).contains("$2b$...");
    store.users().save(user);
    assertThat(store.users().passwordHash(user.id())).contains("$2b$...");
    var nobody = store.newId(EntityType.USER);
    assertThatThrownBy(() -> store.users().setPasswordHash(nobody, "x"))
        .isInstanceOf(MissingEntityException.class);
    assertThat(store.users().findByEmail("A@b.C")).isPresent();
  }

  @Test
  void pagesSearchAndSort() {
    for (var name : List.of("Ürsula 100%", "ursula_2", "Pump", "valve", "Zug")) {
      time.advance(Duration.ofMillis(1));
      store.devices().save(newDevice(name));
    }
    var page = store.devices().page(tenant.id(), new PageLink(2, 1, "", "createdTime", false));
    assertThat(page.data()).extracting(Device::name).containsExactly("Pump", "ursula_2");
    assertThat(page).returns(3, Page::totalPages).returns(5L, Page::totalElements);
    assertThat(page.hasNext()).isTrue();
    assertThat(names("üRS")).containsExactly("Ürsula 100%");
    assertThat(names("%")).containsExactly("Ürsula 100%");
    assertThat(names("a_")).containsExactly("ursula_2");
    assertThat(names("default")).hasSize(5); // the type
    assertThat(names("!")).isEmpty();
    var last = store.devices().page(tenant.id(), new PageLink(2, 2, "", "name", true));
    assertThat(last.data()).hasSize(1);
    assertThat(last.hasNext()).isFalse();
    assertThatThrownBy(
            () -> store.devices().page(tenant.id(), new PageLink(2, 0, "", "name; DROP", true)))
        .hasMessage(
            "sortProperty=name; DROP; this list can be sorted by createdTime, label, name, type");
    assertThatThrownBy(() -> PageLink.first(0)).hasMessageContaining("pageSize=0");
    assertThat(store.tenants().page(PageLink.first(10)).data()).containsExactly(tenant);
    assertThat(store.devices().pageOfProfile(profile.id(), PageLink.first(10)).totalElements())
        .isEqualTo(5);
  }

  private List<String> names(String search) {
    return store
        .devices()
        .page(tenant.id(), new PageLink(9, 0, search, "name", true))
        .data()
        .stream()
        .map(Device::name)
        .toList();
  }

  private Device newDevice(String name) {
    return Device.named(store.newId(EntityType.DEVICE), name, profile);
  }

  private StoredRuleChain newChain(String name, JsonObject metadata) {
    return StoredRuleChain.named(store.newId(EntityType.RULE_CHAIN), tenant.id(), name, metadata);
  }

  private DeviceCredentials newToken(Device device, String token) {
    return DeviceCredentials.token(store.newId(EntityType.DEVICE_CREDENTIALS), device, token);
  }

  private User newUser(String email, EntityId customerId) {
    return new User(
        store.newId(EntityType.USER),
        0,
        tenant.id(),
        customerId,
        customerId == null ? Authority.TENANT_ADMIN : Authority.CUSTOMER_USER,
        email,
        "Some",
        "One",
        "",
        JsonObject.EMPTY,
        0);
  }
}
