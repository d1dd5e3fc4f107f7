package io.millrace.wire.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonString;
import io.millrace.wire.mqtt.codec.Publish;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Operators' calls over HTTP.
class AdminIT {
  @TempDir Path directory;
  private AdminHouse house;

  @BeforeEach
  void open() {
    house = new AdminHouse(directory, AdminHouse.DEFAULTS);
  }

  @AfterEach
  void close() throws Exception {
    house.close();
  }

  @Test
  void everyRouteWantsAnAdministrator() throws Exception {
    assertThat(house.routes).hasSizeGreaterThan(8);
    for (var route : house.routes) {
      var method = route.split(" ")[0];
      var path = route.split(" ")[1].replaceAll(":\\w+", "x");
      assertThat(house.call(method, path, JsonNull.NULL, null).status()).as(route).isEqualTo(401);
      assertThat(house.call(method, path, JsonNull.NULL, "no.token.this").status())
          .as(route)
          .isEqualTo(401);
      var customer = house.token("c@x.example");
      assertThat(house.call(method, path, JsonNull.NULL, customer).status())
          .as(route)
          .isEqualTo(403);
    }
  }

  @Test
  void administratorsOfTenantsCanBeKeptOut() throws Exception {
    house.close();
    var config = new Config(Config.Metrics.ADMINISTRATORS, false, 10);
    house = new AdminHouse(directory.resolve("strict"), config);
    assertThat(house.get("/api/mqtt/clients").status()).isEqualTo(403);
    assertThat(house.get("/metrics").status()).isEqualTo(403);
    assertThat(house.call("GET", "/metrics", JsonNull.NULL, null).status()).isEqualTo(401);
    var root = house.token("root@x.example");
    assertThat(house.call("GET", "/api/mqtt/clients", JsonNull.NULL, root).status()).isEqualTo(200);
    assertThat(house.call("GET", "/metrics", JsonNull.NULL, root).status()).isEqualTo(200);
  }

  @Test
  void clientsAreShownSearchedAndKicked() throws Exception {
    try (var one = house.client("pump/1");
        var two = house.client("valve")) {
      one.subscribe("a/+", 1);
      two.publish("a/b", "x".getBytes(UTF_8), 1, false);
      var all = house.get("/api/mqtt/clients?pageSize=1&page=0");
      assertThat(all.json().get("totalElements")).isEqualTo(new JsonLong(2));
      assertThat(all.json().get("hasNext")).isEqualTo(JsonBoolean.TRUE);
      assertThat(all.data())
          .singleElement()
          .satisfies(
              row -> {
                assertThat(row.get("clientId")).isEqualTo(new JsonString("pump/1"));
                assertThat(row.get("protocol")).isEqualTo(new JsonString("3.1.1"));
                assertThat(row.get("connectedSince")).isInstanceOf(JsonLong.class);
              });
      assertThat(house.get("/api/mqtt/clients?textSearch=VAL").data()).hasSize(1);
      var detail = house.get("/api/mqtt/clients/pump%2F1").json();
      assertThat(((JsonArray) detail.get("filters")).values()).hasSize(1);
      assertThat(house.delete("/api/mqtt/clients/pump%2F1").status()).isEqualTo(200);
      await().until(() -> !one.isConnected());
      assertThat(house.delete("/api/mqtt/clients/pump%2F1").status()).isEqualTo(404);
      assertThat(house.get("/api/mqtt/clients/nobody").text()).contains("nobody");
    }
  }

  @Test
  void sessionsAndSubscriptionsAreListedAndDeleted() throws Exception {
    try (var client = house.client("keeper")) {
      client.subscribe("$share/g/a/#", 1);
      var rows = house.get("/api/mqtt/subscriptions?textSearch=share").data();
      assertThat(rows)
          .singleElement()
          .satisfies(
              row -> {
                assertThat(row.get("filter")).isEqualTo(new JsonString("$share/g/a/#"));
                assertThat(row.get("share")).isEqualTo(new JsonString("g"));
              });
      assertThat(house.get("/api/mqtt/sessions").data()).hasSize(1);
      assertThat(house.delete("/api/mqtt/sessions/keeper").status()).isEqualTo(200);
      await().untilAsserted(() -> assertThat(house.get("/api/mqtt/sessions").data()).isEmpty());
    }
  }

