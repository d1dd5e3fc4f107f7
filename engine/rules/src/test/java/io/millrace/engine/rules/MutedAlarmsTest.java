package io.millrace.engine.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.alarms.AlarmRequest;
import io.millrace.engine.alarms.AlarmSeverity;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.DeviceCredentials;
import io.millrace.store.entities.DeviceProfile;
import io.millrace.store.entities.Relation;
import io.millrace.store.entities.Tenant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One alarm for a dead gateway, not fifty; and what a checkpoint tells the queue.
class MutedAlarmsTest {
  private static final EntityId GATEWAY = new EntityId(EntityType.DEVICE, new UUID(2, 1));
  private static final String PROFILE =
      """
      {"alarms": [{"id": "a", "alarmType": "Dead", "createRules": {"MAJOR": {"condition":
        {"condition": [{"key": {"type": "TIME_SERIES", "key": "signal"}, "valueType": "NUMERIC",
          "predicate": {"type": "NUMERIC", "operation": "LESS", "value": {"defaultValue": 1}}}],
         "spec": {"type": "SIMPLE"}}}}, "hygiene": {"muteByParent": "Serves"}}]}
      """;
  private static final String CHAIN =
      """
      {"firstNodeIndex": 0, "connections": [{"fromIndex": 0, "toIndex": 1, "type": "Success"}],
       "nodes": [
         {"name": "save", "configuration": {},
          "type": "org.thingsboard.rule.engine.telemetry.TbMsgTimeseriesNode"},
         {"name": "it", "configuration": {},
          "type": "org.thingsboard.rule.engine.profile.TbDeviceProfileNode"}]}
      """;

  @TempDir Path directory;
  private ChainBed bed;

  @BeforeEach
  void open() {
    bed = new ChainBed(directory);
    bed.entities.tenants().save(Tenant.named(ChainBed.TENANT, "Tenant"));
    var plain =
        DeviceProfile.named(
            new EntityId(EntityType.DEVICE_PROFILE, new UUID(5, 5)), ChainBed.TENANT, "sensor");
    var profile =
        bed.entities
            .deviceProfiles()
            .save(
                new DeviceProfile(
                    plain.id(),
                    0,
                    plain.tenantId(),
                    plain.name(),
                    plain.description(),
                    plain.isDefault(),
                    plain.defaultRuleChainId(),
                    plain.transportType(),
                    plain.provisionType(),
                    (JsonObject) Json.parse(PROFILE),
                    0));
    add(Device.named(GATEWAY, "Gateway", profile));
    add(Device.named(ChainBed.DEVICE, "Sensor", profile));
    bed.entities.relations().save(ChainBed.TENANT, Relation.of(GATEWAY, "Serves", ChainBed.DEVICE));
    bed.root((JsonObject) Json.parse(CHAIN));
  }

  private void add(Device device) {
    var id = bed.entities.newId(EntityType.DEVICE_CREDENTIALS);
    var _ =
        bed.entities.devices().create(device, DeviceCredentials.token(id, device, device.name()));
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void whileItsGatewayHasTheAlarmTheDeviceHasNone() {
    gateway(true);
    bed.send(signal(0));
    assertThat(active()).isFalse();

    bed.advance(Duration.ofMinutes(5));
    assertThat(active()).as("still muted").isFalse();
  }

  @Test
  void whatStillHoldsWhenTheGatewayIsBackIsRaised() {
    gateway(true);
    bed.send(signal(0));
    gateway(false);
    bed.advance(Duration.ofMinutes(2));
    assertThat(active()).as("nothing came in meanwhile").isTrue();
  }

  @Test
  void withoutAnAlarmOfTheGatewayItIsRaisedAtOnce() {
    bed.send(signal(0));
    assertThat(active()).isTrue();
  }

  @Test
  void whatFailsBehindACheckpointIsOfItsQueue() {
    bed.root(
        (JsonObject)
            Json.parse(
                """
                {"firstNodeIndex": 0, "nodes": [
                  {"type": "org.thingsboard.rule.engine.flow.TbCheckpointNode", "name": "to",
                   "configurationVersion": 1, "configuration": {}, "queueName": "HighPriority"},
                  {"type": "org.thingsboard.rule.engine.filter.TbJsFilterNode", "name": "bad",
                   "configuration": {"scriptLang": "JS", "jsScript": "throw 'no';"}}],
                 "connections": [{"fromIndex": 0, "toIndex": 1, "type": "Success"}]}
                """));
    try (var commit = bed.store.begin()) {
      var verdict = bed.engine.run(signal(5), ChainBed.TENANT, bed.batch(commit));
      assertThat(verdict.kind()).isEqualTo(Verdict.Kind.FAILED);
      assertThat(verdict.queue()).isEqualTo("HighPriority");
    }
  }

  private boolean active() {
    return bed.alarms.active(ChainBed.DEVICE, "Dead").isPresent();
  }

  private void gateway(boolean isDead) {
    try (var commit = bed.store.begin()) {
      if (isDead) {
        var request = AlarmRequest.of(ChainBed.TENANT, GATEWAY, "Dead", AlarmSeverity.CRITICAL);
        var _ = bed.alarms.createOrUpdate(commit, request, bed.time.millis(), new UUID(4, 4));
      } else {
        var _ = bed.alarms.clear(commit, GATEWAY, "Dead", JsonNull.NULL, bed.time.millis());
      }
      commit.write();
    }
  }

  private RuleMessage signal(int value) {
    return new RuleMessage(
        new UUID(7, value),
        bed.time.millis(),
        "POST_TELEMETRY_REQUEST",
        ChainBed.DEVICE,
        JsonObject.EMPTY,
        Json.parse("{\"signal\":" + value + "}"));
  }
}
