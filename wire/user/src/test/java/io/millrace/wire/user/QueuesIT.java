package io.millrace.wire.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Queues in ThingsBoard's shape, and what a device's queue does with messages that fail.
final class QueuesIT {
  @TempDir private Path directory;
  private Platform platform;
  private Client root;
  private Client a;

  @BeforeEach
  void open() {
    platform = new Platform(directory);
    root = platform.as("root@x.example");
    a = platform.as("a@x.example");
  }

  @AfterEach
  void close() throws Exception {
    platform.close();
  }

  @Test
  void thingsBoardsThreeQueuesAreThereAndOthersCanBeMade() {
    var page = a.get("/api/queues?serviceType=TB_RULE_ENGINE&pageSize=10&page=0");
    assertThat(page.member("totalElements")).hasToString("3");
    var main = a.get("/api/queues/name/Main");
    assertThat(main.member("processingStrategy").toString()).contains("SKIP_ALL_FAILURES");

    var body =
        "{\"name\":\"Slow\",\"submitStrategy\":{\"type\":\"BATCH\"},\"processingStrategy\":{\"type\":\"%s\",\"retries\":%s}}";
    assertThat(a.post("/api/queues", body.formatted("RETRY_ALL", "1")).status()).isEqualTo(403);
    var made =
        root.post("/api/queues?serviceType=TB-RULE-ENGINE", body.formatted("RETRY_ALL", "1"));
    assertThat(made.status()).isEqualTo(200);
    assertThat(a.get("/api/queues/" + made.id()).text("name")).isEqualTo("Slow");
    var wrong = root.post("/api/queues", body.replace("Slow", "X").formatted("SOMETIMES", "1"));
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.text("message")).contains("SOMETIMES").contains("RETRY_FAILED");
    assertThat(
            root.post("/api/queues", body.replace("Slow", "a b").formatted("RETRY_ALL", "1"))
                .status())
        .isEqualTo(400);
    assertThat(
            root.post("/api/queues", body.replace("Slow", "Y").formatted("RETRY_ALL", "-1"))
                .status())
        .isEqualTo(400);
    assertThat(root.delete("/api/queues/" + made.id()).status()).isEqualTo(200);
    assertThat(root.delete("/api/queues/" + main.id()).status()).isEqualTo(400);
  }

  @Test
  void aMessageOfADeviceInARetryingQueueIsTriedAgainAndThenADeadLetter() {
    var profilePath = "/api/deviceProfile/" + platform.deviceA.deviceProfileId().id();
    var profile = (JsonObject) a.get(profilePath).json();
    assertThat(profile.get("defaultQueueName")).hasToString("null");
    var named = Json.parse("\"SequentialByOriginator\"");
    var changed = a.post("/api/deviceProfile", profile.with("defaultQueueName", named).toString());
    assertThat(changed.text("defaultQueueName")).isEqualTo("SequentialByOriginator");
    assertThat(changed.member("profileData").toString()).doesNotContain("defaultQueueName");
    var latest = (JsonObject) a.get(profilePath).json();
    var unknown =
        a.post(
            "/api/deviceProfile",
            latest.with("defaultQueueName", Json.parse("\"Nowhere\"")).toString());
    assertThat(unknown.status()).isEqualTo(400);
    var chain = a.post("/api/ruleChain", "{\"name\":\"Fails\"}");
    a.post(
        "/api/ruleChain/metadata",
        """
        {"ruleChainId":%s,"firstNodeIndex":0,"nodes":[
          {"type":"org.thingsboard.rule.engine.filter.TbJsFilterNode","name":"broken",
           "configuration":{"scriptLang":"JS","jsScript":"return msg.a.b.c;"}}],"connections":[]}\
        """
            .formatted(chain.member("id")));
    a.post("/api/ruleChain/" + chain.id() + "/root", "");

    platform.telemetry(platform.deviceA, 5_000, (JsonObject) Json.parse("{\"t\":1}"));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              platform.time.advance(Duration.ofSeconds(1));
              return a.get("/api/millrace/deadLetters").json().toString().contains("broken");
            });

    var letters = a.get("/api/millrace/deadLetters").json().toString();
    assertThat(letters)
        .contains("Queue SequentialByOriginator gave it up after 4 tries: broken")
        .contains("\"msg\":{\"t\":1}");
  }
}
