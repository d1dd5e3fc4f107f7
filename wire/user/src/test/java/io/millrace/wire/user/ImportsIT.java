package io.millrace.wire.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Imports of many entities, widgets that come along, events and the dashboard people see first.
final class ImportsIT {
  private static final String COLUMNS =
      "[{\"type\":\"NAME\"},{\"type\":\"TYPE\"},{\"type\":\"LABEL\"},{\"type\":\"DESCRIPTION\"},{\"type\":\"IS_GATEWAY\"},{\"type\":\"ACCESS_TOKEN\"}%s]";

  @TempDir private Path directory;
  private Platform platform;
  private Client a;

  @BeforeEach
  void open() {
    platform = new Platform(directory);
    a = platform.as("a@x.example");
  }

  @AfterEach
  void close() throws Exception {
    platform.close();
  }

  private Client.Answer imported(String kind, String columns, String csv, boolean update) {
    var mapping =
        (JsonObject)
            Json.parse(
                "{\"columns\":%s,\"delimiter\":\",\",\"header\":true,\"update\":%s}"
                    .formatted(columns, update));
    var body =
        JsonObject.builder().put("file", new JsonString(csv)).put("mapping", mapping).build();
    return a.post("/api/%s/bulk_import".formatted(kind), body.toString());
  }

  @Test
  void manyDevicesComeFromCommaSeparatedTextAndGoBackIntoIt() {
    var columns =
        COLUMNS.formatted(
            ",{\"type\":\"SERVER_ATTRIBUTE\",\"key\":\"floor\"},{\"type\":\"TIMESERIES\",\"key\":\"t\"}");
    var csv =
        """
        name,type,label,description,gateway,token,floor,t
        S1,sensor,Cellar,"dark, damp ""room""\",false,TOKEN-1,-1,12.5
        S2,sensor,,,true,TOKEN-1,2,
        ,sensor,,,,,,
        S3,sensor,,,,,3,
        S4,sensor
        """;
    var result = imported("device", columns, csv, false);
    assertThat(result.member("created")).hasToString("2");
    assertThat(result.member("errors")).hasToString("3");
    assertThat(result.member("errorsList").toString())
        .contains("Line 3: The credentials of", "Line 4: 'NAME' is empty")
        .contains("Line 6: 2 fields, but 8 columns are mapped");
    var s1 = a.get("/api/tenant/devices?deviceName=S1");
    assertThat(a.get("/api/device/%s/credentials".formatted(s1.id())).text("credentialsId"))
        .isEqualTo("TOKEN-1");
    var path = "/api/plugins/telemetry/DEVICE/%s/values/".formatted(s1.id());
    assertThat(a.get(path + "attributes/SERVER_SCOPE").json().toString()).contains("\"value\":-1");
    assertThat(a.get(path + "timeseries?keys=t").json().toString()).contains("12.5");

    assertThat(imported("device", columns, csv, true).member("updated")).hasToString("2");
    var exported = a.getText("/api/tenant/devices/export");
    assertThat(exported).contains("S1,sensor,Cellar,\"dark, damp \"\"room\"\"\",false,TOKEN-1\r\n");
    assertThat(imported("device", COLUMNS.formatted(""), exported, true).member("errors"))
        .hasToString("0");
  }

  @Test
  void manyAssetsAreImported() {
    var columns =
        "[{\"type\":\"NAME\"},{\"type\":\"TYPE\"},{\"type\":\"SERVER_ATTRIBUTE\",\"key\":\"area\"}]";
    var csv = "name;x\nHouse,building,120\nShed,building,8\n".replace("name;x", "name,type,area");
    assertThat(imported("asset", columns, csv, false).member("created")).hasToString("2");
    assertThat(imported("asset", columns, csv, false).member("errors")).hasToString("2");
    assertThat(a.get("/api/tenant/asset?assetName=Shed").text("type")).isEqualTo("building");
    assertThat(imported("asset", "[{\"type\":\"ROCKET\"}]", csv, false).text("message"))
        .startsWith("'mapping.columns.type' is 'ROCKET', not one of");
  }

