package io.millrace.wire.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// As a plain HTTP client would use Confluent's REST proxy, with user name and password.
class ConfluentRestIT {
  private static final String JSON = "application/vnd.kafka.json.v2+json";
  private static final String BINARY = "application/vnd.kafka.binary.v2+json";
  @TempDir private static Path directory;
  private static ApiHouse house;
  private final String topic = SharedKafka.name("rest");
  private final String group = SharedKafka.name("readers");

  @BeforeAll
  static void open() {
    house = new ApiHouse(directory, SharedKafka.connection());
  }

  @AfterAll
  static void close() {
    house.close();
  }

  @Test
  void jsonIsWrittenReadAndCommitted() {
    create();
    var written =
        post(
            "/topics/" + topic,
            JSON,
            "{\"records\":[{\"key\":\"a\",\"value\":{\"n\":1}},{\"value\":[2]}]}");
    assertThat(written.json())
        .hasToString(
            "{\"offsets\":[{\"partition\":0,\"offset\":0,\"error_code\":null,\"error\":null},{\"partition\":0,\"offset\":1,\"error_code\":null,\"error\":null}],\"key_schema_id\":null,\"value_schema_id\":null}");
    var base =
        instance(
            "{\"name\":\"i\",\"format\":\"json\",\"auto.offset.reset\":\"earliest\",\"auto.commit.enable\":\"false\"}");
    assertThat(
            post(base + "/subscription", JSON, "{\"topics\":[\"%s\"]}".formatted(topic)).status())
        .isEqualTo(204);
    assertThat(read(base, 2))
        .extracting(JsonValue::toString)
        .containsExactly(
            "{\"topic\":\"%s\",\"key\":\"a\",\"value\":{\"n\":1},\"partition\":0,\"offset\":0}"
                .formatted(topic),
            "{\"topic\":\"%s\",\"key\":null,\"value\":[2],\"partition\":0,\"offset\":1}"
                .formatted(topic));
    assertThat(get(base + "/subscription").json())
        .hasToString("{\"topics\":[\"%s\"]}".formatted(topic));
    assertThat(
            post(
                    base + "/offsets",
                    JSON,
                    "{\"offsets\":[{\"topic\":\"%s\",\"partition\":0,\"offset\":0}]}"
                        .formatted(topic))
                .status())
        .isEqualTo(204);
    assertThat(post(base + "/positions/beginning", JSON, partitions()).status()).isEqualTo(204);
    assertThat(read(base, 2)).hasSize(2);
    assertThat(send("DELETE", base, JSON, "").status()).isEqualTo(204);
    var gone = get(base + "/records");
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.member("error_code")).hasToString("40403");
    var again = instance("{\"name\":\"i\",\"format\":\"json\"}");
    post(again + "/subscription", JSON, "{\"topics\":[\"%s\"]}".formatted(topic));
    assertThat(read(again, 1)).as("after the committed offset").hasSize(1);
    send("DELETE", again, JSON, "");
  }

  @Test
  void bytesTravelAsBase64() {
    create();
    post("/topics/" + topic, BINARY, "{\"records\":[{\"value\":\"/wA=\"}]}");
    var base = instance("{\"format\":\"binary\",\"auto.offset.reset\":\"earliest\"}");
    post(base + "/assignments", JSON, partitions());
    assertThat(((JsonObject) read(base, 1).getFirst()).text("value", "")).isEqualTo("/wA=");
    send("DELETE", base, JSON, "");
  }

  @Test
  void topicsAreListedAndDescribed() {
    create();
    assertThat(get("/topics").array().values()).extracting(JsonValue::asText).contains(topic);
    assertThat(get("/topics/" + topic).member("partitions"))
        .hasToString(
            "[{\"partition\":0,\"leader\":1,\"replicas\":[{\"broker\":1,\"leader\":true,\"in_sync\":true}]}]");
    assertThat(get("/topics/" + topic + "/partitions").array().size()).isOne();
    assertThat(get("/topics/" + topic + "/partitions/0/offsets").json())
        .hasToString("{\"beginning_offset\":0,\"end_offset\":0}");
  }

  @Test
  void whatIsWrongIsSaidInConfluentsShape() {
    create();
    var missing = post("/topics/nowhere", JSON, "{\"records\":[{\"value\":1}]}");
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.member("error_code")).hasToString("40401");
    assertThat(missing.message()).contains("no topic 'nowhere'");
    assertThat(post("/topics/" + topic, JSON, "{").status()).isEqualTo(400);
    assertThat(post("/topics/" + topic, JSON, "{}").message()).contains("'records' is missing");
    assertThat(post("/topics/" + topic, BINARY, "{\"records\":[{\"value\":\"?\"}]}").message())
        .contains("Base64");
    assertThat(
            post("/topics/" + topic, JSON, "{\"records\":[{\"value\":1,\"partition\":5}]}")
                .message())
        .contains("partition");
    assertThat(
            post("/topics/" + topic, "application/vnd.kafka.avro.v2+json", "{\"records\":[]}")
                .status())
        .isEqualTo(415);
    var stranger = house.send("GET", "/topics", "", "", JSON);
    assertThat(stranger.status()).isEqualTo(401);
    assertThat(stranger.member("error_code")).hasToString("401");
    assertThat(post("/consumers/" + group, JSON, "{\"format\":\"xml\"}").message()).contains("xml");
  }

  @Test
  void idleInstancesAreClosedAndTheirNumberIsBounded(@TempDir Path other) {
    try (var small =
        new ApiHouse(
            other,
            SharedKafka.connection(),
            "--kafka.api.instancesMax=1",
            "--kafka.api.instanceTimeout=0s")) {
      assertThat(small.post("/consumers/" + group, "{}").status()).isEqualTo(200);
      var refused = small.post("/consumers/" + group, "{}");
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.message()).contains("kafka.api.instancesMax");
      small.api.closeIdleConsumers();
      assertThat(small.post("/consumers/" + group, "{}").status()).isEqualTo(200);
    }
  }

  private List<JsonValue> read(String base, int count) {
    var records = new ArrayList<JsonValue>();
    await()
        .until(
            () -> {
              records.addAll(get(base + "/records?timeout=500").array().values());
              return records.size() >= count;
            });
    return records;
  }

  private String instance(String body) {
    var made = post("/consumers/" + group, JSON, body);
    assertThat(made.status()).as(made.toString()).isEqualTo(200);
    var base = made.object().text("base_uri", "");
    return base.substring(base.indexOf("/consumers"));
  }

  private String partitions() {
    return "{\"partitions\":[{\"topic\":\"%s\",\"partition\":0}]}".formatted(topic);
  }

  private void create() {
    assertThat(house.post("/api/kafka/topics", "{\"name\":\"%s\"}".formatted(topic)).status())
        .isEqualTo(200);
  }

  private static ApiHouse.Answer get(String path) {
    return send("GET", path, JSON, "");
  }

  private static ApiHouse.Answer post(String path, String type, String body) {
    return send("POST", path, type, body);
  }

  private static ApiHouse.Answer send(String method, String path, String type, String body) {
    var pair = (ApiHouse.ADMIN + ":" + ApiHouse.PASSWORD).getBytes(StandardCharsets.UTF_8);
    return house.send(
        method, path, body, "Basic " + Base64.getEncoder().encodeToString(pair), type);
  }
}
