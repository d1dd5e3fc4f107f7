package io.millrace.wire.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.base.config.Settings;
import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.runtime.SystemScheduler;
import io.millrace.engine.pipeline.BusyPeerException;
import io.millrace.engine.rules.OutsideCall;
import io.millrace.testkit.SimulatedTime;
import io.millrace.wire.http.HttpDelivery;
import io.millrace.wire.http.Outgoing;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Our own database stands for the real service, with a token server of its own.
class FirebaseDeliveryIT {
  private static final KeyPair KEYS = keys();
  @TempDir Path directory;
  private final SimulatedTime time = new SimulatedTime(1_700_000_000_000L);
  private final SystemScheduler scheduler = new SystemScheduler();
  private final List<JsonObject> asked =
      new CopyOnWriteArrayList<>(); // claims seen at the token server
  private final List<Integer> refusals =
      new CopyOnWriteArrayList<>(); // what the service says first
  private RealtimeFixture service;
  private HttpServer tokens;
  private HttpDelivery http;
  private FirebaseDelivery delivery;
  private JsonObject account;
  private String token = RealtimeFixture.ADMIN;

  @BeforeEach
  void open() throws Exception {
    service = new RealtimeFixture(directory, Map.of("rules", "closed"));
    service.store.database("project");
    tokens = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    tokens.createContext("/token", this::mint);
    tokens.createContext("/busy", this::refuse);
    tokens.start();
    http = new HttpDelivery(Settings.defaults(Outgoing.class), time);
    var config =
        RealtimeFixture.config(
            Map.of("sinkWritesPerSecond", "1000000", "sinkBatchBytesMax", "2000"));
    delivery = new FirebaseDelivery(http, config, time, scheduler);
    account = account();
  }

  @AfterEach
  void close() {
    delivery.close();
    http.close();
    tokens.stop(0);
    service.close();
    scheduler.close();
  }

