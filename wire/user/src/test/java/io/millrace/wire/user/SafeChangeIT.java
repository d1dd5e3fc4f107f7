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

/// Versions, kept tests, the gate and the shadow of a rule chain, by REST.
final class SafeChangeIT {
  @TempDir private Path directory;
  private Platform platform;
  private Client a;
  private Client.Answer chain;
  private String path;

  @BeforeEach
  void open() {
    platform = new Platform(directory);
    a = platform.as("a@x.example");
    chain = a.post("/api/ruleChain", "{\"name\":\"Alarms\"}");
    path = "/api/ruleChain/" + chain.id();
    change(20, "first");
    a.post(path + "/root", "");
  }

  @AfterEach
  void close() throws Exception {
    platform.close();
  }

  @Test
  void everyChangeIsAVersionThatCanBeComparedAndRestored() {
    change(30, "too many alarms");

    var versions = (JsonArray) a.get(path + "/versions").json();
    assertThat(versions.size()).isEqualTo(4); // made, first change, root, second change
    var latest = (JsonObject) versions.get(0);
    assertThat(latest.text("author", "")).isEqualTo("a@x.example");
    assertThat(latest.text("remark", "")).isEqualTo("too many alarms");
    assertThat(latest.get("nodes")).hasToString("2");

    var difference = a.get(path + "/diff?from=2");
    assertThat(difference.member("nodesChanged").toString())
        .contains("configuration.jsScript")
        .contains("return msg.t > 20;")
        .contains("return msg.t > 30;");
    assertThat(a.get(path + "/diff?from=3&to=2").member("equal")).hasToString("true");
    assertThat(a.get(path + "/diff?from=99").status()).isEqualTo(404);
    assertThat(a.get(path + "/diff").status()).isEqualTo(400);
    assertThat(a.post(path + "/diff", metadata(31)).member("nodesChanged").toString())
        .contains("> 31");
    assertThat(a.get(path + "/versions/2").json().toString()).contains("> 20");

    a.post(path + "/versions/2/restore", "");
    assertThat(a.get(path + "/metadata").json().toString()).contains("> 20");
    assertThat(((JsonArray) a.get(path + "/versions").json()).get(0).toString())
        .contains("back to version 2");
    platform.telemetry(platform.deviceA, 5_000, (JsonObject) Json.parse("{\"t\":25}"));
    assertThat(alarms()).isEqualTo("1");
  }

  @Test
  void aRecordedTestKeepsAChangeOutUnlessItsGateOnlyWarns() {
    platform.telemetry(platform.deviceA, 5_000, (JsonObject) Json.parse("{\"t\":25}"));
    var figures = (JsonArray) a.get(path + "/figures").member("nodes");
    var recent = (JsonArray) ((JsonObject) figures.get(0)).get("recent");
    var message = ((JsonObject) recent.get(0)).text("id", "");

    var test =
        a.post(
            path + "/tests/record", "{\"messageId\":\"%s\",\"name\":\"hot\"}".formatted(message));
    assertThat(test.json().toString()).contains("\"change\":\"CREATED\"");
    assertThat(a.post(path + "/tests/run", "{}").member("passed")).hasToString("true");

    var warned = change(30, "");
    assertThat(warned.status()).isEqualTo(200);
    assertThat(warned.member("testFailures").toString()).contains("hot: Step 0");
    assertThat(a.get(path + "/metadata").json().toString()).doesNotContain("testFailures");

    change(20, "");
    a.post(path + "/gate", "{\"mode\":\"REFUSE\"}");
    var refused = change(30, "");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("message")).contains("was not made").contains("hot: Step 0");
    assertThat(a.get(path + "/metadata").json().toString()).contains("> 20");
    assertThat(a.post(path + "/versions/1/restore", "").status()).isEqualTo(400);
    a.post("/api/ruleChain", "{\"id\":%s,\"name\":\"X\",\"additionalInfo\":{}}".formatted(id()));
    assertThat(a.get(path + "/gate").text("mode")).isEqualTo("REFUSE");

    var file = a.get(path + "/export").json();
    assertThat(file.toString()).contains("\"tests\":[{\"name\":\"hot\"");
    var copy = a.post("/api/ruleChain/import", file.toString());
    assertThat(a.get("/api/ruleChain/" + copy.id() + "/tests").json().toString()).contains("hot");

    a.post(path + "/gate", "{\"mode\":\"OFF\"}");
    assertThat(change(30, "").json().toString()).doesNotContain("testFailures");
    a.delete(path + "/tests/" + test.text("id"));
    assertThat(a.get(path + "/tests").json()).hasToString("[]");
    assertThat(a.post(path + "/gate", "{\"mode\":\"MAYBE\"}").status()).isEqualTo(400);
    assertThat(a.post(path + "/tests", "{\"name\":\"x\"}").status()).isEqualTo(400);
  }

  @Test
  void aChangeRunsBesideTheLiveChainWithoutEffects() {
    assertThat(a.get(path + "/shadow").status()).isEqualTo(404);
    var started = a.post(path + "/shadow", "{\"metadata\":%s}".formatted(metadata(30)));
    assertThat(started.member("running")).hasToString("true");

    platform.telemetry(platform.deviceA, 5_000, (JsonObject) Json.parse("{\"t\":25}"));

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              var report = a.get(path + "/shadow");
              assertThat(report.member("different")).hasToString("1");
              assertThat(report.member("latest").toString()).contains("CREATED");
            });
    assertThat(alarms()).isEqualTo("1");
    assertThat(a.delete(path + "/shadow").member("running")).hasToString("false");
    assertThat(a.post(path + "/shadow", "{}").status()).isEqualTo(400);
  }

  private Client.Answer change(int limit, String remark) {
    return a.post("/api/ruleChain/metadata?remark=" + remark.replace(" ", "%20"), metadata(limit));
  }

  private String id() {
    return chain.member("id").toString();
  }

  private String alarms() {
    return a.get("/api/alarm/DEVICE/" + platform.deviceA.id().id() + "?pageSize=10&page=0")
        .member("totalElements")
        .toString();
  }

  private String metadata(int limit) {
    return """
    {"ruleChainId":%s,"firstNodeIndex":0,"nodes":[
      {"id":{"entityType":"RULE_NODE","id":"00000000-0000-0000-0000-00000000000a"},
       "type":"org.thingsboard.rule.engine.filter.TbJsFilterNode","name":"hot",
       "configuration":{"scriptLang":"JS","jsScript":"return msg.t > %d;"}},
      {"id":{"entityType":"RULE_NODE","id":"00000000-0000-0000-0000-00000000000b"},
       "type":"org.thingsboard.rule.engine.action.TbCreateAlarmNode","name":"alarm",
       "configuration":{"alarmType":"Hot","severity":"MAJOR","scriptLang":"JS",
         "alarmDetailsBuildJs":"return {t: msg.t};"}}],
     "connections":[{"fromIndex":0,"toIndex":1,"type":"True"}]}\
    """
        .formatted(id(), limit);
  }
}
