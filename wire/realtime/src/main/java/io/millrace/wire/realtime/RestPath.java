package io.millrace.wire.realtime;

import io.millrace.store.realtime.ChildKey;
import io.millrace.store.realtime.Node;
import io.millrace.store.realtime.TreePath;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/// The place that a URL path names: `/a/b.json`, `/a/b/.json`, `/.json`.
final class RestPath {
  private static final String SUFFIX = ".json";

  private RestPath() {}

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
}
