package io.millrace.engine.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.PlainObject;
import com.nimbusds.jose.crypto.MACVerifier;
import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.json.JsonValue;
import io.millrace.base.runtime.Clock;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.ParseException;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// Firebase's tokens: ID tokens, custom tokens, legacy secrets and tokens, the emulator's.
///
/// Any thread; nothing is fetched here.
public final class TokenVerifier {
  private static final String CUSTOM_AUDIENCE =
      "https://identitytoolkit.googleapis.com/google.identity.identitytoolkit.v1.IdentityToolkit";
  private static final long LEEWAY_MS = 300_000; // clocks differ
  private static final int LENGTH_MAX = 65_536;

  private final TokenTrust trust;
  private final Supplier<TokenKeys> keys;
  private final Clock clock;

  /// @param keys the keys as they are now
  public TokenVerifier(TokenTrust trust, Supplier<TokenKeys> keys, Clock clock) {
    this.trust = trust;
    this.keys = keys;
    this.clock = clock;
  }

  /// Who presents `token`.
  ///
  /// @param takesUnsigned whether tokens without a signature count: only for the emulator's mode
  public Identity identify(String token, boolean takesUnsigned) {
    if (isSecret(token)) {
      return new Identity.Administrator(Long.MAX_VALUE);
    }
    if (token.length() > LENGTH_MAX || token.indexOf('.') < 0) {
      return new Identity.Unknown();
    }
    return takesUnsigned && isUnsigned(token) ? unsigned(token) : signed(token);
  }

  /// When a token says that it expires, whatever it is.
  public static OptionalLong expiryMs(String token) {
    try {
      var claims = claims(JWSObject.parse(token).getPayload().toString());
      return claims.get("exp") instanceof JsonLong(var seconds)
          ? OptionalLong.of(seconds * 1_000)
          : OptionalLong.empty();
    } catch (ParseException | JsonSyntaxException e) {
      return OptionalLong.empty();
    }
  }

  private boolean isSecret(String token) {
    var given = token.getBytes(StandardCharsets.UTF_8);
    boolean isOne = false;
    for (var secret : trust.secrets()) {
      isOne |= MessageDigest.isEqual(given, secret.getBytes(StandardCharsets.UTF_8));
    }
    return isOne;
  }

  private static boolean isUnsigned(String token) {
    return token.endsWith(".");
  }

  /// The emulator's tokens: neither signature nor expiry counts (the SDK's have expired in 1970).
  private static Identity unsigned(String token) {
    try {
      var claims = claims(PlainObject.parse(token).getPayload().toString());
      var uid = claims.text("sub", claims.text("user_id", claims.text("uid", "")));
      return uid.isEmpty()
          ? new Identity.Unknown()
          : new Identity.Known(auth(uid, provider(claims), claims), Long.MAX_VALUE);
    } catch (ParseException | JsonSyntaxException e) {
      return new Identity.Unknown();
    }
  }

  private Identity signed(String token) {
    try {
      var parsed = JWSObject.parse(token);
      var claims = claims(parsed.getPayload().toString());
      if (parsed.getHeader().getAlgorithm().equals(JWSAlgorithm.HS256)) {
        return isSignedBySecret(parsed) ? legacy(claims) : new Identity.Unknown();
      }
      return keys.get().signed(parsed) ? byKey(claims) : new Identity.Unknown();
    } catch (ParseException | JsonSyntaxException e) {
      return new Identity.Unknown();
    }
  }

  private boolean isSignedBySecret(JWSObject token) {
    return trust.secrets().stream().anyMatch(secret -> isSignedBy(secret, token));
  }

  private static boolean isSignedBy(String secret, JWSObject token) {
    try {
      return token.verify(new MACVerifier(secret));
    } catch (JOSEException e) { // a secret too short to sign with signs nothing
      return false;
    }
  }

  /// RTDB's first tokens: `d` is what the rules see, `admin` is an administrator.
  private Identity legacy(JsonObject claims) {
    long expiresAtMs = expiry(claims).orElse(issued(claims) + 86_400_000);
    if (isOver(expiresAtMs)) {
      return new Identity.Expired();
    }
    if (claims.get("admin") == JsonBoolean.TRUE) {
      return new Identity.Administrator(expiresAtMs);
    }
    return claims.get("d") instanceof JsonObject auth
        ? new Identity.Known(auth, expiresAtMs)
        : new Identity.Unknown();
  }

  private Identity byKey(JsonObject claims) {
    var expiry = expiry(claims);
    if (expiry.isEmpty() || issued(claims) > clock.millis() + LEEWAY_MS) {
      return new Identity.Unknown();
    }
    boolean isId =
        trust.takesIdTokens()
            && claims.text("iss", "").equals(trust.expectedIssuer())
            && isFor(claims, trust.expectedAudience())
            && !claims.text("sub", "").isEmpty();
    boolean isCustom = isFor(claims, CUSTOM_AUDIENCE) && !claims.text("uid", "").isEmpty();
    if (!isId && !isCustom) {
      return new Identity.Unknown();
    }
    if (isOver(expiry.getAsLong())) {
      return new Identity.Expired();
    }
    var auth = isId ? auth(claims.text("sub", ""), provider(claims), claims) : custom(claims);
    return new Identity.Known(auth, expiry.getAsLong());
  }

  private static JsonObject custom(JsonObject claims) {
    var own = claims.get("claims") instanceof JsonObject given ? given : JsonObject.EMPTY;
    var uid = claims.text("uid", "");
    return auth(uid, "custom", own.with("sub", new JsonString(uid)));
  }

  private static JsonObject auth(String uid, String provider, JsonObject token) {
    return JsonObject.builder()
        .put("uid", uid)
        .put("provider", provider)
        .put("token", token)
        .build();
  }

  private static String provider(JsonObject claims) {
    return claims.get("firebase") instanceof JsonObject firebase
        ? firebase.text("sign_in_provider", "custom")
        : claims.text("provider_id", "custom");
  }

  private static boolean isFor(JsonObject claims, String audience) {
    return switch (claims.get("aud")) {
      case JsonString(var one) -> one.equals(audience);
      case JsonArray many -> many.values().contains(new JsonString(audience));
      case null, default -> false;
    };
  }

  private boolean isOver(long expiresAtMs) {
    return expiresAtMs <= clock.millis();
  }

  private static OptionalLong expiry(JsonObject claims) {
    return millis(claims.get("exp"));
  }

  private static long issued(JsonObject claims) {
    return millis(claims.get("iat")).orElse(0);
  }

  private static OptionalLong millis(@org.jspecify.annotations.Nullable JsonValue seconds) {
    return switch (seconds) {
      case JsonLong(var whole) -> OptionalLong.of(Math.clamp(whole, 0, 1L << 40) * 1_000);
      case JsonDouble(var part) -> OptionalLong.of((long) (Math.clamp(part, 0, 1e12) * 1_000));
      case null, default -> OptionalLong.empty();
    };
  }

  private static JsonObject claims(String payload) {
    return Json.parse(payload) instanceof JsonObject claims ? claims : JsonObject.EMPTY;
  }
}
