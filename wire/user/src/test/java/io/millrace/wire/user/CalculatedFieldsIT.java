package io.millrace.wire.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Calculated fields by REST, in ThingsBoard's shapes.
final class CalculatedFieldsIT {
  static final String FIELD =
      "{\"entityId\":{\"entityType\":\"DEVICE\",\"id\":\"%s\"},\"type\":\"SIMPLE\",\"name\":\"%s\",\"debugSettings\":{\"allEnabled\":true},\"configurationVersion\":1,\"ours\":\"kept\",\"configuration\":{\"type\":\"SIMPLE\",\"arguments\":{\"t\":{\"refEntityKey\":{\"key\":\"limit\",\"type\":\"ATTRIBUTE\",\"scope\":\"SERVER_SCOPE\"}}},\"expression\":\"t"
          + " * 2\",\"output\":{\"type\":\"ATTRIBUTES\",\"scope\":\"SERVER_SCOPE\",\"name\":\"twice\",\"decimalsByDefault\":0,\"strategy\":{\"type\":\"IMMEDIATE\",\"saveAttribute\":true,\"processCfs\":true}}}}";

  @TempDir private Path directory;
  private Platform platform;
  private Client a;
  private String device;

  @BeforeEach
  void open() {
    platform = new Platform(directory);
    a = platform.as("a@x.example");
    device = platform.deviceA.id().id().toString();
  }

  @AfterEach
  void close() throws Exception {
    platform.close();
  }

  @Test
  void aFieldIsKeptComputedShownAndDeleted() {
    var attributes = "/api/plugins/telemetry/DEVICE/" + device;
    a.post(attributes + "/attributes/SERVER_SCOPE", "{\"limit\":20}");

    var saved = a.post("/api/calculatedField", FIELD.formatted(device, "Twice"));
    assertThat(saved.status()).isEqualTo(200);
    assertThat(saved.member("ours")).hasToString("\"kept\"");
    assertThat(saved.member("version")).hasToString("1");
    var values = attributes + "/values/attributes/SERVER_SCOPE?keys=twice";
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(a.get(values).json().toString()).contains("\"value\":40"));

    a.post(attributes + "/attributes/SERVER_SCOPE", "{\"limit\":21}");
    assertThat(a.get(values).json().toString()).contains("\"value\":42");
    var path = "/api/calculatedField/" + saved.id();
    assertThat(a.get(path + "/debug").json().toString())
        .contains("\\\"value\\\":21")
        .contains("{\\\"twice\\\":42}");
    var events =
        a.get(
            "/api/events/CALCULATED_FIELD/%s/DEBUG_CALCULATED_FIELD?pageSize=10&page=0"
                .formatted(saved.id()));
    assertThat(((JsonArray) events.member("data")).size()).isGreaterThanOrEqualTo(2);

    assertThat(a.delete(path).status()).isEqualTo(200);
    assertThat(a.get(path).status()).isEqualTo(404);
    a.post(attributes + "/attributes/SERVER_SCOPE", "{\"limit\":30}");
    assertThat(a.get(values).json().toString()).contains("\"value\":42");
  }

  @Test
  void listsAreThingsBoards() {
    a.post("/api/calculatedField", FIELD.formatted(device, "One"));
    a.post("/api/calculatedField", FIELD.formatted(device, "Two"));
    var page = "?pageSize=1&page=0&sortProperty=name&sortOrder=ASC";
    for (var path :
        new String[] {
          "/api/DEVICE/" + device + "/calculatedFields",
          "/api/calculatedField/DEVICE/" + device,
          "/api/calculatedFields"
        }) {
      var list = a.get(path + page);
      assertThat(list.member("totalElements")).as(path).hasToString("2");
      assertThat(list.member("data").toString())
          .contains("\"name\":\"One\"")
          .contains("\"entityName\":\"Boiler\"");
    }
    assertThat(a.get("/api/calculatedFields/names" + page + "&type=SIMPLE").member("data"))
        .hasToString("[\"One\"]");
    assertThat(a.get("/api/calculatedFields" + page + "&types=SCRIPT").member("totalElements"))
        .hasToString("0");
  }

  @Test
  void whatCannotBeIsRefused() {
    var bad = FIELD.formatted(device, "Bad").replace("t * 2", "t * ");
    assertThat(a.post("/api/calculatedField", bad).status()).isEqualTo(400);
    assertThat(a.post("/api/calculatedField", bad).json().toString()).contains("ends too early");
    var foreign = FIELD.formatted(platform.deviceB.id().id(), "Foreign");
    assertThat(a.post("/api/calculatedField", foreign).status()).isEqualTo(404);
    var spying =
        FIELD
            .formatted(device, "Spying")
            .replace(
                "\"t\":{",
                "\"t\":{\"refEntityId\":{\"entityType\":\"DEVICE\",\"id\":\"%s\"},"
                    .formatted(platform.deviceB.id().id()));
    assertThat(a.post("/api/calculatedField", spying).status()).isEqualTo(404);
    var saved = a.post("/api/calculatedField", FIELD.formatted(device, "Own"));
    var twice = a.post("/api/calculatedField", FIELD.formatted(device, "Own"));
    assertThat(twice.status()).isEqualTo(400);
    var others = platform.as("b@x.example");
    assertThat(others.get("/api/calculatedField/" + saved.id()).status()).isEqualTo(404);
    assertThat(others.delete("/api/calculatedField/" + saved.id()).status()).isEqualTo(404);
  }

  @Test
  void aScriptIsTriedOnMadeUpArguments() {
    var tried =
        a.post(
            "/api/calculatedField/testScript",
            "{\"expression\":\"return {avg: temperature.mean(), h: humidity + 1, ts:"
                + " ctx.latestTs};\",\"arguments\":{\"temperature\":{\"type\":\"TS_ROLLING\",\"timeWindow\":{\"startTs\":1,\"endTs\":9},\"values\":[{\"ts\":2,\"value\":23},{\"ts\":3,\"value\":25}]},\"humidity\":{\"type\":\"SINGLE_VALUE\",\"ts\":5,\"value\":40}}}");
    assertThat(Json.parse(((JsonObject) tried.json()).text("output", "")))
        .hasToString("{\"avg\":24.0,\"h\":41,\"ts\":5}");
    var wrong =
        a.post(
            "/api/calculatedField/testScript",
            "{\"expression\":\"return"
                + " x.y.z;\",\"arguments\":{\"x\":{\"type\":\"SINGLE_VALUE\",\"ts\":5,\"value\":40}}}");
    assertThat(((JsonObject) wrong.json()).text("error", "")).contains("line 1");
  }
}
