package io.millrace.wire.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.model.Point;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Ids;
import io.millrace.store.attributes.AttributeStore;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.DeviceCredentials;
import io.millrace.store.entities.DeviceProfile;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.Tenant;
import io.millrace.store.timeseries.TimeseriesStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A database that shows what the platform knows of its devices, and the other way round.
class MirrorIT {
  private static final String ADMIN = "&auth=" + RealtimeFixture.ADMIN;
  @TempDir Path directory;
  @TempDir Path rows;
  private final List<String> changes = new CopyOnWriteArrayList<>();
  private RealtimeFixture db;
  private EntityStore entities;
  private TimeseriesStore timeseries;
  private AttributeStore attributes;
  private Tenant tenant;
  private Device device;
  private Mirror mirror;

  @BeforeEach
  void open() {
    db = new RealtimeFixture(directory, Map.of());
    entities =
        EntityStore.open(
            io.millrace.store.entities.Config.embedded(),
            rows,
            Clock.SYSTEM,
            new Ids(Clock.SYSTEM, new Random(1)));
    tenant = entities.tenants().save(Tenant.named(entities.newId(EntityType.TENANT), "T"));
    var profile =
        entities
            .deviceProfiles()
            .save(
                DeviceProfile.named(
                    entities.newId(EntityType.DEVICE_PROFILE), tenant.id(), "default"));
    var id = entities.newId(EntityType.DEVICE);
    var named = Device.named(id, "Kitchen 1.5", profile);
    device =
        entities
            .devices()
            .create(
                named,
                DeviceCredentials.token(
                    entities.newId(EntityType.DEVICE_CREDENTIALS), named, "token"));
    timeseries = TimeseriesStore.open(db.commits);
    attributes = AttributeStore.open(db.commits);
    mirror = new Mirror(db.store, entities, timeseries, attributes, this::change);
    db.api.mirror(mirror);
  }

  @AfterEach
  void close() {
    mirror.close();
    entities.close();
    db.close();
  }

  /// Stands for the device's partition.
  private CompletableFuture<?> change(EntityId id, JsonObject saved, List<String> deleted) {
    changes.add(saved + " " + deleted);
    try (var commit = db.commits.begin()) {
      var list = new ArrayList<Attribute>();
      saved.forEach((name, value) -> list.add(new Attribute(name, value, 1)));
      attributes.save(commit, id, AttributeScope.SHARED_SCOPE, list);
      attributes.delete(commit, id, AttributeScope.SHARED_SCOPE, deleted);
      commit.write();
    }
    return CompletableFuture.completedFuture(true);
  }

  private void measure(long ts, String key, JsonValue value) {
    try (var commit = db.commits.begin()) {
      timeseries.save(commit, device.id(), List.of(new Point(key, ts, value)));
      commit.write();
    }
  }

  private void attribute(AttributeScope scope, String key, JsonValue value) {
    try (var commit = db.commits.begin()) {
      attributes.save(commit, device.id(), scope, List.of(new Attribute(key, value, 1)));
      commit.write();
    }
  }

  private void rules(String json) {
    var text = json.replace('\'', '"').replace("TENANT", tenant.id().id().toString());
    assertThat(db.ask("PUT", "/.settings/mirror.json?ns=m" + ADMIN, text))
        .isEqualTo("200 {\"status\":\"ok\"}");
  }

