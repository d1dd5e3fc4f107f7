package io.millrace.wire.mosquitto;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys that may have signed a token. A key only checks algorithms of its own kind: a public
/// key is never taken for a shared secret.
record JwtKeys(List<JWK> keys) {

  static JwtKeys ofSecret(String secret) {
    var bytes = secret.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < 32) {
      throw new FileFault(
          "mqtt.jwt.secret has %d bytes; HS256 asks for 32 at least (RFC 7518 section 3.2)"
              .formatted(bytes.length));
    }
    return new JwtKeys(List.of(new OctetSequenceKey.Builder(bytes).build()));
  }

  static JwtKeys parsePem(Path file, List<String> lines) {
    return new JwtKeys(List.of(PublicKeys.parse(file, lines)));
  }

  static JwtKeys parseSet(Path file, List<String> lines) {
    try {
      return new JwtKeys(List.copyOf(JWKSet.parse(String.join("\n", lines)).getKeys()));
    } catch (ParseException e) {
      throw new FileFault(
          "%s is no JSON web key set ({\"keys\": [...]}): %s".formatted(file, e.getMessage()));
    }
  }

  JwtKeys and(JwtKeys more) {
    var all = new ArrayList<>(keys);
    all.addAll(more.keys);
    return new JwtKeys(all);
  }

  /// Those that could have signed with this header.
  List<JWSVerifier> verifiers(JWSHeader header) {
    var all = new ArrayList<JWSVerifier>();
    for (var key : keys) {
      var named = header.getKeyID();
      boolean other = named != null && key.getKeyID() != null && !named.equals(key.getKeyID());
      var verifier = other ? null : verifier(key, header.getAlgorithm());
      if (verifier != null) {
        all.add(verifier);
      }
    }
    return all;
  }

  private static @Nullable JWSVerifier verifier(JWK key, JWSAlgorithm algorithm) {
    try {
      if (key instanceof OctetSequenceKey secret
          && JWSAlgorithm.Family.HMAC_SHA.contains(algorithm)) {
        return new MACVerifier(secret);
      } else if (key instanceof RSAKey rsa && JWSAlgorithm.Family.RSA.contains(algorithm)) {
        return new RSASSAVerifier(rsa);
      } else if (key instanceof ECKey ec && JWSAlgorithm.Family.EC.contains(algorithm)) {
        var verifier = new ECDSAVerifier(ec);
        return verifier.supportedJWSAlgorithms().contains(algorithm) ? verifier : null;
      }
      return null;
    } catch (JOSEException e) {
      return null; // a key too short for this algorithm, or of a curve it does not have
    }
  }
}
