package io.millrace.wire.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pages show what has a schema as what it says, and never an error because of it.
class SchemaValuesIT {
  private static final String AVRO =
      "{\"type\":\"record\",\"name\":\"test\",\"fields\":[{\"name\":\"a\",\"type\":\"long\"},{\"name\":\"b\",\"type\":\"string\"}]}";
  private static final Map<String, JsonObject> SCHEMAS =
      Map.of(
          "/schemas/ids/7",
          JsonObject.builder().put("schema", AVRO).build(),
          "/schemas/ids/3",
          JsonObject.builder()
              .put("schemaType", "PROTOBUF")
              .put("schema", "message Test1 { optional int32 a = 1; }")
              .build());

  @TempDir private static Path directory;
  private static HttpServer registry;
  private static ApiHouse house;
  private static final AtomicInteger asked = new AtomicInteger();
  private final String topic = SharedKafka.name("schemas");

  @BeforeAll
  static void open() throws IOException {
    registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          var found = SCHEMAS.get(exchange.getRequestURI().getPath());
          var body = (found == null ? "{}" : found.toString()).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(found == null ? 404 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    registry.start();
    house = house(directory, registry.getAddress().getPort());
  }

  @AfterAll
  static void close() {
    house.close();
    registry.stop(0);
  }

  private static ApiHouse house(Path directory, int port) {
    return new ApiHouse(
        directory,
        SharedKafka.connection(),
        "--kafka.registry.url=http://127.0.0.1:" + port + "/",
        "--kafka.registry.timeout=2s");
  }

  @Test
  void avroAndProtobufAreShownAsJsonAndTheRestAsBefore() {
    send("00 00000007 36 06 66 6f 6f", "00 00000003 00 08 96 01", "7b 7d", "68 69", "ff");
    assertThat(shown(house))
        .containsExactly(
            "avro {\"a\":27,\"b\":\"foo\"}",
            "protobuf {\"a\":150}",
            "json {}",
            "text \"hi\"",
            "binary \"/w==\"");
  }

  @Test
  void whatIsNotInTheRegistryOrNotOfItsSchemaIsShownAsBytes() {
    send("00 00000063 01", "00 00000063 02", "00 00000007 36", "00 01");
    int before = asked.get();
    assertThat(shown(house))
        .containsExactly(
            "binary \"AAAAAGMB\"", "binary \"AAAAAGMC\"", "binary \"AAAAAAc2\"", "binary \"AAE=\"");
    assertThat(asked.get() - before).isLessThanOrEqualTo(2); // once for 99, once for 7
  }

  @Test
  void aLiveViewShowsThemToo() throws Exception {
    send("00 00000007 36 06 66 6f 6f");
    var uri =
        house.uri(
            "/api/kafka/topics/%s/live?from=earliest&token=%s".formatted(topic, house.adminToken));
    var stream =
        ApiHouse.HTTP.send(
            HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofLines());
    try (var lines = stream.body()) {
      assertThat(lines.filter(line -> line.contains("valueType")).findFirst())
          .hasValueSatisfying(
              line ->
                  assertThat(line)
                      .contains("\"value\":{\"a\":27,\"b\":\"foo\"},\"valueType\":\"avro\""));
    }
  }

  @Test
  void aRegistryThatIsAwayIsAskedOnceAndTheBytesAreShown(@TempDir Path other) throws Exception {
    try (var nobody = new java.net.ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var alone = house(other, nobody.getLocalPort())) { // takes connections, says nothing
      send("00 00000007 36 06 66 6f 6f", "00 00000003 00 08 96 01");
      assertThat(shown(alone))
          .containsExactly("binary \"AAAAAAc2BmZvbw==\"", "binary \"AAAAAAMACJYB\"");
    }
  }

  private void send(String... values) {
    house.post("/api/kafka/topics", "{\"name\":\"%s\"}".formatted(topic));
    for (var hex : values) {
      var value = HexFormat.of().parseHex(hex.replace(" ", ""));
      SharedKafka.connection().producer().send(new ProducerRecord<>(topic, null, value));
    }
    SharedKafka.connection().producer().flush();
  }

  private List<String> shown(ApiHouse of) {
    var answer = of.get("/api/kafka/topics/" + topic + "/records?order=oldest");
    assertThat(answer.status()).isEqualTo(200);
    return ((JsonArray) answer.member("records"))
        .values().stream()
            .map(JsonObject.class::cast)
            .map(record -> record.text("valueType", "") + " " + record.get("value"))
            .toList();
  }
}
