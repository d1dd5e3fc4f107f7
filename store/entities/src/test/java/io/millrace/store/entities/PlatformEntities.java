package io.millrace.store.entities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Ids;
import io.millrace.testkit.SimulatedTime;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A store with a tenant, and what must hold of assets, dashboards and relations in any database.
abstract class PlatformEntities {
  @TempDir Path directory;
  final SimulatedTime time = new SimulatedTime(1_000);
  final Ids ids = new Ids(time, new Random(1));
  EntityStore store;
  Tenant tenant;
  DeviceProfile profile;

  @BeforeEach
  void openWithTenant() {
    open();
    tenant = store.tenants().save(Tenant.named(store.newId(EntityType.TENANT), "Tenant"));
    profile = store.deviceProfiles().save(newProfile("default"));
  }

  /// Overridden to run the same tests on another database.
  Config config() {
    return Config.embedded();
  }

  void open() {
    store = EntityStore.open(config(), directory, time, ids);
  }

  @AfterEach
  void close() {
    assertThat(store.problems()).as("whatever was done, all checksums are kept").isEmpty();
    store.close();
  }

  DeviceProfile newProfile(String name) {
    return DeviceProfile.named(store.newId(EntityType.DEVICE_PROFILE), tenant.id(), name);
  }

  private AssetProfile building() {
    var id = store.newId(EntityType.ASSET_PROFILE);
    return store.assetProfiles().save(AssetProfile.named(id, tenant.id(), "building"));
  }

  private EntityId asset(String name) {
    var kind = store.assetProfiles().findByName(tenant.id(), "building").orElseGet(this::building);
    return store.assets().save(Asset.named(store.newId(EntityType.ASSET), name, kind)).id();
  }

  private Customer customer() {
    var id = store.newId(EntityType.CUSTOMER);
    return store.customers().save(Customer.named(id, tenant.id(), "Customer"));
  }

  private void relate(EntityId from, String type, EntityId to) {
    store.relations().save(tenant.id(), Relation.of(from, type, to));
  }

  @Test
  void assetsAndProfilesComeBackWithWhatWasSaidOfThem() {
    var details = (JsonObject) Json.parse("{\"description\":\"d\",\"x\":[1,{\"y\":null}]}");
    var kind =
        store
            .assetProfiles()
            .save(
                new AssetProfile(
                    store.newId(EntityType.ASSET_PROFILE),
                    5,
                    tenant.id(),
                    "silo",
                    false,
                    details,
                    0));
    var asset = store.assets().save(Asset.named(store.newId(EntityType.ASSET), "Silo 1", kind));

    assertThat(store.assetProfiles().find(kind.id())).contains(kind);
    assertThat(kind.details()).isEqualTo(details);
    assertThat(store.assets().findByName(tenant.id(), "Silo 1")).contains(asset);
    assertThat(store.assets().pageOfProfile(kind.id(), PageLink.first(10)).data())
        .containsExactly(asset);
    assertThatThrownBy(() -> store.assetProfiles().delete(kind.id()))
        .isInstanceOf(InUseException.class);
    assertThatThrownBy(
            () -> store.assets().save(Asset.named(store.newId(EntityType.ASSET), "Silo 1", kind)))
        .isInstanceOf(DuplicateNameException.class)
        .hasMessage("An asset called Silo 1 exists already; choose another name.");
  }

  @Test
  void defaultAssetProfileIsOneAndStays() {
    var first = store.assetProfiles().makeDefault(building().id());
    var other =
        store
            .assetProfiles()
            .save(AssetProfile.named(store.newId(EntityType.ASSET_PROFILE), tenant.id(), "room"));
    store.assetProfiles().makeDefault(other.id());

    assertThat(store.assetProfiles().findDefault(tenant.id()).orElseThrow().id())
        .isEqualTo(other.id());
    assertThatThrownBy(() -> store.assetProfiles().delete(other.id()))
        .isInstanceOf(InUseException.class);
    assertThat(store.assetProfiles().delete(first.id())).isTrue();
  }

