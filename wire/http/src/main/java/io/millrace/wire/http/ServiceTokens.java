package io.millrace.wire.http;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.runtime.Clock;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Access tokens of Google service accounts: minted by the JWT grant (RFC 7523), kept until shortly
/// before they expire. Any thread; blocks while a token is fetched.
final class ServiceTokens {
  private static final String SCOPES =
      "https://www.googleapis.com/auth/firebase.database"
          + " https://www.googleapis.com/auth/pubsub"
          + " https://www.googleapis.com/auth/userinfo.email";
  private static final Duration LIFE = Duration.ofHours(1);
  private static final Duration RENEWED_BEFORE = Duration.ofMinutes(5);
  private static final int ACCOUNTS_MAX = 1_000;

  private record Minted(String token, long expiresAtMs) {}

  private final HttpClient client;
  private final Clock clock;
  private final Duration timeout;
  private final Map<String, Minted> minted = new ConcurrentHashMap<>();

  ServiceTokens(HttpClient client, Clock clock, Duration timeout) {
    this.client = client;
    this.clock = clock;
    this.timeout = timeout;
  }

  /// A token of the account that is good for some minutes.
  ///
  /// @param account the key file of a service account, as Google gives it out
  /// @throws IllegalArgumentException when it is none
  /// @throws IOException when the token server cannot be asked or refuses
  String token(JsonObject account) throws IOException {
    var key = account.text("client_email", "") + " " + account.text("private_key_id", "");
    var known = minted.get(key);
    if (known != null && known.expiresAtMs - RENEWED_BEFORE.toMillis() > clock.millis()) {
      return known.token;
    }
    var fresh = fetch(account);
    if (minted.size() >= ACCOUNTS_MAX) {
      minted.clear();
    }
    minted.put(key, fresh);
    return fresh.token;
  }

  /// The server has refused the account's token: the next one is a new one.
  void forget(JsonObject account) {
    minted.remove(account.text("client_email", "") + " " + account.text("private_key_id", ""));
  }

  private Minted fetch(JsonObject account) throws IOException {
    var server = account.text("token_uri", "https://oauth2.googleapis.com/token");
    var form =
        "grant_type="
            + URLEncoder.encode(
                "urn:ietf:params:oauth:grant-type:jwt-bearer", StandardCharsets.UTF_8)
            + "&assertion="
            + assertion(account, server);
    var request =
        HttpRequest.newBuilder(URI.create(server))
            .timeout(timeout)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    try {
      var response = client.send(request, BodyHandlers.ofString());
      return minted(server, response.statusCode(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Stopped while asking " + server + " for a token", e);
    }
  }

  private Minted minted(String server, int status, String body) throws IOException {
    try {
      if (status == 200
          && Json.parse(body) instanceof JsonObject answer
          && !answer.text("access_token", "").isEmpty()) {
        long seconds = answer.get("expires_in") instanceof JsonLong(var given) ? given : 3_600;
        return new Minted(answer.text("access_token", ""), clock.millis() + seconds * 1_000);
      }
    } catch (JsonSyntaxException e) {
      throw new IOException(
          "%s answered what is not JSON: %s".formatted(server, e.getMessage()), e);
    }
    throw new IOException(
        "%s gave no token: %d %s"
            .formatted(server, status, body.substring(0, Math.min(body.length(), 200))));
  }

  private String assertion(JsonObject account, String server) {
    long nowSeconds = clock.millis() / 1_000;
    var header =
        JsonObject.builder()
            .put("alg", "RS256")
            .put("typ", "JWT")
            .put("kid", account.text("private_key_id", ""));
    var claims =
        JsonObject.builder()
            .put("iss", account.text("client_email", ""))
            .put("scope", SCOPES)
            .put("aud", server)
            .put("iat", nowSeconds)
            .put("exp", nowSeconds + LIFE.toSeconds());
    var signed = base64(Json.bytes(header.build())) + "." + base64(Json.bytes(claims.build()));
    return signed + "." + base64(signature(signed, key(account.text("private_key", ""))));
  }

  private static byte[] signature(String text, PrivateKey key) {
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("The service account's key cannot sign: " + e, e);
    }
  }

  private static PrivateKey key(String pem) {
    var text = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    try {
      var spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(text));
      return KeyFactory.getInstance("RSA").generatePrivate(spec);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "private_key of the service account is no RSA key in PEM (PKCS #8); give the key file as"
              + " Google made it",
          e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
