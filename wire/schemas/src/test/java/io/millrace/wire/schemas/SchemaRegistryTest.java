package io.millrace.wire.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.millrace.base.config.Settings;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Values with schemas, from a registry over HTTP. Bytes are those of the specifications' examples
/// or worked out by hand from them.
class SchemaRegistryTest {
  private final Map<String, String> replies = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final SchemaRegistry registry =
      new SchemaRegistry(Settings.defaults(RegistryConfig.class));
  private HttpServer server;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.getRequestBody().readAllBytes();
          var reply = replies.get(exchange.getRequestURI().getPath());
          var body = (reply == null ? "{}" : reply).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(reply == null ? 404 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  @Test
  void avroRecordsOfTheSpecification() {
    schema(
        7,
        null,
        "{\"type\":\"record\",\"name\":\"test\",\"fields\":[{\"name\":\"a\",\"type\":\"long\"},{\"name\":\"b\",\"type\":\"string\"}]}");
    assertThat(read(7, "36 06 66 6f 6f")).isEqualTo("{\"a\":27,\"b\":\"foo\"}");
    assertThat(read(7, "36 06 66 6f 6f")).isEqualTo("{\"a\":27,\"b\":\"foo\"}");
    assertThat(asked).hasValue(1);
  }

  @Test
  void everyTypeOfAvro() {
    schema(
        1,
        null,
        """
        {"type":"record","name":"n.All","fields":[
         {"name":"f","type":"float"},{"name":"d","type":"double"},{"name":"t","type":"boolean"},
         {"name":"n","type":["null","int"]},{"name":"y","type":"bytes"},
         {"name":"e","type":{"type":"enum","name":"E","symbols":["A","B"]}},
         {"name":"x","type":{"type":"fixed","name":"F","size":2}},
         {"name":"l","type":{"type":"array","items":"long"}},
         {"name":"m","type":{"type":"map","values":"E"}},
         {"name":"c","type":{"type":"bytes","logicalType":"decimal","precision":4,"scale":2}},
         {"name":"r","type":["null","n.All"]}]}\
        """);
    // the array is the specification's: 04 06 36 00 is [3, 27]
    var one =
        "00 00 20 40 00 00 00 00 00 00 f8 3f 01 02 02 04 01 ff 02 ab cd 04 06 36 00 02 02 6b 00 00"
            + " 04 04 d2 ";
    assertThat(read(1, one + "00"))
        .isEqualTo(
            "{\"f\":2.5,\"d\":1.5,\"t\":true,\"n\":1,\"y\":\"Af8=\",\"e\":\"B\",\"x\":\"q80=\",\"l\":[3,27],\"m\":{\"k\":\"A\"},\"c\":12.34,\"r\":null}");
    assertThat(read(1, one + "02" + one + "00")).contains("\"r\":{\"f\":2.5");
  }

  @Test
  void avroSchemasCanReferToOthers() {
    replies.put(
        "/subjects/other/versions/3",
        "{\"schema\":\"{\\\"type\\\":\\\"fixed\\\",\\\"name\\\":\\\"a.F\\\",\\\"size\\\":1}\"}");
    replies.put(
        "/schemas/ids/2",
        "{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"R\\\",\\\"fields\\\":[{\\\"name\\\":\\\"f\\\",\\\"type\\\":\\\"a.F\\\"}]}\",\"references\":[{\"name\":\"a.F\",\"subject\":\"other\",\"version\":3}]}");
    assertThat(read(2, "01")).isEqualTo("{\"f\":\"AQ==\"}");
  }

  @Test
  void protobufOfTheDocumentation() {
    schema(
        3,
        "PROTOBUF",
        "syntax = \"proto2\"; message Test1 { optional int32 a = 1; } message Test2 { optional"
            + " string b = 2; }");
    assertThat(read(3, "00 08 96 01")).isEqualTo("{\"a\":150}"); // path [0] is one 0
    assertThat(read(3, "02 02 12 07 74 65 73 74 69 6e 67")).isEqualTo("{\"b\":\"testing\"}");
  }

  @Test
  void protobufWithAllThatItHas() {
    schema(
        4,
        "PROTOBUF",
        """
        // a comment; with { braces
        syntax = "proto3"; package fleet.v1; import "google/protobuf/timestamp.proto";
        option java_package = "x";
        message Position {
          enum Mode { UNKNOWN = 0; GPS = 1; }
          message Fix { double latitude = 1; sint32 offset = 2; }
          Fix fix = 1; Mode mode = 2; repeated int32 beams = 3 [packed = true];
          map<string, int64> counts = 4; google.protobuf.Timestamp at = 5;
          oneof what { string text = 6; bool flag = 7; }
          optional float speed = 8; uint32 zero = 9; reserved 10, 11;
          fixed32 small = 12; bytes raw = 13;
        }
        service S { rpc Get (Position) returns (Position) { option deprecated = true; } }
        """);
    var value =
        "00"
            + "0a0b 09 0000000000004940 10 03" // fix: latitude 50, offset -2
            + "1001" // mode GPS
            + "1a03 01 02 03" // beams
            + "2205 0a016b 1005" // counts: k -> 5
            + "2a02 0807" // at: 7 s
            + "3801" // flag
            + "4500002040" // speed 2.5
            + "9806 01" // an unknown field, 99
            + "6507000000";
    assertThat(read(4, value))
        .isEqualTo(
            "{\"fix\":{\"latitude\":50.0,\"offset\":-2},\"mode\":\"GPS\",\"beams\":[1,2,3],\"counts\":{\"k\":5},\"at\":{\"seconds\":7,\"nanos\":0},\"flag\":true,\"speed\":2.5,\"zero\":0,\"small\":7,\"raw\":\"\"}");
  }

  @Test
  void whatIsNoSuchValueIsPoison() {
    schema(5, null, "{\"type\":\"array\",\"items\":\"null\"}");
    assertThatThrownBy(() -> read(5, "")).isInstanceOf(PoisonException.class);
    assertThatThrownBy(() -> read(5, "fe ff ff ff 0f 00")).hasMessageContaining("items");
    assertThatThrownBy(() -> read(5, "00 00")).hasMessageContaining("left after");
    assertThatThrownBy(() -> read(6, "00")).hasMessageContaining("no such schema");
    assertThatThrownBy(() -> read(new byte[] {'{', '}'})).hasMessageContaining("wire format");
    schema(8, "PROTOBUF", "message X {");
    assertThatThrownBy(() -> read(8, "00")).hasMessageContaining("too early");
  }

  @Test
  void aRegistryThatIsAwayIsWaitedFor() {
    server.stop(0);
    assertThatThrownBy(() -> read(1, "00"))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("records wait for it");
  }

  /// Any bytes are a value or poison, never anything else. Seeded.
  @Test
  void anyBytesAreAValueOrPoison() {
    everyTypeOfAvro();
    protobufWithAllThatItHas();
    var random = new SplittableRandom(5);
    for (int i = 0; i < 20_000; i++) {
      var bytes = new byte[5 + random.nextInt(60)];
      random.nextBytes(bytes);
      bytes[0] = 0;
      bytes[1] = 0;
      bytes[2] = 0;
      bytes[3] = 0;
      bytes[4] = (byte) (i % 2 == 0 ? 1 : 4);
      try {
        assertThat(read(bytes)).isNotNull();
      } catch (PoisonException expected) {
        assertThat(expected.reason()).isNotEmpty();
      }
    }
  }

  private void schema(int id, String type, String schema) {
    var reply = JsonObject.builder().put("schema", schema);
    if (type != null) {
      reply.put("schemaType", type);
    }
    replies.put("/schemas/ids/" + id, reply.build().toString());
  }

  private String read(int id, String hex) {
    var body = HexFormat.of().parseHex("00000000%02x".formatted(id) + hex.replace(" ", ""));
    return read(body).toString();
  }

  private JsonValue read(byte[] value) {
    return registry.read(SchemaRegistry.Place.of(url(), "", ""), value);
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }
}