  private static KeyPair keys() {
    try {
      return KeyPairGenerator.getInstance("RSA").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private JsonObject account() {
    var key = KEYS.getPrivate().getEncoded();
    return JsonObject.builder()
        .put("client_email", "millrace@project.iam.gserviceaccount.com")
        .put("private_key_id", "k1")
        .put(
            "private_key",
            "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(key)
                + "\n-----END PRIVATE KEY-----\n")
        .put("token_uri", "http://127.0.0.1:" + tokens.getAddress().getPort() + "/token")
        .build();
  }

  private void mint(HttpExchange exchange) throws IOException {
    var form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(form)
        .startsWith("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&");
    var jwt = form.substring(form.indexOf("assertion=") + 10).split("\\.", -1);
    asked.add((JsonObject) Json.parse(Base64.getUrlDecoder().decode(jwt[1])));
    reply(exchange, 200, "{\"access_token\":\"%s\",\"expires_in\":3600}".formatted(token));
  }

  private void refuse(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().add("Retry-After", "7");
    reply(exchange, refusals.isEmpty() ? 429 : refusals.removeFirst(), "{\"error\":\"slow down\"}");
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private OutsideCall call(String action, String path, String data) {
    return new OutsideCall(
        "firebase",
        JsonObject.builder()
            .put("url", service.uri("/").toString() + "?ns=project")
            .put("path", path)
            .put("action", action)
            .put("ts", 1_700_000_000_000L)
            .put("data", Json.parse(data))
            .put("serviceAccount", account)
            .build());
  }

  private String stored(String path) {
    return service.get(path + ".json?ns=project&auth=" + RealtimeFixture.ADMIN);
  }

  @Test
  void writesAsAServiceAccountWhoseTokenIsKeptAndRenewed() throws Exception {
    assertThat(delivery.deliver(call("UPDATE", "/devices/a", "{\"t\":1,\"h\":2}"), "1").delivered())
        .isTrue();
    delivery.deliver(call("SET", "devices/b", "[1,2]"), "2");
    delivery.deliver(call("REMOVE", "/devices/a/h", "null"), "3");
    assertThat(stored("/devices")).isEqualTo("200 {\"a\":{\"t\":1},\"b\":[1,2]}");
    assertThat(asked).hasSize(1);
    assertThat(asked.getFirst().text("iss", ""))
        .isEqualTo("millrace@project.iam.gserviceaccount.com");
    assertThat(asked.getFirst().text("scope", "")).contains("firebase.database");
    time.advance(Duration.ofMinutes(56));
    delivery.deliver(call("SET", "devices/b", "3"), "4");
    assertThat(asked).hasSize(2);
  }

  @Test
  void aRefusedTokenIsRenewedOnceThenTheCallFails() throws Exception {
    token = "nobody-knows";
    var answer = delivery.deliver(call("SET", "/x", "1"), "1");
    assertThat(answer.delivered()).isFalse();
    assertThat(answer.result().text("error", "")).contains("401");
    assertThat(asked).hasSize(2);
  }

  @Test
  void aPushThatIsTriedAgainTakesTheSamePlace() throws Exception {
    var first = delivery.deliver(call("PUSH", "/log", "\"a\""), "call-1");
    var again = delivery.deliver(call("PUSH", "/log", "\"a\""), "call-1");
    delivery.deliver(call("PUSH", "/log", "\"b\""), "call-2");
    assertThat(first).isEqualTo(again);
    assertThat(
            service
                .get("/log.json?ns=project&shallow=true&auth=" + RealtimeFixture.ADMIN)
                .split(":"))
        .hasSize(3);
    assertThat(
            delivery
                .deliver(call("SET", "/n", "{\".sv\":{\"increment\":1}}"), "3")
                .result()
                .text("error", ""))
        .contains("would be doubled");
  }

  @Test
  void manyCallsAtOnceAllArriveAndOneBadOneHarmsNobody() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Future<Boolean>>();
      for (int i = 0; i < 200; i++) {
        var path = "/many/" + i;
        var data =
            i == 77
                ? "{\".value\":{\"a\":{\"$bad\":1}}}"
                : i % 2 == 0 ? "" + i : "{\"v\":" + i + "}";
        var call = call("SET", i % 10 == 9 ? "/many/" + (i - 1) + "/below" : path, data);
        var key = "k" + i;
        answers.add(threads.submit(() -> delivery.deliver(call, key).delivered()));
      }
      for (int i = 0; i < 200; i++) {
        assertThat(answers.get(i).get()).as("call %d", i).isEqualTo(i != 77);
      }
    }
    assertThat(stored("/many/64")).isEqualTo("200 64");
    assertThat(stored("/many/65/v")).isEqualTo("200 65");
    assertThat(stored("/many/77")).isEqualTo("200 null");
  }

  @Test
  void notNowIsTheOutboxsToWaitFor() {
    var busy =
        new OutsideCall(
            "firebase",
            call("SET", "/x", "1")
                .request()
                .with(
                    "url",
                    new io.millrace.base.json.JsonString(
                        "http://127.0.0.1:" + tokens.getAddress().getPort() + "/busy")));
    tokens.createContext("/.json", this::refuse);
    refusals.add(503);
    assertThatThrownBy(() -> delivery.deliver(busy, "1"))
        .isInstanceOf(BusyPeerException.class)
        .hasMessageContaining("503");
    assertThatThrownBy(() -> delivery.deliver(busy, "1"))
        .isInstanceOfSatisfying(
            BusyPeerException.class,
            e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(7)));
  }

  @Test
  void whatTheServiceCanNeverTakeIsSaidAtOnce() throws Exception {
    assertThat(delivery.deliver(call("SET", "/a.b", "1"), "1").result().text("error", ""))
        .contains("'a.b' in the path");
    assertThat(delivery.deliver(call("SET", "/", "1"), "1").result().text("error", ""))
        .contains("give a path");
    assertThat(delivery.deliver(call("UPDATE", "/x", "5"), "1").result().text("error", ""))
        .contains("needs an object");
    assertThat(
            delivery
                .deliver(call("SET", "/x", "\"" + "x".repeat(3_000) + "\""), "1")
                .result()
                .text("error", ""))
        .contains("realtime.sinkBatchBytesMax=2000");
    assertThat(asked).isEmpty();
  }
}
