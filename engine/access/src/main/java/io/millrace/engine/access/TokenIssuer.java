package io.millrace.engine.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Ids;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.User;
import java.text.ParseException;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes and reads tokens: JWT signed with HS512, ThingsBoard's claims.
final class TokenIssuer {
  private static final String ISSUER = "millrace";
  private static final String REFRESH_SCOPE = "REFRESH_TOKEN";
  private static final JWSHeader HEADER = new JWSHeader(JWSAlgorithm.HS512);

  /// What a token of ours says. Times in milliseconds; the signature was right.
  record Claims(EntityId userId, String sessionId, boolean isRefresh, long issuedAt, long expiry) {}

  private final JWSSigner signer;
  private final JWSVerifier verifier;
  private final Clock clock;
  private final Ids ids;

  TokenIssuer(byte[] key, Clock clock, Ids ids) {
    try {
      this.signer = new MACSigner(key);
      this.verifier = new MACVerifier(key);
    } catch (JOSEException e) {
      throw new IllegalStateException("The stored signing key is unusable", e);
    }
    this.clock = clock;
    this.ids = ids;
  }

  String access(User user, String sessionId, Duration lifetime) {
    var customer = user.customerId();
    var claims =
        claims(user, sessionId, user.authority().name(), lifetime)
            .claim("enabled", true)
            .claim("tenantId", user.tenantId().id().toString())
            .claim("customerId", uuid(customer))
            .build();
    return sign(claims);
  }

  String refresh(User user, String sessionId, Duration lifetime) {
    var claims =
        claims(user, sessionId, REFRESH_SCOPE, lifetime).jwtID(ids.next().toString()).build();
    return sign(claims);
  }

  /// What the token says, expired or not; empty when it is not one of ours.
  Optional<Claims> read(String token) {
    try {
      var jwt = SignedJWT.parse(token);
      // the algorithm is ours to say, not the token's (RFC 8725 section 3.1)
      if (!JWSAlgorithm.HS512.equals(jwt.getHeader().getAlgorithm()) || !jwt.verify(verifier)) {
        return Optional.empty();
      }
      return Optional.of(claims(jwt.getJWTClaimsSet()));
    } catch (ParseException | JOSEException | IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  private JWTClaimsSet.Builder claims(
      User user, String sessionId, String scope, Duration lifetime) {
    long now = clock.millis();
    return new JWTClaimsSet.Builder()
        .subject(user.email())
        .claim("userId", user.id().id().toString())
        .claim("scopes", List.of(scope))
        .claim("sessionId", sessionId)
        .expirationTime(new Date(now + lifetime.toMillis()))
        .issuer(ISSUER)
        .issueTime(new Date(now))
        .claim("isPublic", false);
  }

  private static Claims claims(JWTClaimsSet claims) throws ParseException {
    var userId = claims.getStringClaim("userId");
    var sessionId = claims.getStringClaim("sessionId");
    var scopes = claims.getStringListClaim("scopes");
    var issued = claims.getIssueTime();
    var expiry = claims.getExpirationTime();
    if (userId == null || sessionId == null || scopes == null || issued == null || expiry == null) {
      throw new ParseException("A claim is missing", 0);
    }
    return new Claims(
        new EntityId(EntityType.USER, UUID.fromString(userId)),
        sessionId,
        scopes.contains(REFRESH_SCOPE),
        issued.getTime(),
        expiry.getTime());
  }

  private String sign(JWTClaimsSet claims) {
    try {
      var jwt = new SignedJWT(HEADER, claims);
      jwt.sign(signer);
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("A token could not be signed", e);
    }
  }

  // ThingsBoard: no customer is the null UUID, which is also the system tenant's
  private static String uuid(@Nullable EntityId id) {
    return (id == null ? EntityStore.SYSTEM_TENANT : id).id().toString();
  }
}
