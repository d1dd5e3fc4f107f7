package io.millrace.engine.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.text.ParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Public keys by identifier, from a JWK set. Immutable.
public final class TokenKeys {
  public static final TokenKeys NONE = new TokenKeys(new JWKSet());

  private final JWKSet keys;

  private TokenKeys(JWKSet keys) {
    this.keys = keys;
  }

  /// The keys of a JWK set.
  ///
  /// @throws IllegalArgumentException when the text is no JWK set
  public static TokenKeys parse(String json) {
    try {
      return new TokenKeys(JWKSet.parse(json).toPublicJWKSet());
    } catch (ParseException e) {
      throw new IllegalArgumentException("is no JWK set: " + e.getMessage(), e);
    }
  }

  public int size() {
    return keys.size();
  }

  /// Whether one of these keys signed the token, with an algorithm that the key is for. Custom
  /// tokens of the Admin SDKs name no key: any may have signed them.
  boolean signed(JWSObject token) {
    return candidates(token.getHeader().getKeyID()).stream().anyMatch(key -> signed(token, key));
  }

  private List<JWK> candidates(@Nullable String keyId) {
    if (keyId == null) {
      return keys.getKeys();
    }
    var named = keys.getKeyByKeyId(keyId);
    return named == null ? List.of() : List.of(named);
  }

  private static boolean signed(JWSObject token, JWK key) {
    try {
      JWSVerifier verifier =
          switch (key) {
            case RSAKey rsa -> new RSASSAVerifier(rsa);
            case ECKey ec -> new ECDSAVerifier(ec);
            default -> null;
          };
      return verifier != null
          && verifier.supportedJWSAlgorithms().contains(token.getHeader().getAlgorithm())
          && token.verify(verifier);
    } catch (JOSEException e) {
      return false;
    }
  }
}
