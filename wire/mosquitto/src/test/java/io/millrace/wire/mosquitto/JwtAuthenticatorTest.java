package io.millrace.wire.mosquitto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.millrace.base.config.Settings;
import io.millrace.base.runtime.Clock;
import io.millrace.wire.mqtt.ConnectDecision;
import io.millrace.wire.mqtt.ConnectRequest;
import io.millrace.wire.mqtt.codec.ProtocolVersion;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// JSON web tokens as passwords.
class JwtAuthenticatorTest {
  private static final String SECRET = "a secret of thirty-two bytes or more";
  private final io.millrace.base.runtime.SystemScheduler scheduler =
      new io.millrace.base.runtime.SystemScheduler();
  private final Doors doors = new Doors(Clock.SYSTEM, scheduler);
  @TempDir Path folder;

  @AfterEach
  void close() {
    doors.close();
    scheduler.close();
  }

  @Test
  void aSharedSecretProvesTheUserAndWhatItMayDo() throws Exception {
    var claims =
        claims()
            .claim("acl", Map.of("pub", List.of("up/%u/#"), "sub", List.of("down/%c/+")))
            .build();
    var principal = accepted(Map.of("secret", SECRET), hmac(claims), null);
    assertThat(principal.name()).isEqualTo("ann");
    var rules = principal.rules().orElseThrow();
    assertThat(rules.mayPublish("up/ann/t")).isTrue();
    assertThat(rules.mayPublish("up/bob/t")).isFalse();
    assertThat(rules.maySubscribe("down/c1/x")).isTrue();
    assertThat(rules.maySubscribe("down/c1/#")).isFalse();
  }

  @Test
  void publicKeysAndKeySetsDoToo() throws Exception {
    RSAKey rsa = new RSAKeyGenerator(2048).keyID("r").generate();
    ECKey ec = new ECKeyGenerator(Curve.P_256).keyID("e").generate();
    var set = folder.resolve("jwks.json");
    Files.writeString(set, new JWKSet(List.of(rsa, ec)).toPublicJWKSet().toString());
    var settings = Map.of("jwks", set.toString());
    assertThat(
            accepted(
                    settings,
                    sign(claims().build(), JWSAlgorithm.RS256, new RSASSASigner(rsa), "r"),
                    "ann")
                .name())
        .isEqualTo("ann");
    assertThat(
            accepted(
                    settings,
                    sign(claims().build(), JWSAlgorithm.ES256, new ECDSASigner(ec), "e"),
                    "")
                .name())
        .isEqualTo("ann");
    var pem = folder.resolve("key.pem");
    Files.writeString(
        pem,
        "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
            .formatted(
                java.util.Base64.getMimeEncoder().encodeToString(rsa.toPublicKey().getEncoded())));
    assertThat(
            accepted(
                    Map.of("publicKey", pem.toString()),
                    sign(claims().build(), JWSAlgorithm.RS256, new RSASSASigner(rsa), null),
                    null)
                .name())
        .isEqualTo("ann");
    // the public key as a shared secret: the classic confusion
    var confused =
        sign(
            claims().build(),
            JWSAlgorithm.HS256,
            new MACSigner(rsa.toPublicKey().getEncoded()),
            null);
    assertThat(decide(Map.of("publicKey", pem.toString()), confused, null))
        .isInstanceOf(ConnectDecision.Refused.class);
  }

  @Test
  void badTokensAreRefusedWithTheReason() throws Exception {
    var on = Map.of("secret", SECRET, "issuer", "plant", "audience", "mqtt");
    var good = claims().issuer("plant").audience("mqtt");
    assertThat(decide(on, hmac(good.build()), null)).isInstanceOf(ConnectDecision.Accepted.class);
    assertThat(reason(on, hmac(good.build()), "bob")).contains("another user");
    assertThat(reason(on, hmac(claims().audience("mqtt").build()), null)).contains("issuer");
    assertThat(reason(on, hmac(claims().issuer("plant").build()), null)).contains("audience");
    var old = good.expirationTime(Date.from(Instant.ofEpochSecond(1_000))).build();
    assertThat(reason(on, hmac(old), null)).contains("expired");
    var other = "another secret of thirty-two bytes or more";
    var forged = sign(claims().build(), JWSAlgorithm.HS256, new MACSigner(other), null);
    assertThat(reason(on, forged, null)).contains("signature");
    var nobody = new JWTClaimsSet.Builder().issuer("plant").audience("mqtt").build();
    assertThat(reason(on, hmac(nobody), null)).contains("no claim sub");
  }

  @Test
  void whatIsNoTokenIsLeftToOthers() {
    assertThat(decide(Map.of("secret", SECRET), "hunter2", "ann"))
        .isEqualTo(new ConnectDecision.NotMine());
    assertThat(decide(Map.of("secret", SECRET), "eyJ.not-a-token-at-all.x", "ann"))
        .isEqualTo(new ConnectDecision.NotMine());
  }

  @Test
  void keysThatCannotBeUsedAreNamed() throws Exception {
    assertThatThrownBy(() -> decide(Map.of("secret", "short"), "x", null))
        .hasMessageContaining("mqtt.jwt.secret has 5 bytes");
    var file = Files.writeString(folder.resolve("bad"), "{}");
    assertThatThrownBy(() -> decide(Map.of("jwks", file.toString()), "x", null))
        .hasMessageContaining("is no JSON web key set");
    assertThatThrownBy(() -> decide(Map.of("publicKey", file.toString()), "x", null))
        .hasMessageContaining("holds no public key");
  }

  private TokenPrincipal accepted(Map<String, String> settings, String token, String user) {
    var decision = decide(settings, token, user);
    assertThat(decision).isInstanceOf(ConnectDecision.Accepted.class);
    return (TokenPrincipal) ((ConnectDecision.Accepted) decision).principal();
  }

  private String reason(Map<String, String> settings, String token, String user) {
    var decision = decide(settings, token, user);
    assertThat(decision).isInstanceOf(ConnectDecision.Refused.class);
    return ((ConnectDecision.Refused) decision).reason();
  }

  private ConnectDecision decide(Map<String, String> settings, String token, String user) {
    var named = new HashMap<String, String>();
    settings.forEach((name, value) -> named.put("mqtt.jwt." + name, value));
    var bound = Settings.of().add(named, "test");
    var config = bound.bind("mqtt", Config.class);
    bound.check();
    var decision = new CompletableFuture<ConnectDecision>();
    doors
        .authenticators(config)
        .getFirst()
        .authenticate(
            new ConnectRequest(
                "c1",
                Optional.ofNullable(user),
                Optional.of(token.getBytes(UTF_8)),
                new InetSocketAddress(0),
                "tcp",
                ProtocolVersion.V5,
                true,
                List.of(),
                false),
            decision::complete);
    return decision.join();
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder().subject("ann");
  }

  private static String hmac(JWTClaimsSet claims) throws Exception {
    return sign(claims, JWSAlgorithm.HS256, new MACSigner(SECRET), null);
  }

  private static String sign(
      JWTClaimsSet claims, JWSAlgorithm algorithm, JWSSigner signer, String keyId)
      throws Exception {
    var token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).build(), claims);
    token.sign(signer);
    return token.serialize();
  }
}
