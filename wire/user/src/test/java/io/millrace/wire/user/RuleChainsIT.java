package io.millrace.wire.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What chains that came in by REST do, and what REST shows of it.
final class RuleChainsIT {
  private static final String NODE =
      "{\"type\":\"org.thingsboard.rule.engine.%s\",\"name\":\"%s\",\"configurationVersion\":%d,\"configuration\":%s,\"additionalInfo\":{}}";

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

  @Test
  void aChainThatIsSavedWorksAtOnceAndItsFiguresShowIt() {
    var chain = a.post("/api/ruleChain", "{\"name\":\"Saving\"}");
    a.post("/api/ruleChain/metadata", saving(chain));
    a.post("/api/ruleChain/" + chain.id() + "/root", "");

    platform.telemetry(platform.deviceA, 5_000, (JsonObject) Json.parse("{\"t\":20}"));

    var path =
        "/api/plugins/telemetry/DEVICE/%s/values/timeseries".formatted(platform.deviceA.id().id());
    assertThat(a.get(path).json()).hasToString("{\"t\":[{\"ts\":5000,\"value\":\"20\"}]}");
    var figures = (JsonArray) a.get("/api/ruleChain/" + chain.id() + "/figures").member("nodes");
    var saver = (JsonObject) figures.get(1);
    assertThat(saver.text("name", "")).isEqualTo("Save");
    assertThat(saver.get("received")).hasToString("1");
    assertThat(saver.get("emitted")).hasToString("{\"Success\":1}");
    assertThat(saver.get("recent").toString()).contains("\"msg\":{\"t\":20}");
  }

  @Test
  void anAlarmOfAProfileSaysWhyAndItsMessageCanBeTraced() {
    var chain = a.post("/api/ruleChain", "{\"name\":\"Profiles\"}");
    a.post(
        "/api/ruleChain/metadata",
        "{\"ruleChainId\":%s,\"firstNodeIndex\":0,\"nodes\":[%s,%s],\"connections\":[{\"fromIndex\":0,\"toIndex\":1,\"type\":\"Success\"}]}"
            .formatted(
                chain.member("id"),
                NODE.formatted("flow.TbAckNode", "First", 0, "{}"),
                NODE.formatted("profile.TbDeviceProfileNode", "Profile", 1, "{}")));
    a.post("/api/ruleChain/" + chain.id() + "/root", "");
    var profile = "/api/deviceProfile/" + platform.deviceA.deviceProfileId().id();
    var rules =
        "{\"alarms\":[{\"id\":\"1\",\"alarmType\":\"Hot\",\"createRules\":{\"MAJOR\":{\"condition\":{\"condition\":[{\"key\":{\"type\":\"TIME_SERIES\",\"key\":\"t\"},\"predicate\":{\"type\":\"NUMERIC\",\"operation\":\"%s\",\"value\":{\"defaultValue\":30}}}]}}}}]}";
    var changed = (JsonObject) a.get(profile).json();
    var refused =
        a.post(
            "/api/deviceProfile",
            changed.with("profileData", Json.parse(rules.formatted("ABOVE"))).toString());
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().toString()).contains("Hot").contains("ABOVE").contains("GREATER");
    a.post(
        "/api/deviceProfile",
        changed.with("profileData", Json.parse(rules.formatted("GREATER"))).toString());

    platform.telemetry(platform.deviceA, 5_000, (JsonObject) Json.parse("{\"t\":31}"));

    var alarms =
        (JsonArray)
            a.get("/api/alarm/DEVICE/" + platform.deviceA.id().id() + "?pageSize=10&page=0")
                .member("data");
    var id = ((JsonObject) ((JsonObject) alarms.get(0)).get("id")).text("id", "");
    a.post("/api/alarm/" + id + "/ack", "");
    var why = (JsonArray) a.get("/api/alarm/" + id + "/why").json();
    var created = (JsonObject) why.get(0);
    assertThat(created.text("change", "")).isEqualTo("CREATED");
    assertThat(created.get("values")).hasToString("{\"t\":31}");
    assertThat(created.get("path").toString()).contains("First").contains("Success");
    assertThat(created.get("chain").toString()).contains("Profiles").contains("version");
    assertThat(why.get(1).toString()).contains("ACKNOWLEDGED").contains("a@x.example");