  @Test
  void customersSeeTheirDashboardsUntilTheyAreDeleted() {
    var customer = customer();
    var dashboard =
        store
            .dashboards()
            .save(
                new Dashboard(
                    store.newId(EntityType.DASHBOARD),
                    0,
                    tenant.id(),
                    "Energy",
                    Set.of(),
                    JsonObject.EMPTY,
                    0));
    var assigned = store.dashboards().assign(dashboard.id(), _ -> Set.of(customer.id()));

    assertThat(store.dashboards().pageOfCustomer(customer.id(), PageLink.first(10)).data())
        .containsExactly(assigned);
    store.customers().delete(customer.id());
    assertThat(store.dashboards().find(dashboard.id()).orElseThrow().customers()).isEmpty();
  }

  @Test
  void relationsAreFoundLevelByLevelInBothDirections() {
    var house = asset("House");
    var floor = asset("Floor");
    var room = asset("Room");
    var garden = asset("Garden");
    relate(house, "Contains", floor);
    relate(floor, "Contains", room);
    relate(house, "Manages", garden);

    assertThat(store.relations().related(RelationQuery.next(house, false)))
        .containsExactlyInAnyOrder(floor, garden);
    assertThat(store.relations().related(query(house, false, 0, false, "Contains")))
        .containsExactly(floor, room);
    assertThat(store.relations().related(query(house, false, 1, false, "Contains")))
        .containsExactly(floor);
    assertThat(store.relations().related(query(house, false, 0, true, "Contains")))
        .containsExactly(room);
    assertThat(store.relations().related(query(room, true, 0, false, "Contains")))
        .containsExactly(floor, house);
    assertThat(store.relations().related(query(room, true, 2, true, ""))).containsExactly(house);
  }

  @Test
  void circlesEndAndTooManyAreAnError() {
    var a = asset("A");
    var b = asset("B");
    relate(a, "Contains", b);
    relate(b, "Contains", a);

    assertThat(store.relations().related(query(a, false, 0, false, ""))).containsExactly(b);
    relate(a, "Contains", asset("C"));
    assertThatThrownBy(
            () -> store.relations().find(new RelationQuery(a, false, 1, List.of(), false, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("More than 1 entities are related to ASSET");
  }

  @Test
  void relationIsOneRowHoweverOftenItIsSavedAndGoesWithItsEntities() {
    var a = asset("A");
    var b = asset("B");
    relate(a, "Contains", b);
    var info = (JsonObject) Json.parse("{\"x\":1}");
    var saved =
        store
            .relations()
            .save(tenant.id(), new Relation(a, b, "Contains", RelationGroup.COMMON, info, 0));

    assertThat(saved.version()).isEqualTo(2);
    assertThat(store.relations().from(a)).containsExactly(saved);
    assertThat(store.relations().to(b)).containsExactly(saved);
    store.assets().delete(b);
    assertThat(store.relations().from(a)).isEmpty();
    relate(a, "Contains", asset("C"));
    store.tenants().delete(tenant.id());
    assertThat(store.relations().from(a)).isEmpty();
  }

  private static RelationQuery query(
      EntityId root, boolean isUp, int levels, boolean isLastLevelOnly, String type) {
    var filter = new RelationQuery.Filter(type, Set.of(EntityType.ASSET), false);
    return new RelationQuery(
        root, isUp, levels, List.of(filter), isLastLevelOnly, RelationQuery.FOUND_MAX);
  }

  @Test
  void apiKeyIsKnownByItsHashAndGoesWithItsUser() {
    var user =
        store
            .users()
            .save(
                new User(
                    store.newId(EntityType.USER),
                    0,
                    tenant.id(),
                    null,
                    Authority.TENANT_ADMIN,
                    "k@x.example",
                    "",
                    "",
                    "",
                    JsonObject.EMPTY,
                    0));
    var key =
        store
            .apiKeys()
            .save(
                new ApiKey(
                    store.newId(EntityType.API_KEY),
                    0,
                    tenant.id(),
                    user.id(),
                    "build server",
                    true,
                    0,
                    "hash",
                    0));

    assertThat(store.apiKeys().findByHash("hash")).contains(key);
    store.apiKeys().save(key.changed("build server", false));
    assertThat(store.apiKeys().findByHash("hash").orElseThrow().enabled()).isFalse();
    store.users().delete(user.id());
    assertThat(store.apiKeys().findByHash("hash")).isEmpty();
  }
}
