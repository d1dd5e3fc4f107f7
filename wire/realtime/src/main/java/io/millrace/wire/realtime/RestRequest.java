package io.millrace.wire.realtime;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One REST request, wherever it came from: the port, or a rule chain in this process.
///
/// @param path percent-encoded, as in the URL
/// @param parameters decoded; of a name that comes twice the last
/// @param headers names in lower case
/// @param isLocal whether it came from this machine
@SuppressWarnings("ArrayRecordComponent") // never compared
record RestRequest(
    String method,
    String host,
    String path,
    Map<String, String> parameters,
    Map<String, String> headers,
    byte[] body,
    boolean isLocal) {

  private static final String OVERRIDE = "x-http-method-override";

  /// The method that counts: POST may carry another one.
  String verb() {
    var override = parameter(OVERRIDE).or(() -> header(OVERRIDE));
    var verb = method.equals("POST") ? override.orElse(method) : method;
    return verb.toUpperCase(Locale.ROOT);
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  Optional<String> header(String lowerCaseName) {
    return Optional.ofNullable(headers.get(lowerCaseName));
  }

  boolean isTrue(String parameter) {
    return parameters.getOrDefault(parameter, "").equals("true");
  }

  boolean isExport() {
    return parameters.getOrDefault("format", "").equals("export");
  }

  boolean wantsEtag() {
    return headers.getOrDefault("x-firebase-etag", "").equalsIgnoreCase("true");
  }

  boolean wantsEventStream() {
    return headers.getOrDefault("accept", "").contains("text/event-stream");
  }

  /// A token of any kind: parameter `auth` or `access_token`, or the `Authorization` header.
  Optional<String> token() {
    return parameter("access_token")
        .or(() -> parameter("auth"))
        .or(() -> header("authorization").filter(RestRequest::isBearer).map(t -> t.substring(7)));
  }

  private static boolean isBearer(String authorization) {
    return authorization.regionMatches(true, 0, "Bearer ", 0, 7);
  }
}
