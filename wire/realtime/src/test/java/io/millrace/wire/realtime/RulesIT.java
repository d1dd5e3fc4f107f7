package io.millrace.wire.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.PlainObject;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.millrace.base.runtime.Clock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Security rules and tokens through the port.
class RulesIT {
  private static final String DENIED = "401 {\"error\":\"Permission denied\"}";
  private static final String ADMIN = "&auth=" + RealtimeFixture.ADMIN;
  private static RSAKey key;

  @TempDir Path directory;
  private RealtimeFixture db;

  @BeforeAll
  static void makeKey() throws Exception {
    key = new RSAKeyGenerator(2048).keyID("k1").generate();
  }

  @BeforeEach
  void open() throws Exception {
    var keys = directory.resolve("keys.json");
    Files.writeString(keys, new JWKSet(key.toPublicJWK()).toString());
    db =
        new RealtimeFixture(
            directory.resolve("data"),
            Map.of(
                "rules", "closed",
                "emulator", "true",
                "projectId", "demo",
                "tokenKeys", keys.toString(),
                "secrets", "a-long-database-secret-for-tests-0123456789"));
  }

  @AfterEach
  void close() {
    db.close();
  }

  private static String idToken(String uid, long expiresInSeconds) throws Exception {
    long now = Clock.SYSTEM.millis() / 1_000;
    var claims =
        "{\"iss\":\"https://securetoken.google.com/demo\",\"aud\":\"demo\",\"sub\":\"%s\",\"iat\":%d,\"exp\":%d,\"email\":\"e@x\",\"firebase\":{\"sign_in_provider\":\"password\"}}"
            .formatted(uid, now - 60, now + expiresInSeconds);
    var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").build();
    var token = new JWSObject(header, new Payload(claims));
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  @Test
  void rulesAreReadAsTheyWereWrittenAndBadOnesChangeNothing() {
    var text = "{ // who\n \"rules\": {\".read\": \"auth != null\"} /* x */ }";
    assertThat(db.ask("PUT", "/.settings/rules.json?ns=x" + ADMIN, text))
        .isEqualTo("200 {\"status\":\"ok\"}");
    assertThat(db.get("/.settings/rules.json?ns=x" + ADMIN)).isEqualTo("200 " + text);
    assertThat(db.get("/.settings/rules.json?format=strict&ns=x" + ADMIN))
        .isEqualTo("200 {\"rules\":{\".read\":\"auth != null\"}}");
    assertThat(
            db.ask("PUT", "/.settings/rules.json?ns=x" + ADMIN, "{\"rules\":{\".read\":\"foo\"}}"))
        .isEqualTo("400 {\"error\":\"1:20: Unknown variable 'foo'.\"}");
    assertThat(db.get("/.settings/rules.json?ns=x" + ADMIN)).isEqualTo("200 " + text);
    assertThat(db.get("/.settings/rules.json?ns=x"))
        .isEqualTo("401 {\"error\":\"Unauthorized request.\"}");
    assertThat(db.ask("PUT", "/.settings/rules.json?ns=x", text)).startsWith("401");
  }

  @Test
  void rulesOutliveTheProcess() {
    db.rules("x", "{'a':{'.read':true}}");
    db.close();
    db = new RealtimeFixture(directory.resolve("data"), Map.of("rules", "closed"));
    assertThat(db.get("/a.json?ns=x")).isEqualTo("200 null");
    assertThat(db.get("/b.json?ns=x")).isEqualTo(DENIED);
  }

  @Test
  void restAsksTheRules() throws Exception {
    db.rules(
        "x",
        "{'u':{'$u':{'.read':'auth.uid == $u','.write':'auth.uid == $u && auth.token.email =="
            + " `e@x`','age':{'.validate':'newData.isNumber()'}}}}");
    var ann = "&auth=" + idToken("ann", 600);
    assertThat(db.ask("PUT", "/u/ann.json?ns=x" + ann, "{\"age\":4}")).startsWith("200");
    assertThat(db.ask("PUT", "/u/ann/age.json?ns=x" + ann, "\"old\"")).isEqualTo(DENIED);
    assertThat(db.ask("PUT", "/u/bob.json?ns=x" + ann, "{\"age\":4}")).isEqualTo(DENIED);
    assertThat(db.ask("PATCH", "/u.json?ns=x" + ann, "{\"ann/age\":5,\"bob/age\":5}"))
        .isEqualTo(DENIED);
    assertThat(db.get("/u/ann.json?ns=x" + ann)).isEqualTo("200 {\"age\":4}");
    assertThat(db.get("/u.json?ns=x" + ann)).isEqualTo(DENIED);
    assertThat(db.get("/u/ann.json?ns=x")).isEqualTo(DENIED);
    var asAnn = "&auth_variable_override=%7B%22uid%22:%22ann%22%7D" + ADMIN;
    assertThat(db.get("/u/ann/age.json?ns=x" + asAnn)).isEqualTo("200 4");
    assertThat(db.get("/u/bob.json?ns=x" + asAnn)).isEqualTo(DENIED);
  }

  @Test
  void tokensAreCheckedAndSecretsAreAdministrators() throws Exception {
    db.rules("x", "{'.read':'auth.uid == `ann`'}");
    assertThat(db.get("/a.json?ns=x&auth=" + idToken("ann", 600))).isEqualTo("200 null");
    assertThat(db.get("/a.json?ns=x&auth=" + idToken("ann", -10)))
        .isEqualTo("401 {\"error\":\"Auth token is expired\"}");
    var forged = idToken("ann", 600);
    assertThat(db.get("/a.json?ns=x&auth=" + forged.substring(0, forged.length() - 8) + "AAAAAAAA"))
        .isEqualTo("401 {\"error\":\"Could not parse auth token.\"}");
    var unsigned =
        new PlainObject(new Payload("{\"sub\":\"ann\",\"iat\":0,\"exp\":3600}")).serialize();
    assertThat(db.get("/a.json?ns=x&auth=" + unsigned)).isEqualTo("200 null");
    assertThat(db.ask("PUT", "/z.json?ns=x&auth=a-long-database-secret-for-tests-0123456789", "1"))
        .isEqualTo("200 1");
  }

  @Test
  void theSimulatorSaysWhichRuleDecided() {
    db.rules("x", "{'a':{'.write':'auth != null','.validate':'newData.isNumber()'}}");
    db.ask("PUT", "/a.json?ns=x" + ADMIN, "1");
    var asked = "{\"method\":\"set\",\"path\":\"/a\",\"auth\":{\"uid\":\"u\"},\"data\":\"text\"}";
    assertThat(db.ask("POST", "/.settings/rules/simulate.json?ns=x" + ADMIN, asked))
        .isEqualTo(
            "200 {\"allowed\":false,\"steps\":[{\"path\":\"/a\",\"kind\":\".write\",\"rule\":\"auth"
                + " != null\",\"line\":1,\"result\":true,\"error\":null},{\"path\":\"/a\",\"kind\":\".validate\",\"rule\":\"newData.isNumber()\",\"line\":1,\"result\":false,\"error\":null}]}");
    var read =
        "{\"method\":\"get\",\"path\":\"/a\",\"rules\":\"{\\\"rules\\\":{\\\".read\\\":true}}\"}";
    assertThat(db.ask("POST", "/.settings/rules/simulate.json?ns=x" + ADMIN, read))
        .startsWith("200 {\"allowed\":true");
    assertThat(db.get("/a.json?ns=x" + ADMIN)).as("nothing was written").isEqualTo("200 1");
    assertThat(
            db.ask("POST", "/.settings/rules/simulate.json?ns=x" + ADMIN, "{\"method\":\"hop\"}"))
        .startsWith("400");
    assertThat(db.ask("POST", "/.settings/rules/simulate.json?ns=x", asked)).startsWith("401");
  }

  @Test
  void keepRulesAndUsageAreForAdministrators() {
    var rules = "[{\"path\":\"/log\",\"last\":3}]";
    assertThat(db.ask("PUT", "/.settings/keep.json?ns=x" + ADMIN, rules))
        .isEqualTo("200 {\"status\":\"ok\"}");
    assertThat(db.get("/.settings/keep.json?ns=x" + ADMIN)).isEqualTo("200 " + rules);
    assertThat(db.ask("PUT", "/.settings/keep.json?ns=x" + ADMIN, "[{}]")).startsWith("400");
    assertThat(db.get("/.settings/usage.json?ns=x" + ADMIN))
        .isEqualTo(
            "200 {\"bytes\":0,\"children\":0,\"listeners\":0,\"waitingWrites\":0,\"sdks\":{},\"imports\":[]}");
    assertThat(db.get("/.settings/keep.json?ns=x")).startsWith("401");
    assertThat(db.get("/.settings/nothing.json?ns=x" + ADMIN)).startsWith("404");
  }
}
