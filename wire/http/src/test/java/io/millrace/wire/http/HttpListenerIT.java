package io.millrace.wire.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.base.config.Settings;
import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.testkit.SimulatedTime;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HttpListenerIT {
  private final SimulatedTime time = new SimulatedTime();
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server;
  private HttpListener listener;

  @BeforeEach
  void open() {
    server = HttpServer.open(config("--http.bodyBytesMax=2000"), time);
    listener = server.listener("http.port", "127.0.0.1", 0);
  }

  @AfterEach
  void close() {
    client.close();
    listener.close();
    server.close();
  }

  @Test
  void aBlockingHandlerAnswersFromItsVirtualThread() throws Exception {
    listener
        .router()
        .post("/echo")
        .handler(
            server
                .blocking()
                .of(
                    context -> {
                      assertThat(Thread.currentThread().isVirtual()).isTrue();
                      JsonReply.send(context, Json.parse(context.body().buffer().getBytes()));
                    }));
    listener.start();

    var answer = send(request("/echo").POST(BodyPublishers.ofString("{\"a\": 1.5}")));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"a\":1.5}");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
  }

  @Test
  void errorsHaveThingsBoardsShape() throws Exception {
    listener
        .router()
        .get("/boom")
        .handler(
            _ -> {
              throw new IllegalStateException("secret detail");
            });
    listener
        .router()
        .get("/gone")
        .handler(
            server
                .blocking()
                .of(
                    _ -> {
                      throw HttpError.notFound();
                    }));
    listener
        .router()
        .post("/json")
        .handler(server.blocking().of(c -> JsonReply.send(c, Json.parse(c.body().asString()))));
    listener.start();
    long now = time.millis();

    assertError(send(request("/gone")), 404, 32, "Requested item wasn't found!", now);
    assertError(send(request("/nowhere")), 404, 32, "No such path: /nowhere", now);
    assertError(
        send(request("/boom")), 500, 2, "Internal error; the log of the server says more", now);
    assertError(send(request("/gone").DELETE()), 405, 31, "DELETE is not taken at /gone", now);
    var malformed = send(request("/json").POST(BodyPublishers.ofString("{\"a\":")));
    assertThat(malformed.statusCode()).isEqualTo(400);
    assertThat(malformed.body()).contains("Not JSON").contains("line 1, column");
  }

  @Test
  void longPathsAreTakenAndEndlessOnesRefused() throws Exception {
    listener.router().getWithRegex("/long/.*").handler(c -> JsonReply.send(c, JsonObject.EMPTY));
    listener.start();

    assertThat(send(request("/long/" + "k".repeat(30_000))).statusCode()).isEqualTo(200);
    assertThat(send(request("/long/" + "k".repeat(40_000))).statusCode()).isEqualTo(414);
  }

  @Test
  void aBodyOverTheLimitIsRefused() throws Exception {
    listener.router().post("/in").handler(c -> JsonReply.send(c, JsonObject.EMPTY));
    listener.start();

    var answer = send(request("/in").POST(BodyPublishers.ofString("x".repeat(5_000))));

    assertError(answer, 413, 31, "The body is larger than http.bodyBytesMax allows", time.millis());
  }

  @Test
  void bodiesTogetherAreBoundedAndGiveTheirShareBack() throws Exception {
    reopen("--http.bodyBytesMax=2000", "--http.bodiesBytesMax=3000");
    var entered = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    listener
        .router()
        .post("/slow")
        .handler(
            server
                .blocking()
                .of(
                    context -> {
                      entered.countDown();
                      go.await();
                      JsonReply.send(context, JsonObject.EMPTY);
                    }));
    listener.router().post("/fast").handler(c -> JsonReply.send(c, JsonObject.EMPTY));
    listener.start();
    var body = BodyPublishers.ofString("x".repeat(1_800));

    var first = client.sendAsync(request("/slow").POST(body).build(), BodyHandlers.ofString());
    assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
    var second = send(request("/fast").POST(body));
    var small = send(request("/fast").POST(BodyPublishers.ofString("x")));
    go.countDown();

    assertThat(second.statusCode()).isEqualTo(503);
    assertThat(second.body()).contains("http.bodiesBytesMax");
    assertThat(small.statusCode()).isEqualTo(200);
    assertThat(first.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    await().until(() -> send(request("/fast").POST(body)).statusCode() == 200); // the share is back
  }

  @Test
  void connectionsOverTheBoundAreClosed() throws Exception {
    reopen("--http.connectionsMax=1");
    listener.router().get("/x").handler(c -> JsonReply.send(c, JsonObject.EMPTY));
    listener.start();

    try (var one = new Socket("127.0.0.1", listener.port())) {
      one.getOutputStream().write("GET /x HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(UTF_8));
      assertThat(one.getInputStream().read()).isEqualTo('H');
      try (var two = new Socket("127.0.0.1", listener.port())) {
        assertThat(two.getInputStream().read()).isEqualTo(-1);
      }
    }
    await().until(() -> isAnswered("/x"));
  }

  @Test
  void aRequestThatIsRunningEndsBeforeThePortCloses() throws Exception {
    var entered = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    listener
        .router()
        .get("/slow")
        .handler(
            server
                .blocking()
                .of(
                    context -> {
                      entered.countDown();
                      go.await();
                      JsonReply.send(context, JsonObject.EMPTY);
                    }));
    listener.start();
    var answer = client.sendAsync(request("/slow").build(), BodyHandlers.ofString());
    assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();

    var closing = CompletableFuture.runAsync(listener::close);
    go.countDown();

    assertThat(answer.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    closing.get(10, TimeUnit.SECONDS);
    assertThat(isAnswered("/slow")).isFalse();
  }

  private boolean isAnswered(String path) throws InterruptedException {
    try {
      return send(request(path)).statusCode() == 200;
    } catch (IOException closed) {
      return false;
    }
  }

  private void reopen(String... flags) {
    listener.close();
    server.close();
    server = HttpServer.open(config(flags), time);
    listener = server.listener("http.port", "127.0.0.1", 0);
  }

  @Test
  void requestsOverTheBoundAreToldToComeAgain() throws Exception {
    reopen("--http.requestsMax=1");
    var entered = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    listener
        .router()
        .get("/slow")
        .handler(
            server
                .blocking()
                .of(
                    context -> {
                      entered.countDown();
                      go.await();
                      JsonReply.send(context, JsonObject.EMPTY);
                    }));
    listener.start();

    var first = client.sendAsync(request("/slow").build(), BodyHandlers.ofString());
    assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
    var second = send(request("/slow"));
    go.countDown();

    assertThat(second.statusCode()).isEqualTo(503);
    assertThat(second.headers().firstValue("Retry-After")).contains("1");
    assertThat(second.body()).contains("http.requestsMax");
    assertThat(first.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    assertThat(send(request("/slow")).statusCode()).isEqualTo(200);
  }

  @Test
  void aTakenPortIsNamedWithItsSettingAndTheCure() {
    listener.start();
    var second = server.listener("http.port", "127.0.0.1", listener.port());

    assertThatThrownBy(second::start)
        .isInstanceOf(PortTakenException.class)
        .hasMessage(
            "http.port=%d on 127.0.0.1 is in use by another program; stop that one, or choose another port with --http.port=NUMBER (0 picks a free one)."
                .formatted(listener.port()));
  }

  @Test
  void webSocketsAreAcceptedAtTheirPathOnly() throws Exception {
    listener.webSocket(
        "/ws", socket -> socket.textMessageHandler(text -> socket.writeTextMessage("<" + text)));
    listener.start();
    var received = new CompletableFuture<String>();

    var socket =
        client
            .newWebSocketBuilder()
            .buildAsync(
                URI.create("ws://127.0.0.1:%d/ws?token=x".formatted(listener.port())),
                new FirstText(received))
            .get(10, TimeUnit.SECONDS);
    socket.sendText("hello", true);

    assertThat(received.get(10, TimeUnit.SECONDS)).isEqualTo("<hello");
    assertThat(send(request("/ws")).statusCode()).isEqualTo(404);
    socket.abort();
  }

  @Test
  void otherOriginsAreAllowedOnlyBySetting() throws Exception {
    var open = server.listener("realtime.port", "127.0.0.1", 0);
    open.cors(List.of("*"));
    for (var each : List.of(listener, open)) {
      each.router().get("/x").handler(c -> JsonReply.send(c, JsonObject.EMPTY));
      each.start();
    }

    var closed = send(request("/x").header("Origin", "http://else.example"));
    var allowed =
        send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/x".formatted(open.port())))
                .header("Origin", "http://else.example"));
    open.close();

    assertThat(closed.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
  }

  @Test
  void aListenerMayHaveItsOwnErrorShape() throws Exception {
    var firebase =
        server.listener(
            "realtime.port",
            "127.0.0.1",
            0,
            (error, _) -> JsonObject.of("error", new JsonString(error.getMessage())));
    firebase.start();

    var answer =
        send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/x".formatted(firebase.port()))));
    firebase.close();

    assertThat(answer.body()).isEqualTo("{\"error\":\"No such path: /x\"}");
  }

  @Test
  void answersAreCompressedForThoseWhoTakeIt() throws Exception {
    listener
        .router()
        .get("/long")
        .handler(c -> JsonReply.send(c, JsonObject.of("a", new JsonString("x".repeat(10_000)))));
    listener.start();

    var answer = send(request("/long").header("Accept-Encoding", "gzip"));

    assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(send(request("/long")).body()).hasSize(10_008);
  }

  private static void assertError(
      HttpResponse<String> answer, int status, int code, String message, long now) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(Json.parse(answer.body()))
        .isEqualTo(
            JsonObject.builder()
                .put("status", status)
                .put("message", message)
                .put("errorCode", code)
                .put("timestamp", now)
                .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:%d%s".formatted(listener.port(), path)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static Config config(String... flags) {
    var settings = Settings.of().addFlags(List.of(flags));
    var config = settings.bind("http", Config.class);
    settings.check();
    return config;
  }

  private record FirstText(CompletableFuture<String> text) implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.complete(data.toString());
      return null;
    }
  }
}
