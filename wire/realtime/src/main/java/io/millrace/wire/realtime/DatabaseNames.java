package io.millrace.wire.realtime;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which database a host name stands for.
final class DatabaseNames {
  private static final Pattern FIREBASE =
      Pattern.compile("([a-z0-9-]+)\\.(firebaseio\\.com|[a-z0-9-]+\\.firebasedatabase\\.app)");
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[.*");

  private DatabaseNames() {}

  /// Of `NAME.firebaseio.com` and `NAME.REGION.firebasedatabase.app`, Firebase's own hosts.
  static Optional<String> ofFirebaseHost(String host) {
    var matcher = FIREBASE.matcher(withoutPort(host).toLowerCase(Locale.ROOT));
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /// The first label of any host name that has several; not of an IP address.
  static Optional<String> ofHost(String host) {
    var name = withoutPort(host).toLowerCase(Locale.ROOT);
    int dot = name.indexOf('.');
    return dot <= 0 || ADDRESS.matcher(name).matches()
        ? Optional.empty()
        : Optional.of(name.substring(0, dot));
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
  }
}
