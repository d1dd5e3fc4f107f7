package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Ids;
import io.millrace.store.entities.Config;
import io.millrace.store.entities.Contact;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.DeviceProfile;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.Tenant;
import io.millrace.store.timeseries.RetentionPolicy;
import io.millrace.testkit.SimulatedTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The profile's key counts before the profile, that before the tenant's key, the tenant, the
/// setting.
class ProfileRetentionTest {
  private static final long DAY = 86_400_000;

  @TempDir Path directory;
  private EntityStore entities;
  private ProfileRetention retention;

  @BeforeEach
  void open() {
    var time = new SimulatedTime(1_000);
    entities = EntityStore.open(Config.embedded(), directory, time, new Ids(time, new Random(1)));
    retention = new ProfileRetention(entities, Duration.ofDays(30));
  }

  @AfterEach
  void close() {
    entities.close();
  }

  @Test
  void theNearestWordCounts() {
    var tenant = tenant("{\"retention\":{\"days\":90,\"keys\":{\"energy\":3650,\"debug\":1}}}");
    var ownWord = device(tenant, "{\"retention\":{\"days\":7,\"keys\":{\"energy\":0}}}");
    assertThat(retention.keepMs(ownWord, "t")).isEqualTo(7 * DAY);
    assertThat(retention.keepMs(ownWord, "debug")).as("profile before tenant").isEqualTo(7 * DAY);
    assertThat(retention.keepMs(ownWord, "energy")).isEqualTo(RetentionPolicy.FOR_EVER);
    var none = device(tenant, "{}");
    assertThat(retention.keepMs(none, "t")).isEqualTo(90 * DAY);
    assertThat(retention.keepMs(none, "energy")).isEqualTo(3_650 * DAY);
    assertThat(retention.keepMs(none, "debug")).isEqualTo(DAY);
    var silent = device(tenant("{}"), "{\"retention\":{\"keys\":{\"energy\":5}}}");
    assertThat(retention.keepMs(silent, "energy")).isEqualTo(5 * DAY);
    assertThat(retention.keepMs(silent, "t")).as("the setting").isEqualTo(30 * DAY);
    assertThat(retention.allMs())
        .containsExactly(DAY, 5 * DAY, 7 * DAY, 30 * DAY, 90 * DAY, 3_650 * DAY);
  }

  @Test
  void aProfileIsSparedByTheBudgetWhenItSaysSo() {
    var tenant = tenant("{}");
    var usual = device(tenant, "{}");
    assertThat(retention.sparesAny()).isFalse();
    var dear = device(tenant, "{\"retention\":{\"sparedByBudget\":true}}");
    assertThat(retention.sparesAny()).isTrue();
    assertThat(retention.isSpared(dear, "t")).isTrue();
    assertThat(retention.isSpared(usual, "t")).isFalse();
  }

  private EntityId tenant(String info) {
    var id = entities.newId(EntityType.TENANT);
    var about = (JsonObject) Json.parse(info);
    return entities
        .tenants()
        .save(new Tenant(id, 0, "T" + id.id(), "", Contact.NONE, about, 0))
        .id();
  }

  private EntityId device(EntityId tenant, String profileData) {
    var id = entities.newId(EntityType.DEVICE_PROFILE);
    var profile =
        entities
            .deviceProfiles()
            .save(
                new DeviceProfile(
                    id,
                    0,
                    tenant,
                    "p" + id.id(),
                    "",
                    false,
                    null,
                    "DEFAULT",
                    "DISABLED",
                    (JsonObject) Json.parse(profileData),
                    0));
    var device = Device.named(entities.newId(EntityType.DEVICE), "d" + id.id(), profile);
    return entities.devices().save(device).id();
  }
}