  private void until(String path, String expected) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(Json.parse(db.call("GET", path + ".json?ns=m" + ADMIN, "").body()))
                    .isEqualTo(Json.parse(expected)));
  }

  @Test
  void latestValuesAndAttributesAreInStep() {
    measure(1_000, "temperature", new JsonDouble(20.5)); // before there is a rule
    attribute(AttributeScope.SERVER_SCOPE, "floor", new JsonLong(3));
    rules("[{'latest':'/devices/$name/latest','attributes':'/devices/$name/$scope'}]");
    until("/devices/Kitchen 1%252E5/latest".replace(" ", "%20"), "{\"temperature\":20.5}");
    measure(2_000, "temperature", new JsonLong(21));
    measure(1_500, "temperature", new JsonLong(99)); // late: not the latest
    measure(2_000, "gps.fix/2", Json.parse("{\"a.b\":[1,{\"c\":true}]}"));
    attribute(AttributeScope.SHARED_SCOPE, "target", new JsonString("on"));
    until(
        "/devices/Kitchen%201%252E5",
        "{\"latest\":{\"gps%2Efix%2F2\":{\"a%2Eb\":[1,{\"c\":true}]},\"temperature\":21},"
            + "\"server\":{\"floor\":3},\"shared\":{\"target\":\"on\"}}");
    try (var commit = db.commits.begin()) {
      attributes.delete(commit, device.id(), AttributeScope.SHARED_SCOPE, List.of("target"));
      commit.write();
    }
    until("/devices/Kitchen%201%252E5/shared", "null");
  }

  @Test
  void whatOthersWriteAtSharedAttributesChangesThePlatform() {
    rules("[{'tenant':'TENANT','attributes':'/d/$name/shared','both':true}]");
    var place = "/d/Kitchen%201%252E5/shared";
    db.ask("PATCH", place + ".json?ns=m" + ADMIN, "{\"target\":22,\"mode\":{\"eco\":true}}");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                attributes
                        .read(device.id(), AttributeScope.SHARED_SCOPE, List.of("target", "mode"))
                        .size()
                    == 2);
    db.ask("DELETE", place + "/target.json?ns=m" + ADMIN, "");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                attributes
                    .read(device.id(), AttributeScope.SHARED_SCOPE, List.of("target"))
                    .isEmpty());
    attribute(AttributeScope.SHARED_SCOPE, "own", new JsonLong(1)); // the platform's: no echo
    until(place, "{\"mode\":{\"eco\":true},\"own\":1}");
    assertThat(changes)
        .containsExactly("{\"mode\":{\"eco\":true},\"target\":22} []", "{} [target]");
  }

  @Test
  void whatACrashLeftHalfDoneIsMadeUpForBothWays() {
    rules("[{'tenant':'TENANT','latest':'/l/$name','attributes':'/d/$name/shared','both':true}]");
    var place = "/d/Kitchen%201%252E5/shared";
    attribute(AttributeScope.SHARED_SCOPE, "target", new JsonLong(20));
    attribute(AttributeScope.SHARED_SCOPE, "old", new JsonLong(1));
    attribute(AttributeScope.SHARED_SCOPE, "gone", new JsonLong(1));
    measure(1_000, "t", new JsonLong(1));
    until(place, "{\"gone\":1,\"old\":1,\"target\":20}");
    until("/l", "{\"Kitchen 1%2E5\":{\"t\":1}}");
    mirror.close(); // from here on nobody hears of anything, as when the process is killed
    changes.clear();
    db.ask("PATCH", place + ".json?ns=m" + ADMIN, "{\"target\":22,\"new\":true,\"gone\":null}");
    attribute(AttributeScope.SHARED_SCOPE, "fresh", new JsonLong(5));
    try (var commit = db.commits.begin()) {
      attributes.delete(commit, device.id(), AttributeScope.SHARED_SCOPE, List.of("old"));
      commit.write();
    }
    measure(2_000, "t", new JsonLong(2));
    mirror = new Mirror(db.store, entities, timeseries, attributes, this::change);
    until(place, "{\"fresh\":5,\"new\":true,\"target\":22}");
    until("/l", "{\"Kitchen 1%2E5\":{\"t\":2}}");
    assertThat(changes).containsExactly("{\"new\":true,\"target\":22} [gone]");
    assertThat(attributes.read(device.id(), AttributeScope.SHARED_SCOPE)).hasSize(3);
  }

  @Test
  void rulesThatCannotBeSaySo() {
    var put = "/.settings/mirror.json?ns=m" + ADMIN;
    assertThat(db.ask("PUT", put, "[{\"latest\":\"/devices/latest\"}]"))
        .startsWith("400 ")
        .contains("needs $name once");
    assertThat(db.ask("PUT", put, "[{\"latest\":\"/$name\",\"both\":true}]"))
        .contains("both needs a tenant");
    assertThat(db.ask("PUT", put, "[{}]")).contains("needs latest or attributes");
    assertThat(db.ask("PUT", put, "{")).contains("JSON array");
    assertThat(db.ask("PUT", "/.settings/mirror.json?ns=m", "[]")).startsWith("401 ");
    assertThat(db.get(put)).isEqualTo("200 []");
  }
}
