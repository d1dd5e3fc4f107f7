package io.millrace.engine.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.DeviceCredentials;
import io.millrace.store.entities.DeviceProfile;
import io.millrace.store.entities.StoredRuleChain;
import io.millrace.store.entities.Tenant;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoredChainsTest {
  private static final EntityId ROOT = new EntityId(EntityType.RULE_CHAIN, new UUID(3, 1));
  private static final EntityId OTHER = new EntityId(EntityType.RULE_CHAIN, new UUID(3, 2));

  @TempDir Path directory;
  private ChainBed bed;

  @BeforeEach
  void open() {
    bed = new ChainBed(directory);
    bed.entities.tenants().save(Tenant.named(ChainBed.TENANT, "Tenant"));
    store(ROOT, "Root");
    store(OTHER, "Other");
    bed.entities.ruleChains().makeRoot(ROOT);
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void whatIsStoredRunsAndSoDoesEveryChange() {
    new StoredChains(bed.entities).feed(bed.engine);
    bed.send(bed.telemetry("{}"));
    assertThat(received(ROOT)).isEqualTo(1);

    bed.entities.ruleChains().makeRoot(OTHER);
    bed.send(bed.telemetry("{}"));
    assertThat(received(OTHER)).isEqualTo(1);
    assertThat(received(ROOT)).as("figures survive the change").isEqualTo(1);

    bed.entities.ruleChains().delete(ROOT);
    assertThat(bed.engine.figures(ROOT.id())).isEmpty();
  }

  @Test
  void aDeviceGoesToTheChainThatItsProfileNames() {
    var profileId = new EntityId(EntityType.DEVICE_PROFILE, new UUID(5, 5));
    var plain = DeviceProfile.named(profileId, ChainBed.TENANT, "p");
    var profile =
        bed.entities
            .deviceProfiles()
            .save(
                new DeviceProfile(
                    plain.id(),
                    0,
                    plain.tenantId(),
                    plain.name(),
                    "",
                    false,
                    OTHER,
                    plain.transportType(),
                    plain.provisionType(),
                    JsonObject.EMPTY,
                    0));
    var device = Device.named(ChainBed.DEVICE, "d", profile);
    var credentials = bed.entities.newId(EntityType.DEVICE);
    bed.entities.devices().create(device, DeviceCredentials.token(credentials, device, "t"));
    new StoredChains(bed.entities).feed(bed.engine);

    bed.send(bed.telemetry("{}"));
    assertThat(received(OTHER)).isEqualTo(1);
    assertThat(received(ROOT)).isZero();
  }

  private long received(EntityId chain) {
    return bed.figures(chain.id(), "only").received();
  }

  private void store(EntityId id, String name) {
    var metadata = Chains.of("only").node("only", Chains.TYPE_FILTER, "{}").json();
    bed.entities
        .ruleChains()
        .save(
            StoredRuleChain.named(
                id,
                ChainBed.TENANT,
                name,
                RuleChainJson.withIds(metadata, id.id(), UUID::randomUUID)));
  }
}