  @Test
  void publishingRetainingAndTheTopicTree() throws Exception {
    List<Publish> got = new CopyOnWriteArrayList<>();
    try (var client = house.client("listener")) {
      client.onMessage(got::add);
      client.subscribe("site/#", 1);
      publish("{\"topic\":\"site/a/t\",\"payload\":\"21\",\"retain\":true,\"qos\":1}");
      publish("{\"topic\":\"site/a/h\",\"payload\":{\"v\":5}}");
      publish("{\"topic\":\"site/b\",\"payload\":\"/w==\",\"payloadType\":\"base64\"}");
      await().until(() -> got.size() == 3);
      client.publish("site/a/t", "22".getBytes(UTF_8), 1, false);

      var roots = house.get("/api/mqtt/topics").data();
      assertThat(roots)
          .singleElement()
          .satisfies(
              row -> {
                assertThat(row.get("name")).isEqualTo(new JsonString("site"));
                assertThat(row.get("topics")).isEqualTo(new JsonLong(3));
                assertThat(row.get("messages")).isEqualTo(new JsonLong(4));
                assertThat(row.get("hasChildren")).isEqualTo(JsonBoolean.TRUE);
              });
      var below = house.get("/api/mqtt/topics?prefix=site/a").data();
      assertThat(below)
          .extracting(row -> row.text("topic", ""))
          .containsExactly("site/a/h", "site/a/t");
      assertThat(below.get(1).text("payload", "")).isEqualTo("22");
      assertThat(below.get(1).get("retained")).isEqualTo(JsonBoolean.TRUE);
      assertThat(below.get(0).text("payloadType", "")).isEqualTo("json");
      assertThat(
              house.get("/api/mqtt/topics?textSearch=/b").data().getFirst().text("payloadType", ""))
          .isEqualTo("binary");

      assertThat(house.get("/api/mqtt/retained?filter=site/%23").data()).hasSize(1);
      assertThat(house.delete("/api/mqtt/retained?topic=site/a/t").status()).isEqualTo(200);
      assertThat(house.delete("/api/mqtt/retained?topic=site/a/t").status()).isEqualTo(404);
      assertThat(house.get("/api/mqtt/retained").data()).isEmpty();
    }
  }

  @Test
  void whatCannotBeTakenIsNamed() throws Exception {
    var wrong =
        List.of(
            "GET /api/mqtt/clients?pageSize=0|pageSize",
            "GET /api/mqtt/clients?pageSize=9999|1000",
            "GET /api/mqtt/clients?page=-1|page",
            "GET /api/mqtt/retained?filter=a/%23/b|#",
            "DELETE /api/mqtt/retained|topic");
    for (var row : wrong) {
      var words = row.split("[ |]", 3);
      var answer = house.call(words[0], words[1], JsonNull.NULL, house.token("a@x.example"));
      assertThat(answer.status()).as(row).isEqualTo(400);
      assertThat(answer.json().text("message", "")).contains(words[2]);
    }
    for (var body :
        List.of(
            "{\"topic\":\"\"}",
            "{\"topic\":\"a/+\"}",
            "{\"topic\":\"$SYS/x\"}",
            "{\"topic\":\"a\",\"qos\":3}",
            "{\"topic\":\"a\",\"payload\":\"?\",\"payloadType\":\"base64\"}",
            "[]")) {
      assertThat(house.post("/api/mqtt/publish", body).status()).as(body).isEqualTo(400);
    }
  }

  private void publish(String json) throws Exception {
    assertThat(house.post("/api/mqtt/publish", json).status()).isEqualTo(200);
  }
}
