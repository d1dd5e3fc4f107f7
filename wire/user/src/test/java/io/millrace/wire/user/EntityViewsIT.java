package io.millrace.wire.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Entity views, raw messages, which devices are active, and the log over REST.
final class EntityViewsIT {
  static final String VIEW =
      "{\"name\":\"Window\",\"type\":\"tenancy\",\"entityId\":{\"entityType\":\"DEVICE\",\"id\":\"%s\"},"
          + "\"keys\":{\"timeseries\":[\"temperature\"],\"attributes\":{\"cs\":[],\"ss\":[\"area\"],\"sh\":[]}},"
          + "\"startTimeMs\":1000,\"endTimeMs\":2000}";

  @TempDir private Path directory;
  private Platform platform;
  private Client a;
  private Client customer;

  @BeforeEach
  void open() {
    platform = new Platform(directory);
    a = platform.as("a@x.example");
    customer = platform.as("customer@x.example");
  }

  @AfterEach
  void close() throws Exception {
    platform.close();
  }

  private String view() {
    return a.post("/api/entityView", VIEW.formatted(platform.deviceA.id().id())).id();
  }

  private void telemetry(long ts, int temperature) {
    var values = JsonObject.builder().put("temperature", temperature).put("secret", 1).build();
    platform.telemetry(platform.deviceA, ts, values);
  }

  @Test
  void aViewIsMadeFoundChangedAndDeleted() {
    var id = view();
    var made = a.get("/api/entityView/" + id);
    assertThat(made.text("type")).isEqualTo("tenancy");
    assertThat(a.get("/api/tenant/entityViews?entityViewName=Window").id()).isEqualTo(id);
    assertThat(a.get("/api/tenant/entityViewInfos?pageSize=10&page=0").data().size()).isEqualTo(1);
    assertThat(a.get("/api/entityView/types").json().toString()).contains("tenancy");

    var changed = made.object().with("type", new JsonString("lease"));
    assertThat(a.post("/api/entityView", changed.toString()).text("type")).isEqualTo("lease");
    assertThat(a.post("/api/entityView", changed.toString()).status()).isEqualTo(409);
    assertThat(a.delete("/api/entityView/" + id).status()).isEqualTo(200);
    assertThat(a.get("/api/entityView/" + id).status()).isEqualTo(404);
  }

  @Test
  void aCustomerSeesThroughItsViewTheListedKeysOfItsTimeOnly() {
    var id = view();
    telemetry(900, 1);
    telemetry(1_500, 2);
    telemetry(2_500, 3);
    var device = "/api/plugins/telemetry/DEVICE/" + platform.deviceA.id().id();
    a.post(device + "/SERVER_SCOPE", "{\"area\":12,\"price\":7}");
    var path = "/api/plugins/telemetry/ENTITY_VIEW/" + id;
    assertThat(customer.get(path + "/keys/timeseries").status()).isEqualTo(403);
    a.post("/api/customer/" + platform.customerA.id() + "/entityView/" + id, "");

    assertThat(customer.get(path + "/keys/timeseries").json()).hasToString("[\"temperature\"]");
    var range =
        customer.get(path + "/values/timeseries?keys=temperature,secret&startTs=0&endTs=9000");
    assertThat(range.json().toString()).contains("1500").doesNotContain("900", "2500", "secret");
    assertThat(customer.get(path + "/values/timeseries").json().toString())
        .contains("temperature")
        .doesNotContain("secret");
    assertThat(customer.get(path + "/values/timeseries?keys=secret").json()).hasToString("{}");
    assertThat(customer.get(path + "/values/attributes/SERVER_SCOPE").json().toString())
        .contains("area")
        .doesNotContain("price");
    assertThat(customer.get(device + "/values/timeseries").status()).isEqualTo(403);
    assertThat(
            customer
                .get(
                    "/api/customer/"
                        + platform.customerA.id()
                        + "/entityViewInfos?pageSize=9&page=0")
                .data()
                .size())
        .isEqualTo(1);
  }

  @Test
  void aViewOfNothingOrOfAnotherTenantsDeviceIsRefusedInWords() {
    assertThat(a.post("/api/entityView", "{\"name\":\"V\"}").text("message")).contains("entityId");
    var theirs = a.post("/api/entityView", VIEW.formatted(platform.deviceB.id().id()));
    assertThat(theirs.status()).isEqualTo(404);
    var backwards = VIEW.replace("2000", "500").formatted(platform.deviceA.id().id());
    assertThat(a.post("/api/entityView", backwards).text("message")).contains("startTimeMs");
    var chain = VIEW.replace("DEVICE", "CUSTOMER").formatted(platform.customerA.id());
    assertThat(a.post("/api/entityView", chain).text("message")).contains("entityId");
  }

  @Test
  void theMessagesOfADeviceAreThereAsTheyCame() {
    telemetry(1_500, 2);
    telemetry(2_500, 3);
    var path = "/api/millrace/messages/DEVICE/" + platform.deviceA.id().id();
    var answer = a.get(path);
    assertThat(answer.member("isKept")).hasToString("true");
    assertThat(answer.member("messages").toString())
        .contains("POST_TELEMETRY_REQUEST", "\"temperature\":3", "\"temperature\":2");
    assertThat(a.get(path + "?limit=1").member("messages").toString())
        .contains("\"temperature\":3")
        .doesNotContain("\"temperature\":2");
    assertThat(a.get(path + "?limit=0").text("message")).contains("limit");
    assertThat(customer.get(path).status()).isEqualTo(403);
  }

  @Test
  void devicesAreListedByWhetherTheyAreActive() {
    telemetry(platform.time.millis(), 20);
    var path = "/api/tenant/deviceInfos?pageSize=10&page=0&sortProperty=name&active=";
    assertThat(a.get(path + "true").json().toString()).contains("Boiler").doesNotContain("Meter");
    assertThat(a.get(path + "false").json().toString()).contains("Meter").doesNotContain("Boiler");
  }

  @Test
  void theLogIsForTheSystemAdministratorWhereThereAreSeveralTenants() {
    var root = platform.as("root@x.example");
    assertThat(root.get("/api/millrace/log").json().toString()).contains("begun", "misbehaves");
    assertThat(root.get("/api/millrace/log?level=WARN").json().toString())
        .contains("misbehaves")
        .doesNotContain("begun");
    assertThat(root.get("/api/millrace/log?level=LOUD").text("message")).contains("WARN");
    assertThat(a.get("/api/millrace/log").text("message")).contains("system administrator");
  }
}
