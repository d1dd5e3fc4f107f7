package io.millrace.wire.mosquitto;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.millrace.base.runtime.Clock;
import io.millrace.wire.mqtt.Authenticator;
import io.millrace.wire.mqtt.ConnectDecision;
import io.millrace.wire.mqtt.ConnectRequest;
import io.millrace.wire.mqtt.codec.ReasonCode;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Takes a JSON web token as password. What is not shaped as a token is somebody else's.
final class JwtAuthenticator implements Authenticator {
  private static final int TOKEN_BYTES_MAX = 16_384;

  private final JwtSettings settings;
  private final Supplier<JwtKeys> keys;
  private final Clock clock;

  JwtAuthenticator(JwtSettings settings, Supplier<JwtKeys> keys, Clock clock) {
    this.settings = settings;
    this.keys = keys;
    this.clock = clock;
  }

  @Override
  public void authenticate(ConnectRequest request, Consumer<ConnectDecision> decision) {
    var token = request.password().filter(JwtAuthenticator::looksLikeToken).flatMap(this::parse);
    decision.accept(token.map(signed -> decide(signed, request)).orElseGet(() -> notMine(request)));
  }

  private static ConnectDecision notMine(ConnectRequest request) {
    return request.userName().filter(name -> !name.isEmpty()).isPresent()
        ? new ConnectDecision.NotMine()
        : new ConnectDecision.Anonymous();
  }

  private ConnectDecision decide(SignedJWT token, ConnectRequest request) {
    try {
      if (!isGenuine(token)) {
        return refused("The token's signature is not by a key that is trusted here");
      }
      return decide(token.getJWTClaimsSet(), request);
    } catch (ParseException | IllegalArgumentException e) {
      return refused("The token cannot be used: " + e.getMessage());
    }
  }

  private boolean isGenuine(SignedJWT token) {
    for (var verifier : keys.get().verifiers(token.getHeader())) {
      try {
        if (token.verify(verifier)) {
          return true;
        }
      } catch (JOSEException e) {
        // not by this key
      }
    }
    return false;
  }

  private ConnectDecision decide(JWTClaimsSet claims, ConnectRequest request)
      throws ParseException {
    long now = clock.millis();
    long leewayMs = settings.leeway().toMillis();
    long expires = time(claims.getExpirationTime(), Long.MAX_VALUE - leewayMs) + leewayMs;
    if (now >= expires) {
      return refused("The token has expired");
    }
    if (now < time(claims.getNotBeforeTime(), Long.MIN_VALUE + leewayMs) - leewayMs) {
      return refused("The token is not valid yet");
    }
    if (!settings.issuer().isEmpty() && !settings.issuer().equals(claims.getIssuer())) {
      return refused("The token has another issuer");
    }
    if (!settings.audience().isEmpty() && !claims.getAudience().contains(settings.audience())) {
      return refused("The token is for another audience");
    }
    var user = claims.getStringClaim(settings.userClaim());
    if (user == null || user.isEmpty()) {
      return refused("The token has no claim " + settings.userClaim());
    }
    var given = request.userName().filter(name -> !name.isEmpty());
    if (given.isPresent() && !given.get().equals(user)) {
      return refused("The token is of another user than the user name");
    }
    return new ConnectDecision.Accepted(
        new TokenPrincipal(user, expires, rules(claims, request.clientId(), user)));
  }

  private Optional<TokenRules> rules(JWTClaimsSet claims, String clientId, String user) {
    return switch (claims.getClaim(settings.aclClaim())) {
      case null -> Optional.empty();
      case Map<?, ?> acl -> {
        var named = new java.util.TreeMap<String, Object>();
        acl.forEach((name, filters) -> named.put(String.valueOf(name), filters));
        yield Optional.of(TokenRules.of(named, clientId, user));
      }
      case List<?> all -> Optional.of(TokenRules.of(Map.of("all", all), clientId, user));
      default ->
          throw new IllegalArgumentException(
              "its %s is neither an object nor a list".formatted(settings.aclClaim()));
    };
  }

  private static long time(@org.jspecify.annotations.Nullable Date date, long otherwise) {
    return date == null ? otherwise : date.toInstant().toEpochMilli();
  }

  private Optional<SignedJWT> parse(byte[] password) {
    try {
      return Optional.of(SignedJWT.parse(new String(password, StandardCharsets.US_ASCII)));
    } catch (ParseException e) {
      return Optional.empty();
    }
  }

  private static boolean looksLikeToken(byte[] password) {
    if (password.length > TOKEN_BYTES_MAX || password.length < 20) {
      return false;
    }
    int dots = 0;
    for (var each : password) {
      dots += each == '.' ? 1 : 0;
    }
    return dots == 2 && password[0] == 'e' && password[1] == 'y';
  }

  private static ConnectDecision refused(String reason) {
    return new ConnectDecision.Refused(ReasonCode.NOT_AUTHORIZED, reason);
  }
}
