package io.millrace.wire.realtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.firebase.FirebaseApp;
import com.google.firebase.FirebaseOptions;
import com.google.firebase.auth.FirebaseAuth;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.PlainObject;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import io.millrace.base.config.Settings;
import io.millrace.base.runtime.Clock;
import io.millrace.engine.security.Identity;
import io.millrace.engine.security.TokenKeys;
import io.millrace.engine.security.TokenVerifier;
import io.millrace.testkit.SimulatedTime;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tokens against a key set at an address: who is believed, until when, and by which keys.
class TokensIT {
  private static final String UNPARSED = "401 {\"error\":\"Could not parse auth token.\"}";
  private static final String DENIED = "401 {\"error\":\"Permission denied\"}";
  private static final Duration SOON = Duration.ofSeconds(30);
  private static RSAKey first;
  private static RSAKey second;

  @TempDir Path directory;
  private final SimulatedTime time = new SimulatedTime(Clock.SYSTEM.millis());
  private final AtomicInteger asked = new AtomicInteger();
  private volatile String served = "";
  private HttpServer keys;
  private RealtimeFixture db;

  @BeforeAll
  static void makeKeys() throws Exception {
    first = new RSAKeyGenerator(2048).keyID("first").generate();
    second = new RSAKeyGenerator(2048).keyID("second").generate();
  }