    var messageId = ((JsonObject) created.get("message")).text("id", "");
    var trace = (JsonArray) a.get("/api/millrace/rules/trace?messageId=" + messageId).json();
    assertThat(trace.values().stream().map(visit -> ((JsonObject) visit).text("node", "")))
        .containsExactly("First", "Profile");
    var figures = (JsonArray) a.get("/api/ruleChain/" + chain.id() + "/figures").member("nodes");
    assertThat(((JsonObject) figures.get(0)).get("latency").toString()).contains("p99Nanos");
    assertThat(
            platform
                .as("b@x.example")
                .get("/api/millrace/rules/trace?messageId=" + messageId)
                .json())
        .hasToString("[]");
  }

  @Test
  void aChainIsTestedWithoutTouchingTheWorld() {
    var chain = a.post("/api/ruleChain", "{\"name\":\"Saving\"}");
    a.post("/api/ruleChain/metadata", saving(chain));
    a.post("/api/ruleChain/" + chain.id() + "/root", "");
    var path = "/api/ruleChain/" + chain.id();
    var test =
        "{\"test\":{\"steps\":[{\"send\":[{\"body\":{\"t\":1}}],\"expect\":[{\"kind\":\"telemetry\",\"key\":\"t\",\"value\":%d}]}]}}";

    var passed = a.post(path + "/test", test.formatted(1));
    var failed = a.post(path + "/test", test.formatted(2));

    assertThat(passed.member("passed")).hasToString("true");
    assertThat(failed.member("passed")).hasToString("false");
    assertThat(failed.member("failures").toString()).contains("Step 0 should have had");
    assertThat(a.post(path + "/test", "{}").status()).isEqualTo(400);
    assertThat(a.post(path + "/replay", "{}").json().toString()).contains("\"messages\":0");
    assertThat(platform.as("b@x.example").post(path + "/test", test.formatted(1)).status())
        .isEqualTo(404);
  }

  @Test
  void aChainAnswersARestCall() {
    var chain = a.post("/api/ruleChain", "{\"name\":\"Answers\"}");
    a.post(
        "/api/ruleChain/metadata",
        "{\"ruleChainId\":%s,\"firstNodeIndex\":0,\"nodes\":[%s,%s],\"connections\":[{\"fromIndex\":0,\"toIndex\":1,\"type\":\"Success\"}]}"
            .formatted(
                chain.member("id"),
                NODE.formatted(
                    "transform.TbTransformMsgNode",
                    "Twice",
                    0,
                    "{\"scriptLang\":\"JS\",\"jsScript\":\"return {msg:{twice:2*msg.n}};\"}"),
                NODE.formatted("rest.TbSendRestApiCallReplyNode", "Reply", 0, "{}")));
    a.post("/api/ruleChain/" + chain.id() + "/root", "");

    var device = platform.deviceA.id().id();
    assertThat(a.post("/api/rule-engine/DEVICE/" + device, "{\"n\":21}").json())
        .hasToString("{\"twice\":42}");
    assertThat(a.post("/api/rule-engine", "{\"n\":4}").json()).hasToString("{\"twice\":8}");
    var others = platform.as("b@x.example").post("/api/rule-engine/DEVICE/" + device, "{}");
    assertThat(others.status()).isEqualTo(404);
  }

  @Test
  void changesByRestRunThroughTheChainToo() {
    var chain = a.post("/api/ruleChain", "{\"name\":\"Saving\"}");
    a.post("/api/ruleChain/metadata", saving(chain));
    a.post("/api/ruleChain/" + chain.id() + "/root", "");
    var device = platform.deviceA.id().id();

    a.post("/api/plugins/telemetry/DEVICE/" + device + "/timeseries/ANY", "{\"t\":1}");
    a.post("/api/plugins/telemetry/DEVICE/" + device + "/SERVER_SCOPE", "{\"limit\":1}");
    a.delete("/api/plugins/telemetry/DEVICE/" + device + "/SERVER_SCOPE?keys=limit");
    var alarm =
        a.post(
            "/api/alarm",
            "{\"type\":\"T\",\"severity\":\"MAJOR\",\"originator\":{\"entityType\":\"DEVICE\",\"id\":\"%s\"}}"
                .formatted(device));
    a.post("/api/alarm/" + alarm.id() + "/ack", "");
    a.post("/api/alarm/" + alarm.id() + "/clear", "");
    a.post("/api/device", "{\"name\":\"New one\"}");

    await()
        .untilAsserted(
            () -> {
              var figures = a.get("/api/ruleChain/" + chain.id() + "/figures").member("nodes");
              var emitted = ((JsonObject) ((JsonArray) figures).get(0)).get("emitted");
              assertThat(emitted.toString())
                  .contains("\"Timeseries Updated\":1")
                  .contains("\"Attributes Updated\":1")
                  .contains("\"Attributes Deleted\":1")
                  .contains("\"Alarm Created\":1")
                  .contains("\"Alarm Acknowledged\":1")
                  .contains("\"Alarm Cleared\":1")
                  .contains("\"Entity Created\":1");
            });
  }

  @Test
  void anExportOfAllChainsComesBackWithItsReferences() {
    var inner = a.post("/api/ruleChain", "{\"name\":\"Inner\"}");
    var outer = a.post("/api/ruleChain", "{\"name\":\"Outer\"}");
    a.post(
        "/api/ruleChain/metadata",
        "{\"ruleChainId\":%s,\"firstNodeIndex\":0,\"nodes\":[%s],\"connections\":[]}"
            .formatted(
                outer.member("id"),
                NODE.formatted(
                    "flow.TbRuleChainInputNode",
                    "Call",
                    1,
                    "{\"ruleChainId\":\"%s\"}".formatted(inner.id()))));
    var export = a.get("/api/ruleChains/export?limit=100").json().toString();

    var b = platform.as("b@x.example");
    var results = (JsonArray) b.post("/api/ruleChains/import?overwrite=false", export).json();

    assertThat(results.size()).isEqualTo(3); // Root Rule Chain, Inner, Outer
    var innerOfB = idOf(b, "Inner");
    assertThat(innerOfB).isNotEqualTo(inner.id());
    assertThat(b.get("/api/ruleChain/" + idOf(b, "Outer") + "/metadata").json().toString())
        .contains(innerOfB)
        .doesNotContain(inner.id());
    assertThat(b.get("/api/ruleChains?pageSize=10&page=0").member("totalElements"))
        .hasToString("4"); // the own root chain stays
    b.post("/api/ruleChains/import?overwrite=true", export);
    assertThat(idOf(b, "Inner")).isEqualTo(innerOfB);
  }

  @Test
  void theKindsOfNodesAreListedForTheEditor() {
    var filters = (JsonArray) a.get("/api/components?componentTypes=FILTER").json();
    var script = a.get("/api/component/script");

    assertThat(filters.values()).allSatisfy(each -> assertThat(each.toString()).contains("FILTER"));
    assertThat(script.text("clazz")).isEqualTo("org.thingsboard.rule.engine.filter.TbJsFilterNode");
    assertThat(script.json().toString()).contains("\"relationTypes\":[\"True\",\"False\"]");
    assertThat(script.json().toString()).contains("\"name\":\"scriptLang\"");
    assertThat(a.get("/api/components/ROCKET").status()).isEqualTo(400);
    assertThat(a.get("/api/component/unknown").status()).isEqualTo(404);
  }

  private static String idOf(Client client, String name) {
    var chain = client.get("/api/ruleChains?pageSize=10&page=0&textSearch=" + name).data().get(0);
    return new Client.Answer(200, chain).id();
  }

  private static String saving(Client.Answer chain) {
    return "{\"ruleChainId\":%s,\"firstNodeIndex\":0,\"nodes\":[%s,%s],\"connections\":[{\"fromIndex\":0,\"toIndex\":1,\"type\":\"Post telemetry\"}]}"
        .formatted(
            chain.member("id"),
            NODE.formatted("filter.TbMsgTypeSwitchNode", "Switch", 0, "{}"),
            NODE.formatted(
                "telemetry.TbMsgTimeseriesNode",
                "Save",
                1,
                "{\"defaultTTL\":0,\"processingSettings\":{\"type\":\"ON_EVERY_MESSAGE\"}}"));
  }
}
