package io.millrace.wire.realtime;

import io.millrace.store.realtime.ChildKey;
import io.millrace.store.realtime.Node;
import io.millrace.store.realtime.TreePath;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// What a URL names: the place (`/a/b.json`, `/a/b/.json`, `/.json`) and the parameters.
final class RestUrl {
  private static final String SUFFIX = ".json";

  private RestUrl() {}

  /// @param encoded as in the URL, percent-encoded
  /// @throws RestException when it names no place
  static TreePath of(String encoded) {
    if (!encoded.endsWith(SUFFIX)) {
      throw new RestException(404, "append .json to your request URI to use the REST API.");
    }
    var path = TreePath.parse(decoded(encoded.substring(0, encoded.length() - SUFFIX.length())));
    for (int i = 0; i < path.size(); i++) {
      boolean isPriority = i == path.size() - 1 && path.key(i).equals(Node.PRIORITY);
      if (!isPriority && ChildKey.isMalformed(path.key(i))) {
        throw RestException.bad("Invalid path: Invalid token in path: '" + path.key(i) + "'");
      }
    }
    return path;
  }

  static String decoded(String encoded) {
    try {
      return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw RestException.bad("Invalid path: '" + encoded + "' is not percent-encoded UTF-8");
    }
  }

  /// The parameters of a URL's query; of a name that comes twice the last.
  static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (var pair : query.split("&")) {
      int equals = pair.indexOf('=');
      if (!pair.isEmpty()) {
        parameters.put(
            decoded(equals < 0 ? pair : pair.substring(0, equals)),
            equals < 0 ? "" : decoded(pair.substring(equals + 1)));
      }
    }
    return parameters;
  }
}