  @BeforeEach
  void serveKeys() throws Exception {
    keys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    keys.createContext(
        "/keys.json",
        exchange -> {
          var body = served.isEmpty() ? "later".getBytes(UTF_8) : served.getBytes(UTF_8);
          exchange.sendResponseHeaders(served.isEmpty() ? 500 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
          asked.incrementAndGet();
        });
    keys.start();
  }

  @AfterEach
  void close() {
    db.close();
    keys.stop(0);
  }

  private void open(Map<String, String> more) {
    var settings =
        new HashMap<>(
            Map.of(
                "rules", "closed",
                "projectId", "demo",
                "tokenKeys", "http://localhost:" + keys.getAddress().getPort() + "/keys.json"));
    settings.putAll(more);
    db = new RealtimeFixture(directory, settings, Optional.of(time));
    db.rules("x", "{'ann':{'.read':'auth.uid == `ann`'}}");
  }

  private void openWith(RSAKey... trusted) {
    serve(trusted);
    open(Map.of());
    await().atMost(SOON).until(() -> read(idToken(trusted[0], 600)).equals("200 null"));
  }

  private void serve(RSAKey... trusted) {
    served = new JWKSet(List.<JWK>of(trusted)).toPublicJWKSet().toString();
  }

  private String read(String token) {
    return db.get("/ann.json?ns=x&auth=" + token);
  }

  private String idToken(RSAKey key, long seconds) throws Exception {
    return idToken(key, "https://securetoken.google.com/demo", "demo", seconds);
  }

  private String idToken(RSAKey key, String issuer, String audience, long seconds)
      throws Exception {
    long now = time.millis() / 1_000;
    var claims =
        "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"ann\",\"iat\":%d,\"exp\":%d}"
            .formatted(issuer, audience, now - 60, now + seconds);
    var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
    var token = new JWSObject(header, new Payload(claims));
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  @Test
  void idTokensAreBelievedByTheKeySetOfTheAddressAndItsSuccessor() throws Exception {
    openWith(first);
    assertThat(read(idToken(second, 600))).isEqualTo(UNPARSED);
    serve(second);
    time.advance(Duration.ofHours(1)); // realtime.tokenKeysPeriod
    await().atMost(SOON).until(() -> read(idToken(second, 600)).equals("200 null"));
    assertThat(read(idToken(first, 600))).isEqualTo(UNPARSED);
    served = "";
    int before = asked.get();
    time.advance(Duration.ofHours(1));
    await().atMost(SOON).until(() -> asked.get() > before);
    assertThat(read(idToken(second, 600))).as("keys outlive an outage").isEqualTo("200 null");
  }

  @Test
  void anAddressThatDoesNotAnswerAtTheStartIsAskedAgainSoon() {
    open(Map.of());
    await().atMost(SOON).until(() -> asked.get() > 0);
    serve(first);
    await()
        .atMost(SOON)
        .until(
            () -> {
              time.advance(Duration.ofSeconds(30));
              return read(idToken(first, 600)).equals("200 null");
            });
    assertThat(time.nanos()).isLessThan(Duration.ofHours(1).toNanos());
  }

  @Test
  void idTokensOfOtherProjectsIssuersAndAlgorithmsAreNobodys() throws Exception {
    openWith(first);
    assertThat(read(idToken(first, "https://securetoken.google.com/other", "demo", 600)))
        .isEqualTo(UNPARSED);
    assertThat(read(idToken(first, "https://securetoken.google.com/demo", "other", 600)))
        .isEqualTo(UNPARSED);
    assertThat(read(idToken(first, -1))).isEqualTo("401 {\"error\":\"Auth token is expired\"}");
    // a public key is no secret: signing with it as one proves nothing
    var claims = JWSObject.parse(idToken(first, 600)).getPayload();
    var header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build();
    var forged = new JWSObject(header, claims);
    forged.sign(new MACSigner(first.toRSAPublicKey().getEncoded()));
    assertThat(read(forged.serialize())).isEqualTo(UNPARSED);
  }

  @Test
  void customTokensOfTheAdminSdkAreBelievedWhenAConfiguredKeySignedThem() throws Exception {
    openWith(second, first); // the SDK's tokens name no key
    db.rules("x", "{'ann':{'.read':'auth.uid == `ann` && auth.token.role == `op`'}}");
    var stranger = new RSAKeyGenerator(2048).generate();
    assertThat(read(customToken(first, "op"))).isEqualTo("200 null");
    assertThat(read(customToken(first, "guest"))).isEqualTo(DENIED);
    assertThat(read(customToken(stranger, "op"))).isEqualTo(UNPARSED);
    var token = customToken(first, "op");
    time.advance(Duration.ofMinutes(61));
    assertThat(read(token)).isEqualTo("401 {\"error\":\"Auth token is expired\"}");
  }

  private static String customToken(RSAKey key, String role) throws Exception {
    var account =
        ServiceAccountCredentials.newBuilder()
            .setClientEmail("minter@demo.example")
            .setPrivateKey(key.toPrivateKey())
            .build();
    var options = FirebaseOptions.builder().setCredentials(account).setProjectId("demo").build();
    var app = FirebaseApp.initializeApp(options, "minter");
    try {
      return FirebaseAuth.getInstance(app).createCustomToken("ann", Map.of("role", role));
    } finally {
      app.delete();
    }
  }

  @Test
  void anEventStreamEndsWhenItsTokenExpires() throws Exception {
    openWith(first);
    var lines = new CopyOnWriteArrayList<String>();
    var request =
        HttpRequest.newBuilder(db.uri("/ann.json?ns=x&auth=" + idToken(first, 60)))
            .header("Accept", "text/event-stream")
            .build();
    db.client
        .sendAsync(request, BodyHandlers.ofLines())
        .thenAcceptAsync( // never on this thread, however soon the answer comes
            response -> {
              response.body().forEach(lines::add);
              lines.add("the end");
            });
    await().atMost(SOON).until(() -> lines.contains("event: put"));
    time.advance(Duration.ofSeconds(58));
    assertThat(lines).doesNotContain("event: auth_revoked");
    time.advance(Duration.ofSeconds(3));
    await().atMost(SOON).until(() -> lines.contains("the end"));
    assertThat(lines)
        .containsSubsequence(
            "event: auth_revoked", "data: \"credential is no longer valid\"", "the end");
  }

  @Test
  void aSocketIsToldThatItsTokenExpiredAndLosesItsListens() throws Exception {
    openWith(first);
    var client = new Frames();
    client.ask(1, "auth", "{\"cred\":\"%s\"}".formatted(idToken(first, 60)));
    client.hears("{\"t\":\"d\",\"d\":{\"r\":1,\"b\":{\"s\":\"ok\"");
    client.ask(2, "q", "{\"p\":\"/ann\",\"h\":\"\"}");
    client.hears("{\"t\":\"d\",\"d\":{\"r\":2,\"b\":{\"s\":\"ok\"");
    time.advance(Duration.ofSeconds(61));
    client.hears(
        "{\"t\":\"d\",\"d\":{\"a\":\"ac\",\"b\":{\"s\":\"expired_token\",\"d\":\"Auth token is"
            + " expired\"}}}");
    client.hears("{\"t\":\"d\",\"d\":{\"a\":\"c\",\"b\":{\"p\":\"/ann\"}}}");
    client.ask(3, "g", "{\"p\":\"/ann\"}");
    client.hears("{\"t\":\"d\",\"d\":{\"r\":3,\"b\":{\"s\":\"permission_denied\"");
    client.ask(4, "auth", "{\"cred\":\"%s\"}".formatted(idToken(first, -1)));
    client.hears("{\"t\":\"d\",\"d\":{\"r\":4,\"b\":{\"s\":\"expired_token\"");
    client.ask(5, "auth", "{\"cred\":\"%s\"}".formatted(idToken(first, 60)));
    client.hears("{\"t\":\"d\",\"d\":{\"r\":5,\"b\":{\"s\":\"ok\"");
    client.ask(6, "g", "{\"p\":\"/ann\"}");
    client.hears("{\"t\":\"d\",\"d\":{\"r\":6,\"b\":{\"s\":\"ok\"");
    client.socket.abort();
  }

  @Test
  void withoutEmulatorModeNeitherOwnerNorUnsignedTokensCount() throws Exception {
    openWith(first);
    var unsigned =
        new PlainObject(new Payload("{\"sub\":\"ann\",\"iat\":0,\"exp\":9999999999}")).serialize();
    assertThat(read(unsigned)).isEqualTo(UNPARSED);
    assertThat(read("owner")).isEqualTo(UNPARSED);
    var client = new Frames();
    for (var action : List.of("auth", "gauth")) {
      for (var token : List.of("owner", unsigned)) {
        client.ask(1, action, "{\"cred\":\"%s\"}".formatted(token));
        client.hears("{\"t\":\"d\",\"d\":{\"r\":1,\"b\":{\"s\":\"invalid_token\"");
        client.heard.clear();
      }
    }
    client.ask(2, "g", "{\"p\":\"/ann\"}");
    client.hears("{\"t\":\"d\",\"d\":{\"r\":2,\"b\":{\"s\":\"permission_denied\"");
    client.socket.abort();
  }

  @Test
  void inEmulatorModeOwnerAndUnsignedTokensCountFromThisMachineOnly() {
    open(Map.of());
    var unsigned = new PlainObject(new Payload("{\"sub\":\"ann\"}")).serialize();
    var config = RealtimeFixture.config(Map.of("emulator", "true"));
    var tokens = new TokenVerifier(config.trust(), () -> TokenKeys.NONE, time);
    var gate = new Gate(config, PlatformUsers.NONE, tokens, new RulesBook(db.store, config), time);
    assertThat(gate.identify("owner", true)).isInstanceOf(Identity.Administrator.class);
    assertThat(gate.identify(unsigned, true)).isInstanceOf(Identity.Known.class);
    assertThat(gate.identify("owner", false)).isEqualTo(new Identity.Unknown());
    assertThat(gate.identify(unsigned, false)).isEqualTo(new Identity.Unknown());
  }

  @Test
  void aNewDatabaseIsClosedUnlessTheSettingsSayOtherwise() {
    assertThat(Settings.defaults(Config.class).rules()).isEqualTo(Config.Access.CLOSED);
    open(Map.of());
    var admin = "&auth=" + RealtimeFixture.ADMIN;
    assertThat(db.ask("PUT", "/a.json?ns=fresh" + admin, "1")).isEqualTo("200 1");
    assertThat(db.get("/a.json?ns=fresh")).isEqualTo(DENIED);
    assertThat(db.ask("PUT", "/a.json?ns=fresh", "2")).isEqualTo(DENIED);
    assertThat(db.get("/a.json?ns=fresh" + admin)).isEqualTo("200 1");
  }

  /// An SDK's socket, frame by frame.
  private final class Frames implements WebSocket.Listener {
    final CopyOnWriteArrayList<String> heard = new CopyOnWriteArrayList<>();
    final WebSocket socket;

    Frames() {
      var uri = URI.create("ws://localhost:" + db.api.port() + "/.ws?v=5&ns=x");
      socket = db.client.newWebSocketBuilder().buildAsync(uri, this).join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean isLast) {
      heard.add(text.toString());
      from.request(1);
      return null;
    }

    void ask(int number, String action, String body) {
      var frame = "{\"t\":\"d\",\"d\":{\"r\":%d,\"a\":\"%s\",\"b\":%s}}";
      socket.sendText(frame.formatted(number, action, body), true).join();
    }

    void hears(String start) {
      await()
          .atMost(SOON)
          .untilAsserted(() -> assertThat(heard).anyMatch(frame -> frame.startsWith(start), start));
    }
  }
}
