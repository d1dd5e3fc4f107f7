package io.millrace.engine.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Ids;
import io.millrace.store.entities.Customer;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.User;
import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes and reads tokens: JWT signed with HS512, ThingsBoard's claims.
final class TokenIssuer {
  private static final String ISSUER = "millrace";
  private static final JsonString REFRESH_SCOPE = new JsonString("REFRESH_TOKEN");
  private static final JsonString SET_UP_SCOPE = new JsonString("SET_UP");
  private static final JWSHeader HEADER = new JWSHeader(JWSAlgorithm.HS512);

  /// What a token of ours says. Times in milliseconds; the signature was right.
  ///
  /// @param userId of the customer, when it is public
  record Claims(
      EntityId userId,
      String sessionId,
      boolean isRefresh,
      boolean isSetUp,
      boolean isPublic,
      long issuedAt,
      long expiry) {}

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
    return sign(
        claims(user, sessionId, new JsonString(user.authority().name()), lifetime)
            .put("enabled", true)
            .put("tenantId", user.tenantId().id().toString())
            .put("customerId", uuid(user.customerId()))
            .build());
  }

  String refresh(User user, String sessionId, Duration lifetime) {
    return sign(
        claims(user, sessionId, REFRESH_SCOPE, lifetime).put("jti", ids.next().toString()).build());
  }

  /// A token that lets the first administrator choose name and password, and nothing else.
  String setUp(User user, Duration lifetime) {
    return sign(claims(user, ids.next().toString(), SET_UP_SCOPE, lifetime).build());
  }

  /// A token of nobody, to look at what is the public customer's.
  String publicAccess(Customer customer, Duration lifetime) {
    long now = clock.millis();
    return sign(
        JsonObject.builder()
            .put("sub", customer.id().id().toString())
            .put("userId", customer.id().id().toString())
            .put("scopes", JsonArray.of(new JsonString("CUSTOMER_USER")))
            .put("sessionId", ids.next().toString())
            .put("exp", (now + lifetime.toMillis()) / 1_000)
            .put("iss", ISSUER)
            .put("iat", now / 1_000)
            .put("iatMs", now)
            .put("enabled", true)
            .put("isPublic", true)
            .put("tenantId", customer.tenantId().id().toString())
            .put("customerId", customer.id().id().toString())
            .build());
  }

  /// What the token says, expired or not; empty when it is not one of ours.
  Optional<Claims> read(String token) {
    try {
      var jwt = JWSObject.parse(token);
      // the algorithm is ours to say, not the token's (RFC 8725 section 3.1)
      if (!JWSAlgorithm.HS512.equals(jwt.getHeader().getAlgorithm()) || !jwt.verify(verifier)) {
        return Optional.empty();
      }
      return claims(jwt.getPayload().toString());
    } catch (ParseException
        | JOSEException
        | IllegalArgumentException
        | JsonSyntaxException notOurs) {
      return Optional.empty();
    }
  }

  private JsonObject.Builder claims(
      User user, String sessionId, JsonString scope, Duration lifetime) {
    long now = clock.millis();
    return JsonObject.builder()
        .put("sub", user.email())
        .put("userId", user.id().id().toString())
        .put("scopes", JsonArray.of(scope))
        .put("sessionId", sessionId)
        .put("exp", (now + lifetime.toMillis()) / 1_000)
        .put("iss", ISSUER)
        .put("iat", now / 1_000)
        .put("iatMs", now) // ours: a new password ends the sessions of the same second too
        .put("isPublic", false);
  }

  private static Optional<Claims> claims(String payload) {
    return Json.parse(payload) instanceof JsonObject claims
            && claims.get("iatMs") instanceof JsonLong(long issued)
            && claims.get("exp") instanceof JsonLong(long expiry)
            && claims.get("scopes") instanceof JsonArray scopes
            && claims.get("userId") instanceof JsonString(var userId)
            && claims.get("sessionId") instanceof JsonString(var sessionId)
        ? Optional.of(
            new Claims(
                EntityId.of(EntityType.USER, userId),
                sessionId,
                scopes.values().contains(REFRESH_SCOPE),
                scopes.values().contains(SET_UP_SCOPE),
                claims.get("isPublic") == JsonBoolean.TRUE,
                issued,
                expiry * 1_000))
        : Optional.empty();
  }

  private String sign(JsonObject claims) {
    try {
      var jwt = new JWSObject(HEADER, new Payload(claims.toString()));
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