  @Test
  void widgetsOfAnImportAreKeptWithTheirBundle() {
    var type =
        a.post(
            "/api/widgetType",
            "{\"name\":\"Gauge\",\"fqn\":\"gauges.mine\",\"descriptor\":{\"type\":\"latest\",\"x\":[1]}}");
    var bundle = a.post("/api/widgetsBundle", "{\"title\":\"Ours\",\"alias\":\"ours\"}").id();
    a.post("/api/widgetsBundle/%s/widgetTypes".formatted(bundle), "[\"%s\"]".formatted(type.id()));
    var types = (JsonArray) a.get("/api/widgetsBundle/%s/widgetTypes".formatted(bundle)).json();
    assertThat(types.get(0).toString()).contains("gauges.mine", "{\"type\":\"latest\",\"x\":[1]}");
    assertThat(a.get("/api/widgetType?fqn=gauges.mine").id()).isEqualTo(type.id());
    assertThat(platform.as("b@x.example").get("/api/widgetTypes").json()).hasToString("[]");
  }

  @Test
  void eventsTellOfMessagesInANodeAndOfAnEntitysLife() {
    platform.telemetry(platform.deviceA, 1_000, (JsonObject) Json.parse("{\"t\":5}"));
    var chain = a.get("/api/ruleChains?pageSize=1&page=0").data().get(0);
    var id = new Client.Answer(200, chain).id();
    var metadata = a.get("/api/ruleChain/%s/metadata".formatted(id));
    var nodes = (JsonArray) metadata.member("nodes");
    long seen = 0;
    for (var each : nodes.values()) {
      var node = new Client.Answer(200, each).id();
      var page =
          a.get(
              "/api/events/RULE_NODE/%s/DEBUG_RULE_NODE?tenantId=%s&pageSize=10&page=0"
                  .formatted(node, platform.tenantA.id()));
      seen += page.data().size();
      assertThat(
              platform
                  .as("b@x.example")
                  .get("/api/events/RULE_NODE/%s/ERROR?pageSize=1&page=0".formatted(node))
                  .status())
          .isEqualTo(404);
    }
    assertThat(seen).isGreaterThanOrEqualTo(4); // in and out of the switch and of the saving node
    var stats = a.get("/api/events/RULE_CHAIN/%s/STATS?pageSize=1&page=0".formatted(id));
    assertThat(stats.data().get(0).toString()).contains("\"messagesProcessed\":");

    var asset = a.post("/api/asset", "{\"name\":\"House\"}").id();
    var life = a.get("/api/events/ASSET/%s/LC_EVENT?pageSize=10&page=0".formatted(asset));
    assertThat(life.data().get(0).toString()).contains("\"event\":\"CREATED\"");
  }

  @Test
  void peopleSeeTheirOwnDashboardFirstElseTheTenants() {
    assertThat(a.get("/api/dashboard/home").json()).hasToString("null");
    var id = a.post("/api/dashboard", "{\"title\":\"Energy\"}").id();
    a.post(
        "/api/tenant/dashboard/home/info",
        "{\"dashboardId\":{\"entityType\":\"DASHBOARD\",\"id\":\"%s\"},\"hideDashboardToolbar\":false}"
            .formatted(id));
    assertThat(a.get("/api/dashboard/home").text("title")).isEqualTo("Energy");
    assertThat(a.get("/api/dashboard/home/info").member("hideDashboardToolbar"))
        .hasToString("false");
    assertThat(platform.as("customer@x.example").get("/api/dashboard/home").json())
        .hasToString("null");
  }

  @Test
  void aPublicDeviceBelongsToThePublicCustomer() {
    var id = platform.deviceA.id().id();
    a.post("/api/customer/public/device/" + id, "");
    assertThat(a.get("/api/device/info/" + id).member("customerIsPublic")).hasToString("true");
  }
}
