package io.millrace.wire.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.base.config.Settings;
import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.wire.http.HttpListener;
import io.millrace.wire.http.HttpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceHttpIT {
  @TempDir Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private DeviceHouse house;
  private HttpServer server;
  private HttpListener port;

  @BeforeEach
  void open() {
    house = new DeviceHouse(directory);
    server = HttpServer.open(Settings.defaults(io.millrace.wire.http.Config.class), house.clock);
    port = server.listener("http.port", "127.0.0.1", 0);
    new DeviceHttp(
            house.config,
            house.entities,
            house.attributes,
            house.pipeline.ingest(),
            house.rpcs,
            house.questions,
            server.blocking())
        .mount(port.router());
    port.start();
  }

  @AfterEach
  void close() {
    client.close();
    port.close();
    server.close();
    house.close();
  }

  @Test
  void telemetryIsStoredWhenItIsAnswered() throws Exception {
    var device = house.device("D", "TOKEN", false);
    var answer = post("TOKEN/telemetry", "{\"t\":21.5}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(house.latest(device.id())).containsExactly("t=21.5");
  }

  @Test
  void attributesAreStoredAndRead() throws Exception {
    house.device("D", "TOKEN", false);
    assertThat(post("TOKEN/attributes", "{\"a\":1,\"b\":true}").statusCode()).isEqualTo(200);
    assertThat(get("TOKEN/attributes").body()).isEqualTo("{\"client\":{\"a\":1,\"b\":true}}");
    assertThat(get("TOKEN/attributes?clientKeys=b&sharedKeys=c").body())
        .isEqualTo("{\"client\":{\"b\":true}}");
  }

  @Test
  void anUnknownTokenIs401InThingsBoardsShape() throws Exception {
    var answer = post("WRONG/telemetry", "{\"t\":1}");
    assertThat(answer.statusCode()).isEqualTo(401);
    var body = (JsonObject) Json.parse(answer.body());
    assertThat(body.text("message", "")).contains("No device has this access token");
    assertThat(body.has("status")).isTrue();
    assertThat(body.has("errorCode")).isTrue();
    assertThat(body.has("timestamp")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"t\":NaN}                             | JSON has no such number",
        "hello                                   | Not JSON",
        "''                                      | the text is empty",
        "{\"ts\":-5,\"values\":{\"t\":1}}        | out of range",
        "{\"\":1}                                | A key is empty",
      })
  void badBodiesAre400(String body, String message) throws Exception {
    house.device("D", "TOKEN", false);
    var answer = post("TOKEN/telemetry", body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(((JsonObject) Json.parse(answer.body())).text("message", "")).contains(message);
  }

  @Test
  void aBodyOverTheLimitIs413() throws Exception {
    house.device("D", "TOKEN", false);
    var answer = post("TOKEN/telemetry", "{\"t\":\"" + "x".repeat(70_000) + "\"}");
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("device.payloadBytesMax=65536");
  }

  @Test
  void aLongPollBringsACommandAndTheAnswerIsTaken() throws Exception {
    var device = house.device("D", "TOKEN", false);
    var id = house.keepCommand(device);
    var command = (JsonObject) Json.parse(get("TOKEN/rpc?timeout=20000").body());
    assertThat(command.text("method", "")).isEqualTo("setGpio");
    assertThat(command.get("params")).isEqualTo(Json.parse("{\"pin\":1}"));
    assertThat(post("TOKEN/rpc/" + command.get("id"), "{\"done\":true}").statusCode())
        .isEqualTo(200);
    await()
        .untilAsserted(
            () ->
                assertThat(house.rpcs.find(id).orElseThrow().response())
                    .isEqualTo(Json.parse("{\"done\":true}")));
  }

  @Test
  void aLongPollWithoutACommandIs408() throws Exception {
    house.device("D", "TOKEN", false);
    assertThat(get("TOKEN/rpc?timeout=50").statusCode()).isEqualTo(408);
    assertThat(get("TOKEN/rpc?timeout=soon").statusCode()).isEqualTo(400);
  }

  @Test
  void whatADeviceAsksIsAnsweredByARuleChain() throws Exception {
    house.device("D", "TOKEN", false);
    var answer = post("TOKEN/rpc", "{\"method\":\"add\",\"params\":{\"a\":2,\"b\":3}}");
    assertThat(answer.body()).isEqualTo("{\"sum\":5}");
    assertThat(post("TOKEN/rpc?timeout=100", "{\"method\":\"other\"}").statusCode()).isEqualTo(408);
    assertThat(post("TOKEN/rpc", "{\"params\":1}").statusCode()).isEqualTo(400);
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return send(path, HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(path, HttpRequest.newBuilder().GET());
  }

  private HttpResponse<String> send(String path, HttpRequest.Builder request) throws Exception {
    var uri = URI.create("http://127.0.0.1:" + port.port() + "/api/v1/" + path);
    return client.send(request.uri(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}
