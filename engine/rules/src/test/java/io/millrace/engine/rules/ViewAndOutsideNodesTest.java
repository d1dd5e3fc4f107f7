package io.millrace.engine.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.DeviceCredentials;
import io.millrace.store.entities.DeviceProfile;
import io.millrace.store.entities.EntityView;
import io.millrace.store.entities.Relation;
import io.millrace.store.entities.Tenant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes for entity views, related devices, other MQTT brokers and Google Pub/Sub.
final class ViewAndOutsideNodesTest {
  private static final String ACCOUNT =
      "{\\\"client_email\\\":\\\"a@b.example\\\",\\\"private_key\\\":\\\"-----BEGIN PRIVATE"
          + " KEY-----\\\"}";
  @TempDir private Path directory;
  private ChainBed bed;

  @BeforeEach
  void open() {
    bed = new ChainBed(directory);
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void aViewGetsTheAttributesThatItShows() {
    var view = new EntityId(EntityType.ENTITY_VIEW, new UUID(3, 3));
    tenant();
    bed.entities
        .entityViews()
        .save(
            new EntityView(
                view,
                0,
                ChainBed.TENANT,
                null,
                "View",
                "t",
                ChainBed.DEVICE,
                ChainBed.json("{\"keys\":{\"attributes\":{\"cs\":[\"a\"],\"ss\":[\"s\"]}}}"),
                0));
    one("action.TbCopyAttributesToEntityViewNode", "{}");

    bed.send(bed.message("POST_ATTRIBUTES_REQUEST", "{\"a\":1,\"b\":2}"));
    bed.advance(Duration.ofSeconds(1));
    assertThat(shown(view, AttributeScope.CLIENT_SCOPE)).isEqualTo("[a=1]");

    bed.send(
        bed.message("ATTRIBUTES_UPDATED", "{\"a\":5,\"s\":3}")
            .withMetadata("scope", "SERVER_SCOPE"));
    bed.advance(Duration.ofSeconds(1));
    assertThat(shown(view, AttributeScope.SERVER_SCOPE)).isEqualTo("[s=3]");

    bed.send(
        bed.message("ATTRIBUTES_DELETED", "{\"deleted\":[\"s\",\"x\"]}")
            .withMetadata("scope", "SERVER_SCOPE"));
    bed.advance(Duration.ofSeconds(1));
    assertThat(shown(view, AttributeScope.SERVER_SCOPE)).isEqualTo("[]");
    assertThat(bed.figures("it").failed()).isZero();
    bed.send(bed.telemetry("{}"));
    assertThat(bed.figures("it").lastError()).contains("POST_TELEMETRY_REQUEST");
  }

  @Test
  void attributesOfTheRelatedDeviceOfThatProfileAreAdded() {
    tenant();
    var other = device("thermostat");
    bed.entities
        .relations()
        .save(ChainBed.TENANT, Relation.of(ChainBed.DEVICE, "Contains", device("other")));
    bed.entities.relations().save(ChainBed.TENANT, Relation.of(ChainBed.DEVICE, "Contains", other));
    bed.attribute(other, "limit", 7);
    one(
        "metadata.TbGetDeviceAttrNode",
        "{\"deviceRelationsQuery\":{\"direction\":\"FROM\",\"maxLevel\":1,\"relationType\":\"Contains\",\"deviceTypes\":[\"thermostat\"]},\"serverAttributeNames\":[\"limit\"],\"tellFailureIfAbsent\":true,\"fetchTo\":\"DATA\"}");

    bed.send(bed.telemetry("{\"t\":1}"));

    assertThat(bed.figures("end").recent().getFirst().message().body())
        .hasToString("{\"t\":1,\"ss_limit\":7}");
    bed.send(bed.telemetry("{}").withOriginator(other));
    assertThat(bed.figures("it").lastError()).contains("no such related device");
  }

  @Test
  void anMqttNodePublishesAndGoesOnWhenItIsAcknowledged() {
    one(
        "mqtt.TbMqttNode",
        "{\"topicPattern\":\"out/${deviceName}\",\"host\":\"broker.example\",\"port\":1884,\"clientId\":\"c\",\"parseToPlainText\":true,\"credentials\":{\"type\":\"basic\",\"username\":\"u\",\"password\":\"p\"}}");
    bed.send(bed.message("T", "\"plain\"").withMetadata("deviceName", "d"));

    var call = bed.asked.getFirst().call();
    assertThat(call.kind()).isEqualTo("mqtt");
    assertThat(call.request().text("topic", "")).isEqualTo("out/d");
    assertThat(call.request().text("payload", "")).isEqualTo("plain");
    assertThat(call.request().get("connection").toString())
        .contains("\"host\":\"broker.example\",\"port\":1884")
        .contains("\"username\":\"u\"");
    bed.answer(new Answer(true, JsonObject.EMPTY));
    assertThat(bed.figures("end").received()).isOne();
    bed.send(bed.message("T", "{}").withMetadata("deviceName", "d"));
    bed.answer(Answer.failed("gone"));
    assertThat(bed.figures("it").lastError()).isEqualTo("gone");
    assertThat(problem("mqtt.TbMqttNode", "{\"protocolVersion\":\"MQTT_6\"}")).contains("MQTT_6");
    assertThat(problem("mqtt.TbMqttNode", "{\"credentials\":{\"type\":\"cert.PEM\"}}"))
        .contains("cert.PEM");
  }

  @Test
  void aPubSubNodePublishesByRest() {
    one(
        "gcp.pubsub.TbPubSubNode",
        "{\"projectId\":\"p\",\"topicName\":\"t\",\"messageAttributes\":{\"name\":\"$[n]\"},\"serviceAccountKey\":\"%s\"}"
            .formatted(ACCOUNT));
    bed.send(bed.message("T", "{\"n\":\"x\"}"));

    var request = bed.asked.getFirst().call().request();
    assertThat(request.text("url", ""))
        .isEqualTo("https://pubsub.googleapis.com/v1/projects/p/topics/t:publish");
    assertThat(request.text("body", ""))
        .isEqualTo("{\"messages\":[{\"data\":\"eyJuIjoieCJ9\",\"attributes\":{\"name\":\"x\"}}]}");
    assertThat(request.get("serviceAccount").toString()).contains("a@b.example");
    bed.answer(
        new Answer(
            true,
            ChainBed.json("{\"status\":200,\"body\":\"{\\\"messageIds\\\":[\\\"17\\\"]}\"}")));
    assertThat(bed.figures("end").recent().getFirst().message().metadata().text("messageId", ""))
        .isEqualTo("17");
    assertThat(problem("gcp.pubsub.TbPubSubNode", "{\"projectId\":\"p\",\"topicName\":\"t\"}"))
        .contains("serviceAccount");
  }

  private String problem(String type, String configuration) {
    return bed.engine.check(ChainBed.json(chain(type, configuration))).getFirst().message();
  }

  private void one(String type, String configuration) {
    bed.root(ChainBed.json(chain(type, configuration)));
  }

  private static String chain(String type, String configuration) {
    return "{\"firstNodeIndex\":0,\"nodes\":[{\"type\":\"org.thingsboard.rule.engine.%s\",\"name\":\"it\",\"configurationVersion\":2,\"configuration\":%s},{\"type\":\"org.thingsboard.rule.engine.flow.TbAckNode\",\"name\":\"end\",\"configuration\":{}}],\"connections\":[{\"fromIndex\":0,\"toIndex\":1,\"type\":\"Success\"}]}"
        .formatted(type, configuration);
  }

  private void tenant() {
    bed.entities.tenants().save(Tenant.named(ChainBed.TENANT, "T"));
  }

  private EntityId device(String profile) {
    var kind =
        bed.entities
            .deviceProfiles()
            .save(
                DeviceProfile.named(
                    bed.entities.newId(EntityType.DEVICE_PROFILE), ChainBed.TENANT, profile));
    var device =
        new Device(
            bed.entities.newId(EntityType.DEVICE),
            0,
            ChainBed.TENANT,
            null,
            "Device " + profile,
            kind.name(),
            "",
            kind.id(),
            JsonObject.EMPTY,
            JsonObject.EMPTY,
            0);
    var token =
        DeviceCredentials.token(
            bed.entities.newId(EntityType.DEVICE_CREDENTIALS), device, "token " + profile);
    return bed.entities.devices().create(device, token).id();
  }

  private String shown(EntityId entity, AttributeScope scope) {
    return List.copyOf(bed.attributes.read(entity, scope)).stream()
        .map(each -> each.key() + "=" + each.value())
        .toList()
        .toString();
  }
}
