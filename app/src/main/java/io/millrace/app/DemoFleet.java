package io.millrace.app;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.rules.RuleChainJson;
import io.millrace.store.entities.DeviceProfile;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.StoredRuleChain;
import io.millrace.wire.kafka.KafkaFlow;
import java.io.IOException;
import java.io.UncheckedIOException;

/// The demo tenant's vehicles: their profile, their rule chain with a fence, and the source that
/// makes devices of the records in `vehicle-coordinates`.
final class DemoFleet {
  private static final String PROFILE = "vehicle";
  private static final String CHAIN = "/demo/fleet.json";

  private DemoFleet() {}

  /// Adds them unless an earlier start did.
  static void install(EntityStore entities, KafkaFlow flow) {
    var user = entities.users().findByEmail(DemoTenant.LOGIN);
    if (user.isEmpty()
        || entities.deviceProfiles().findByName(user.get().tenantId(), PROFILE).isPresent()) {
      return;
    }
    var tenant = user.get().tenantId();
    var id = entities.newId(EntityType.DEVICE_PROFILE);
    var profile =
        new DeviceProfile(
            id,
            0,
            tenant,
            PROFILE,
            "Vehicles that Kafka records tell of",
            false,
            chain(entities, tenant),
            "DEFAULT",
            "DISABLED",
            JsonObject.EMPTY,
            0);
    entities.deviceProfiles().save(profile);
    flow.addSource(tenant, source());
  }

  /// Records without a key, as the course's producer sends them, are one vehicle's.
  private static JsonObject source() {
    return JsonObject.builder()
        .put("name", SimulatedFleet.TOPIC)
        .put("topicPattern", SimulatedFleet.TOPIC)
        .put("format", "JSON")
        .put("deviceFrom", "KEY")
        .put("deviceFallback", "vehicle")
        .put("deviceProfile", PROFILE)
        .build();
  }

  private static EntityId chain(EntityStore entities, EntityId tenant) {
    try (var file = DemoFleet.class.getResourceAsStream(CHAIN)) {
      if (file == null) {
        throw new IllegalStateException(CHAIN + " is not on the class path");
      }
      var export = RuleChainJson.read(Json.parse(file));
      var id = entities.newId(EntityType.RULE_CHAIN);
      var metadata =
          RuleChainJson.withIds(
              export.metadata(), id.id(), () -> entities.newId(EntityType.RULE_NODE).id());
      return entities.ruleChains().save(StoredRuleChain.named(id, tenant, "Fleet", metadata)).id();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + CHAIN, e);
    }
  }
}
