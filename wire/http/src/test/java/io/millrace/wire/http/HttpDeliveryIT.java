package io.millrace.wire.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.base.config.Settings;
import io.millrace.base.json.JsonObject;
import io.millrace.engine.pipeline.BusyPeerException;
import io.millrace.engine.rules.OutsideCall;
import io.millrace.testkit.SimulatedTime;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HttpDeliveryIT {
  private final AtomicReference<HttpServerRequest> seen = new AtomicReference<>();
  private final AtomicReference<String> seenBody = new AtomicReference<>("");
  private HttpServer server;
  private HttpListener peer;
  private HttpDelivery delivery;

  @BeforeEach
  void open() {
    server = HttpServer.open(Settings.defaults(Config.class), new SimulatedTime());
    peer = server.listener("http.port", "127.0.0.1", 0);
    peer.router()
        .route("/status/:status")
        .handler(
            context -> {
              seen.set(context.request());
              seenBody.set(context.body().asString());
              context
                  .response()
                  .setStatusCode(Integer.parseInt(context.pathParam("status")))
                  .putHeader("X-Peer", "yes")
                  .putHeader("Retry-After", "7")
                  .end("got it");
            });
    peer.router().get("/silent").handler(_ -> {});
    peer.router().get("/large").handler(c -> c.response().end("x".repeat(5_000)));
    peer.start();
    delivery = new HttpDelivery(new Outgoing(Duration.ofSeconds(2), Duration.ofSeconds(10), 2_000));
  }

  @AfterEach
  void close() {
    delivery.close();
    peer.close();
    server.close();
  }

  @Test
  void aCallArrivesWithItsBodyHeadersAndKey() throws Exception {
    var headers = JsonObject.builder().put("X-Mine", "1").put("Content-Length", "999").build();
    var answer =
        delivery.deliver(
            call(
                request("PUT", url("/status/200"))
                    .put("headers", headers)
                    .put("body", "{\"t\":21}")),
            "key-1");

    assertThat(answer.delivered()).isTrue();
    assertThat(answer.result().toString())
        .contains("\"status\":200", "\"statusText\":\"OK\"", "\"body\":\"got it\"")
        .contains("\"x-peer\":\"yes\"");
    assertThat(seen.get().method().name()).isEqualTo("PUT");
    assertThat(seen.get().getHeader("Idempotency-Key")).isEqualTo("key-1");
    assertThat(seen.get().getHeader("X-Mine")).isEqualTo("1");
    assertThat(seenBody.get()).isEqualTo("{\"t\":21}");
  }

  @Test
  void anyStatusThatIsFinalIsAnAnswer() throws Exception {
    for (int status : new int[] {204, 400, 404, 500}) {
      var answer = delivery.deliver(call("POST", url("/status/" + status)), "k");
      assertThat(answer.delivered()).isTrue();
      assertThat(answer.result().toString()).contains("\"status\":" + status);
    }
  }

  @Test
  void aServerThatSaysNotNowIsTriedAgain() {
    for (int status : new int[] {429, 502, 503, 504}) {
      assertThatThrownBy(() -> delivery.deliver(call("POST", url("/status/" + status)), "k"))
          .isInstanceOfSatisfying(
              BusyPeerException.class,
              busy -> {
                assertThat(busy).hasMessageContaining("answered " + status);
                assertThat(busy.retryAfter()).isEqualTo(Duration.ofSeconds(7));
                assertThat(busy.result().text("body", "")).isEqualTo("got it");
              });
    }
  }

  @Test
  void aSilentPeerEndsAtTheTimeOut() {
    var call = call(request("GET", url("/silent")).put("timeoutMs", 150));

    assertThatThrownBy(() -> delivery.deliver(call, "k"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("did not answer within 150 ms");
  }

  @Test
  void anAnswerOverTheBoundFailsForGoodSinceThePeerTookTheCall() throws Exception {
    var answer = delivery.deliver(call("GET", url("/large")), "k");

    assertThat(answer.delivered()).isFalse();
    assertThat(answer.result().text("error", "")).contains("http.outgoing.answerBytesMax=2000");
  }

  @Test
  void nobodyListeningIsWorthAnotherTry() {
    int port = peer.port();
    peer.close();

    assertThatThrownBy(
            () -> delivery.deliver(call("GET", "http://127.0.0.1:%d/".formatted(port)), "k"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("could not be called");
  }

  @Test
  void onlyHttpUrlsAreCalled() throws Exception {
    for (var url : new String[] {"file:///etc/passwd", "ftp://x/y", "", "http://", "ht tp://x"}) {
      var answer = delivery.deliver(call("GET", url), "k");
      assertThat(answer.delivered()).as(url).isFalse();
      assertThat(answer.result().text("error", "")).contains("cannot be made");
    }
  }

  @Test
  void callsToOneHostAndPortShareALimit() {
    assertThat(delivery.peer(call("GET", "https://a.example:8443/x?y")))
        .isEqualTo("a.example:8443");
    assertThat(delivery.peer(call("GET", "not a url"))).isEqualTo("http");
  }

  private String url(String path) {
    return "http://127.0.0.1:" + peer.port() + path;
  }

  private static OutsideCall call(String method, String url) {
    return call(request(method, url));
  }

  private static OutsideCall call(JsonObject.Builder request) {
    return new OutsideCall(OutsideCall.HTTP, request.build());
  }

  private static JsonObject.Builder request(String method, String url) {
    return JsonObject.builder().put("method", method).put("url", url);
  }
}
