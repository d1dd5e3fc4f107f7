package io.millrace.wire.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaApiIT {
  @TempDir private static Path directory;
  private static ApiHouse house;
  /// Recent: Kafka drops what is older than its retention, by the record's own time.
  private static final long BASE_MS = System.currentTimeMillis() - 3_600_000;

  private final String topic = SharedKafka.name("api");

  @BeforeAll
  static void open() {
    house = new ApiHouse(directory, SharedKafka.connection());
  }

  @AfterAll
  static void close() {
    house.close();
  }

  @Test
  void healthSaysWhereKafkaIs() {
    var health = house.get("/api/kafka/health");
    assertThat(health.member("state")).hasToString("\"UP\"");
    assertThat(health.member("mode")).hasToString("\"embedded\"");
    assertThat(health.member("bootstrapServers").asText()).isEqualTo(SharedKafka.servers());
  }

  @Test
  void everyRouteWantsATenantAdministrator() {
    assertThat(house.api.routes()).hasSizeGreaterThan(10);
    for (var route : house.api.routes()) {
      var path = route.path().replaceAll(":\\w+", "x");
      var method = route.method().name();
      var type = "application/json";
      assertThat(house.send(method, path, "{}", "", type).status()).as(path).isEqualTo(401);
      assertThat(house.send(method, path, "{}", "Bearer x", type).status()).as(path).isEqualTo(401);
      assertThat(house.send(method, path, "{}", "Bearer " + house.customerToken, type).status())
          .as("a customer's user at " + path)
          .isEqualTo(403);
    }
  }

  @Test
  void whoMayOnlyLookChangesNothing() {
    var reader = "Bearer " + house.readerToken;
    var type = "application/json";
    assertThat(house.send("GET", "/api/kafka/topics", "", reader, type).status()).isEqualTo(200);
    for (var route : house.api.routes()) {
      var method = route.method().name();
      var path = route.path().replaceAll(":\\w+", "x");
      if (!method.equals("GET")) {
        assertThat(house.send(method, path, "{}", reader, type).status())
            .as("%s %s", method, path)
            .isEqualTo(403);
      }
    }
  }

  @Test
  void aUserNameAndPasswordDoAsWellAndAWrongOneDoesNot() {
    assertThat(house.send("GET", "/api/kafka/topics", "", basic(ApiHouse.PASSWORD), "").status())
        .isEqualTo(200);
    assertThat(house.send("GET", "/api/kafka/topics", "", basic(ApiHouse.PASSWORD), "").status())
        .isEqualTo(200);
    assertThat(house.send("GET", "/api/kafka/topics", "", basic("wrong"), "").status())
        .isEqualTo(401);
    assertThat(
            house.send("GET", "/api/kafka/topics?token=" + house.adminToken, "", "", "").status())
        .isEqualTo(200);
  }

  private static String basic(String password) {
    var pair = (ApiHouse.ADMIN + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  @Test
  void aTopicIsMadeWidenedConfiguredAndDeleted() {
    var made =
        house.post(
            "/api/kafka/topics",
            "{\"name\":\"%s\",\"partitions\":2,\"configs\":{\"retention.ms\":\"60000\"}}"
                .formatted(topic));
    assertThat(made.status()).isEqualTo(200);
    assertThat(list(made.member("partitions"))).hasSize(2);
    assertThat(config(made, "retention.ms").get("value")).hasToString("\"60000\"");
    assertThat(config(made, "retention.ms").get("isDefault")).hasToString("false");
    var wide = house.post(path() + "/partitions", "{\"count\":3}");
    assertThat(list(wide.member("partitions"))).hasSize(3);
    var changed =
        house.put(path() + "/configs", "{\"retention.ms\":null,\"cleanup.policy\":\"compact\"}");
    assertThat(config(changed, "retention.ms").get("isDefault")).hasToString("true");
    assertThat(config(changed, "cleanup.policy").get("value")).hasToString("\"compact\"");
    assertThat(names()).contains(topic);
    assertThat(house.delete(path()).status()).isEqualTo(200);
    await().untilAsserted(() -> assertThat(names()).doesNotContain(topic));
    assertThat(house.get(path()).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\":\"a b\"}                              | 400 | cannot be a topic's name",
        "{}                                              | 400 | 'name' is missing",
        "{\"name\":\"x\",\"partitions\":0}               | 400 | 'partitions' is 0",
        "{\"name\":\"x\",\"partitions\":\"two\"}         | 400 | not a whole number",
        "{\"name\":\"x\",\"replicationFactor\":3}        | 400 | replication",
        "{\"name\":\"x\",\"configs\":{\"no.such\":\"1\"}} | 400 | no.such",
        "{\"name\":\"taken\"}                            | 409 | already",
        "{                                               | 400 | ",
      })
  void aTopicThatCannotBeMadeIsSaidWhy(String body, int status, String message) {
    house.post("/api/kafka/topics", "{\"name\":\"taken\"}");
    var answer = house.post("/api/kafka/topics", body);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.message()).contains(message == null ? "" : message);
  }

  @Test
  void aMissingTopicIsFourHundredAndFourEverywhere() {
    for (var answer :
        List.of(
            house.get("/api/kafka/topics/nowhere"),
            house.get("/api/kafka/topics/nowhere/records"),
            house.get("/api/kafka/topics/nowhere/live"),
            house.post("/api/kafka/topics/nowhere/records", "{\"value\":1}"),
            house.post("/api/kafka/topics/nowhere/partitions", "{\"count\":2}"),
            house.delete("/api/kafka/topics/nowhere"))) {
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.message()).contains("no topic 'nowhere'", "POST /api/kafka/topics");
    }
    assertThat(names()).as("nobody made it").doesNotContain("nowhere");
  }

  @Test
  void whatIsProducedIsReadBackAsWhatItIs() {
    create(1);
    produce(
        "{\"key\":\"bus\",\"value\":{\"longitude\":51},\"headers\":[{\"key\":\"h\",\"value\":\"v\"}]}");
    produce("{\"value\":\"plain words\",\"valueType\":\"text\"}");
    produce("{\"value\":\"/wA=\",\"valueType\":\"binary\"}");
    produce("{\"key\":\"bus\",\"value\":null,\"timestamp\":%d}".formatted(BASE_MS));
    var records = records("?order=oldest");
    assertThat(records)
        .extracting(r -> r.text("valueType", ""))
        .containsExactly("null", "json", "text", "binary");
    var json = records.get(1);
    assertThat(json.get("value")).hasToString("{\"longitude\":51}");
    assertThat(json.get("headers")).hasToString("[{\"key\":\"h\",\"value\":\"v\"}]");
    assertThat(json.text("key", "")).isEqualTo("bus");
    assertThat(records.get(3).text("value", "")).isEqualTo("/wA=");
  }

  @Test
  void searchGoesByOffsetTimeKeyAndContent() throws Exception {
    create(1);
    for (int i = 0; i < 250; i++) {
      send(i, "k" + i % 10, "{\"n\":%d,\"word\":\"%s\"}".formatted(i, i == 42 ? "Needle" : "hay"));
    }
    flush();
    assertThat(offsets(records("?limit=3"))).containsExactly(249L, 248L, 247L);
    assertThat(offsets(records("?limit=3&order=oldest"))).containsExactly(0L, 1L, 2L);
    assertThat(offsets(records("?limit=2&offset=100"))).containsExactly(100L, 99L);
    assertThat(offsets(records("?limit=2&offset=100&order=oldest"))).containsExactly(100L, 101L);
    assertThat(offsets(records("?limit=2&order=oldest&ts=" + (BASE_MS + 50))))
        .containsExactly(50L, 51L);
    assertThat(offsets(records("?limit=2&ts=" + (BASE_MS + 50)))).containsExactly(50L, 49L);
    assertThat(offsets(records("?contains=needle"))).containsExactly(42L);
    assertThat(records("?key=k3")).hasSize(25);
    assertThat(records("?key=k3&contains=nothing")).isEmpty();
    assertThat(house.get(path() + "/records?order=sideways").message())
        .contains("newest or oldest");
    assertThat(house.get(path() + "/records?partition=7").message()).contains("partition");
  }

  /// No record twice, none missed, over several partitions and both ways.
  @Test
  void pagesFollowEachOther() throws Exception {
    create(3);
    for (int i = 0; i < 500; i++) {
      send(i, "k" + i, Integer.toString(i));
    }
    flush();
    for (var order : List.of("newest", "oldest")) {
      var seen = new java.util.ArrayList<Long>();
      String next = "";
      do {
        var page =
            house.get(
                path()
                    + "/records?limit=70&order="
                    + order
                    + (next.isEmpty() ? "" : "&next=" + next));
        list(page.member("records"))
            .forEach(
                r ->
                    seen.add(
                        ((JsonLong) java.util.Objects.requireNonNull(((JsonObject) r).get("value")))
                            .value()));
        next = page.member("next") instanceof JsonString(var more) ? more : "";
      } while (!next.isEmpty());
      var expected = new java.util.ArrayList<Long>();
      for (long i = 0; i < 500; i++) {
        expected.add(order.equals("newest") ? 499 - i : i);
      }
      assertThat(seen).isEqualTo(expected);
    }
  }

  @Test
  void aSearchThatIsTooLongHandsBackWhatItHas(@TempDir Path other) throws Exception {
    create(1);
    for (int i = 0; i < 1_000; i++) {
      send(i, "k", "hay");
    }
    flush();
    try (var small =
        new ApiHouse(other, SharedKafka.connection(), "--kafka.api.searchRecordsMax=300")) {
      var answer = small.get(path() + "/records?contains=needle");
      assertThat(answer.member("complete")).hasToString("false");
      assertThat(answer.member("next").asText()).startsWith("0:");
    }
  }

  @Test
  void aMegabyteIsTakenAndMoreThanTheLimitIsRefusedWithTheCure() {
    create(1);
    var big = "x".repeat(1 << 20);
    assertThat(produce("{\"value\":\"%s\"}".formatted(big)).status()).isEqualTo(200);
    assertThat(records("").getFirst().text("value", "")).isEqualTo(big);
    var refused =
        house.post(path() + "/records", "{\"value\":\"%s\"}".formatted("x".repeat(9 << 20)));
    assertThat(refused.status()).isEqualTo(413);
    assertThat(refused.message()).contains("kafka.recordBytesMax");
  }

  @Test
  void groupsShowTheirLagAndAreSetElsewhere() throws Exception {
    create(1);
    for (int i = 0; i < 10; i++) {
      send(i, "k", "v" + i);
    }
    flush();
    var group = SharedKafka.name("group");
    try (var consumer =
        SharedKafka.connection()
            .consumer(group, Map.of("auto.offset.reset", "earliest", "max.poll.records", 4))) {
      consumer.subscribe(List.of(topic));
      await().until(() -> !consumer.poll(Duration.ofMillis(200)).isEmpty());
      consumer.commitSync();
      var live = house.get("/api/kafka/groups/" + group);
      assertThat(live.member("lag")).hasToString("6");
      assertThat(live.member("state")).hasToString("\"STABLE\"");
      assertThat(list(live.member("members"))).hasSize(1);
      var busy = house.post("/api/kafka/groups/" + group + "/offsets", to("\"earliest\""));
      assertThat(busy.status()).isEqualTo(409);
      assertThat(busy.message()).contains("stop them first");
    }
    assertThat(lagAfter(group, "\"earliest\"")).isEqualTo(10);
    assertThat(lagAfter(group, "\"latest\"")).isZero();
    assertThat(lagAfter(group, "{\"ts\":%d}".formatted(BASE_MS + 3))).isEqualTo(7);
    assertThat(lagAfter(group, "{\"offset\":8}")).isEqualTo(2);
    assertThat(
            house.post("/api/kafka/groups/" + group + "/offsets", to("{\"offset\":99}")).message())
        .contains("not within 0 to 10");
    assertThat(house.get("/api/kafka/groups").array().values())
        .anySatisfy(g -> assertThat(((JsonObject) g).text("groupId", "")).isEqualTo(group));
    assertThat(house.delete("/api/kafka/groups/" + group).status()).isEqualTo(200);
    assertThat(house.get("/api/kafka/groups/" + group).status()).isEqualTo(404);
  }

  @Test
  void withoutKafkaEveryQuestionSaysHowToHaveOne(@TempDir Path other) {
    try (var off =
            KafkaConnection.open(
                SharedKafka.config(), other, "127.0.0.1", Clock.SYSTEM, new Counters());
        var offline = new ApiHouse(other, off)) {
      var answer = offline.get("/api/kafka/topics");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.message()).contains("kafka.embedded=true");
      assertThat(offline.get("/api/kafka/health").member("state")).hasToString("\"OFF\"");
    }
  }

  @Test
  void onlyTheNamedTenantsAdministratorsMayUseKafka(@TempDir Path other) {
    try (var closed =
        new ApiHouse(other, SharedKafka.connection(), "--kafka.api.tenants=Another tenant")) {
      assertThat(closed.get("/api/kafka/topics").status()).isEqualTo(403);
      assertThat(closed.get("/topics").status()).isEqualTo(403);
    }
  }

  private long lagAfter(String group, String to) {
    var answer = house.post("/api/kafka/groups/" + group + "/offsets", to(to));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return ((JsonLong) answer.member("lag")).value();
  }

  private String to(String to) {
    return "{\"topic\":\"%s\",\"to\":%s}".formatted(topic, to);
  }

  private String path() {
    return "/api/kafka/topics/" + topic;
  }

  private void create(int partitions) {
    assertThat(
            house
                .post(
                    "/api/kafka/topics",
                    "{\"name\":\"%s\",\"partitions\":%d}".formatted(topic, partitions))
                .status())
        .isEqualTo(200);
  }

  private ApiHouse.Answer produce(String record) {
    return house.post(path() + "/records", record);
  }

  /// With the time `BASE_MS` + i.
  private void send(int i, String key, String value) {
    SharedKafka.connection()
        .producer()
        .send(
            new ProducerRecord<>(
                topic,
                null,
                BASE_MS + i,
                key.getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8)));
  }

  private static void flush() {
    SharedKafka.connection().producer().flush();
  }

  private List<JsonObject> records(String query) {
    return list(house.get(path() + "/records" + query).member("records")).stream()
        .map(JsonObject.class::cast)
        .toList();
  }

  private static List<Long> offsets(List<JsonObject> records) {
    return records.stream()
        .map(r -> ((JsonLong) java.util.Objects.requireNonNull(r.get("offset"))).value())
        .toList();
  }

  private List<String> names() {
    return house.get("/api/kafka/topics").array().values().stream()
        .map(t -> ((JsonObject) t).text("name", ""))
        .toList();
  }

  private static List<JsonValue> list(JsonValue array) {
    return ((JsonArray) array).values();
  }

  private static JsonObject config(ApiHouse.Answer topic, String name) {
    return list(topic.member("configs")).stream()
        .map(JsonObject.class::cast)
        .filter(c -> c.text("name", "").equals(name))
        .findFirst()
        .orElseThrow();
  }
}
