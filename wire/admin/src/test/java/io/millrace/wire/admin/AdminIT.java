package io.millrace.wire.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Ack;
import io.millrace.wire.mqtt.codec.Publish;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
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
    var config = new Config(Config.Metrics.ADMINISTRATORS, false, 10, 1);
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
      assertThat(detail.get("dropped")).isEqualTo(new JsonLong(0));
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

  @Test
  void mappingsAreListedMadeTriedChangedAndDeleted() throws Exception {
    var made = house.post("/api/mqtt/mappings", "{\"line\":\"a/{d} -> device {d}\"}");
    assertThat(made.status()).isEqualTo(200);
    var id = made.json().text("id", "");
    var list = (JsonArray) Json.parse(house.get("/api/mqtt/mappings").text());
    assertThat(list.values()).hasSize(2);
    assertThat(((JsonObject) list.values().get(0)).get("readOnly")).isEqualTo(JsonBoolean.TRUE);
    var tried =
        house.post("/api/mqtt/mappings/test", "{\"topic\":\"a/x\",\"payload\":{\"t\":1}}").json();
    assertThat(tried.text("device", "")).isEqualTo("x");
    assertThat(String.valueOf(tried.get("telemetry"))).isEqualTo("[{\"values\":{\"t\":1}}]");
    var put =
        house.call(
            "PUT",
            "/api/mqtt/mappings/" + id,
            Json.parse("{\"topic\":\"b\",\"device\":\"D\"}"),
            house.token("a@x.example"));
    assertThat(put.json().text("topic", "")).isEqualTo("b");
    assertThat(house.delete("/api/mqtt/mappings/" + id).status()).isEqualTo(200);
    assertThat(house.delete("/api/mqtt/mappings/" + id).status()).isEqualTo(404);
    var bad = house.post("/api/mqtt/mappings", "{\"topic\":\"a/#/b\",\"device\":\"D\"}");
    assertThat(bad.status()).isEqualTo(400);
    assertThat(bad.json().text("message", "")).contains("'#' stands alone and last");
  }

  @Test
  void theMessageLogIsReadByTopicAndByDevice() throws Exception {
    try (var client = house.client("c")) {
      client.publish("log/a", "one".getBytes(UTF_8), 1, false);
      client.publish("log/b", "two".getBytes(UTF_8), 1, false);
    }
    await()
        .untilAsserted(
            () -> assertThat(messages("/api/messages?topic=log/%23&since=1h")).hasSize(2));
    assertThat(messages("/api/messages?topic=log/%2B&limit=1").getFirst().text("payload", ""))
        .isEqualTo("two");
    var device = new EntityId(EntityType.DEVICE, UUID.randomUUID());
    house
        .pipeline
        .ingest()
        .attributes(
            house.tenant,
            device,
            JsonObject.EMPTY,
            JsonObject.of("serial", new JsonString("x")),
            Ack.NONE);
    await()
        .untilAsserted(
            () ->
                assertThat(messages("/api/messages?deviceId=" + device.id()))
                    .singleElement()
                    .satisfies(
                        row ->
                            assertThat(row.text("type", "")).isEqualTo("POST_ATTRIBUTES_REQUEST")));
    for (var wrong :
        List.of("", "?deviceId=x", "?topic=a/%23/b", "?topic=a&since=soon", "?topic=a&limit=0")) {
      assertThat(house.get("/api/messages" + wrong).status()).as(wrong).isEqualTo(400);
    }
  }

  @Test
  void anEventStreamGoesFromThePastIntoThePresent() throws Exception {
    try (var client = house.client("c")) {
      client.publish("live/a", "1".getBytes(UTF_8), 1, false);
      var path = "/api/mqtt/replay?since=1h&filter=live/%23&token=" + house.token("a@x.example");
      var request = HttpRequest.newBuilder(house.uri(path)).build();
      var response = house.http().send(request, HttpResponse.BodyHandlers.ofLines());
      assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
      try (var lines = response.body()) {
        var events = lines.filter(line -> line.startsWith("data: ")).iterator();
        assertThat(events.next()).contains("\"payload\":\"1\"").contains("live/a");
        for (int i = 2; i < 50; i++) {
          client.publish("live/b", String.valueOf(i).getBytes(UTF_8), 1, false);
          assertThat(events.next()).contains("\"payload\":\"" + i + "\"");
        }
      }
    }
    assertThat(house.get("/api/mqtt/replay").status()).isEqualTo(400);
    assertThat(house.get("/api/mqtt/replay?filter=a&since=soon").status()).isEqualTo(400);
  }

  private List<JsonObject> messages(String path) throws Exception {
    return ((JsonArray) house.get(path).json().get("messages"))
        .values().stream().map(JsonObject.class::cast).toList();
  }

  private void publish(String json) throws Exception {
    assertThat(house.post("/api/mqtt/publish", json).status()).isEqualTo(200);
  }
}
