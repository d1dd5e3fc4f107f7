package io.millrace.wire.http;

import io.millrace.base.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Headers by which a cloud service knows the caller, made anew for every try of a call.
final class CallSignature {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final long SAS_SECONDS = 3600;

  private CallSignature() {}

  /// The headers to add to that request.
  ///
  /// @param sign `type` aws4 (`service`, `region`, `key`, `secret`) or azureSas (`resource`, `key`)
  /// @throws IllegalArgumentException when it cannot be made of what is given
  static Map<String, String> headers(
      JsonObject sign, String method, URI uri, String body, long nowMs) {
    try {
      return switch (sign.text("type", "")) {
        case "aws4" -> aws(sign, method, uri, body, nowMs);
        case "azureSas" -> azure(sign, nowMs);
        default ->
            throw new IllegalArgumentException(
                "the signature \"%s\" is not known".formatted(sign.text("type", "")));
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the call cannot be signed: " + e.getMessage(), e);
    }
  }

  /// Signature Version 4 of Amazon, over host and date.
  private static Map<String, String> aws(
      JsonObject sign, String method, URI uri, String body, long nowMs)
      throws GeneralSecurityException {
    var stamp = STAMP.format(Instant.ofEpochMilli(nowMs));
    var day = stamp.substring(0, 8);
    var scope =
        "%s/%s/%s/aws4_request".formatted(day, sign.text("region", ""), sign.text("service", ""));
    var canonical =
        String.join(
            "\n",
            method,
            uri.getRawPath().isEmpty() ? "/" : uri.getRawPath(),
            sortedQuery(uri.getRawQuery()),
            "host:" + uri.getAuthority(),
            "x-amz-date:" + stamp,
            "",
            "host;x-amz-date",
            sha256(body));
    var toSign = String.join("\n", "AWS4-HMAC-SHA256", stamp, scope, sha256(canonical));
    byte[] key = ("AWS4" + sign.text("secret", "")).getBytes(StandardCharsets.UTF_8);
    for (var part : scope.split("/")) {
      key = hmac(key, part);
    }
    var headers = new LinkedHashMap<String, String>();
    headers.put("X-Amz-Date", stamp);
    headers.put(
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=host;x-amz-date, Signature=%s"
            .formatted(sign.text("key", ""), scope, HexFormat.of().formatHex(hmac(key, toSign))));
    return headers;
  }

  private static String sortedQuery(@Nullable String query) {
    if (query == null || query.isEmpty()) {
      return "";
    }
    var sorted = new TreeMap<String, String>();
    Arrays.stream(query.split("&"))
        .forEach(
            pair -> {
              int at = pair.indexOf('=');
              sorted.put(
                  at < 0 ? pair : pair.substring(0, at), at < 0 ? "" : pair.substring(at + 1));
            });
    var out = new StringBuilder();
    sorted.forEach(
        (name, value) ->
            out.append(out.isEmpty() ? "" : "&").append(name).append('=').append(value));
    return out.toString();
  }

  private static Map<String, String> azure(JsonObject sign, long nowMs)
      throws GeneralSecurityException {
    var resource = URLEncoder.encode(sign.text("resource", ""), StandardCharsets.UTF_8);
    long until = nowMs / 1000 + SAS_SECONDS;
    var key = Base64.getDecoder().decode(sign.text("key", ""));
    var signature = Base64.getEncoder().encodeToString(hmac(key, resource + "\n" + until));
    return Map.of(
        "Authorization",
        "SharedAccessSignature sr=%s&sig=%s&se=%d"
            .formatted(resource, URLEncoder.encode(signature, StandardCharsets.UTF_8), until));
  }

  private static String sha256(String text) throws GeneralSecurityException {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }
}
