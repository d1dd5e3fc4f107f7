package io.millrace.wire.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Assets, their relations and dashboards over REST, as ThingsBoard's clients use them.
final class AssetsIT {
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

  private String asset(String name) {
    return a.post("/api/asset", "{\"name\":\"%s\",\"type\":\"building\"}".formatted(name)).id();
  }

  private void relate(String from, String to) {
    var answer =
        a.post(
            "/api/relation",
            "{\"from\":{\"entityType\":\"ASSET\",\"id\":\"%s\"},\"to\":{\"entityType\":\"ASSET\",\"id\":\"%s\"},\"type\":\"Contains\",\"typeGroup\":\"COMMON\"}"
                .formatted(from, to));
    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void anAssetIsMadeFoundChangedAndDeletedWithItsData() {
    var made =
        a.post("/api/asset", "{\"name\":\"House\",\"type\":\"building\",\"label\":\"Home\"}");
    var id = made.id();
    assertThat(made.text("type")).isEqualTo("building");
    assertThat(a.get("/api/tenant/asset?assetName=House").id()).isEqualTo(id);
    assertThat(a.get("/api/tenant/assets?pageSize=10&page=0&type=building").data().size())
        .isEqualTo(1);
    assertThat(a.get("/api/assets?assetIds=" + id).json()).isInstanceOf(JsonArray.class);
    assertThat(a.get("/api/asset/types").json().toString()).contains("building", "default");

    var changed = made.object().with("label", new JsonString("Ours"));
    assertThat(a.post("/api/asset", changed.toString()).text("label")).isEqualTo("Ours");
    assertThat(a.post("/api/asset", changed.toString()).status()).isEqualTo(409);
    var path = "/api/plugins/telemetry/ASSET/" + id;
    assertThat(a.post(path + "/SERVER_SCOPE", "{\"area\":120}").status()).isEqualTo(200);
    assertThat(a.post(path + "/timeseries/ANY", "{\"power\":7}").status()).isEqualTo(200);
    assertThat(a.get(path + "/values/attributes/SERVER_SCOPE").json().toString())
        .contains("\"area\"", "120");
    assertThat(a.get(path + "/values/timeseries?keys=power").json().toString()).contains("\"7\"");

    assertThat(a.delete("/api/asset/" + id).status()).isEqualTo(200);
    assertThat(a.get("/api/asset/" + id).status()).isEqualTo(404);
  }

  @Test
  void aCustomerSeesTheAssetsThatAreAssignedToIt() {
    var id = asset("House");
    assertThat(customer.get("/api/asset/" + id).status()).isEqualTo(403);
    var assigned = a.post("/api/customer/" + platform.customerA.id() + "/asset/" + id, "");

    assertThat(assigned.status()).isEqualTo(200);
    assertThat(customer.get("/api/asset/info/" + id).text("customerTitle")).isEqualTo("Customer A");
    assertThat(
            customer
                .get(
                    "/api/customer/%s/assetInfos?pageSize=5&page=0"
                        .formatted(platform.customerA.id()))
                .data()
                .size())
        .isEqualTo(1);
    assertThat(a.delete("/api/customer/asset/" + id).status()).isEqualTo(200);
    assertThat(customer.get("/api/asset/" + id).status()).isEqualTo(403);
    assertThat(a.post("/api/customer/public/asset/" + id, "").status()).isEqualTo(200);
    assertThat(a.get("/api/asset/info/" + id).text("customerTitle")).isEqualTo("Public");
  }

  @Test
  void relationsAreReadFromBothEndsAndFoundByQuery() {
    var house = asset("House");
    var floor = asset("Floor");
    var room = asset("Room");
    relate(house, floor);
    relate(floor, room);

    var info =
        (JsonArray) a.get("/api/relations/info?fromId=%s&fromType=ASSET".formatted(house)).json();
    assertThat(((JsonObject) info.get(0)).text("toName", "")).isEqualTo("Floor");
    assertThat(
            ((JsonArray) a.get("/api/relations?toId=%s&toType=ASSET".formatted(room)).json())
                .size())
        .isEqualTo(1);
    var found =
        a.post(
            "/api/relations",
            "{\"parameters\":{\"rootId\":\"%s\",\"rootType\":\"ASSET\",\"direction\":\"FROM\",\"maxLevel\":0},\"filters\":[{\"relationType\":\"Contains\",\"entityTypes\":[\"ASSET\"]}]}"
                .formatted(house));
    assertThat(((JsonArray) found.json()).size()).isEqualTo(2);
    var one =
        "/api/relation?fromId=%s&fromType=ASSET&relationType=Contains&toId=%s&toType=ASSET"
            .formatted(house, floor);
    assertThat(a.get(one).text("typeGroup")).isEqualTo("COMMON");
    assertThat(customer.get(one).status()).isEqualTo(403);
    assertThat(a.delete(one).status()).isEqualTo(200);
    assertThat(a.get(one).json().toString()).isEqualTo("null");
  }

  @Test
  void aDashboardKeepsWhatItsAuthorWroteAndIsShownToCustomers() {
    var text =
        "{\"title\":\"Energy\",\"configuration\":{\"widgets\":{\"w1\":{\"x\":[1,null]}}},\"mobileHide\":true,\"later\":{\"y\":1}}";
    var made = a.post("/api/dashboard", text);
    var id = made.id();
    var read = a.get("/api/dashboard/" + id);
    assertThat(read.member("configuration").toString())
        .isEqualTo("{\"widgets\":{\"w1\":{\"x\":[1,null]}}}");
    assertThat(read.member("later").toString()).isEqualTo("{\"y\":1}");
    assertThat(a.get("/api/dashboard/info/" + id).object().has("configuration")).isFalse();
    assertThat(customer.get("/api/dashboard/" + id).status()).isEqualTo(403);

    a.post("/api/customer/" + platform.customerA.id() + "/dashboard/" + id, "");
    assertThat(customer.get("/api/dashboard/" + id).status()).isEqualTo(200);
    var ofCustomer =
        customer.get(
            "/api/customer/%s/dashboards?pageSize=10&page=0".formatted(platform.customerA.id()));
    assertThat(ofCustomer.data().size()).isEqualTo(1);
    a.post("/api/dashboard/" + id + "/customers", "[]");
    assertThat(customer.get("/api/dashboard/" + id).status()).isEqualTo(403);
    assertThat(platform.as("b@x.example").get("/api/dashboard/" + id).status()).isEqualTo(404);
  }

  @Test
  void whatIsWrongIsSaidByItsName() {
    assertThat(a.post("/api/asset", "{}").text("message")).isEqualTo("'name' should be specified!");
    asset("House");
    assertThat(a.post("/api/asset", "{\"name\":\"House\"}").text("message"))
        .isEqualTo("An asset called House exists already; choose another name.");
    assertThat(a.post("/api/relation", "{\"type\":\"Contains\"}").text("message"))
        .isEqualTo("'from' should be specified!");
    assertThat(a.post("/api/dashboard", "{\"configuration\":1,\"title\":\"x\"}").text("message"))
        .isEqualTo("'configuration' is not an object");
  }
}
