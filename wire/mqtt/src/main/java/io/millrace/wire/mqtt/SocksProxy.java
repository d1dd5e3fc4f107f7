package io.millrace.wire.mqtt;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// A SOCKS5 proxy that a client connects through; it looks the broker's name up.
///
/// @param userName with a password, when the proxy asks for them
public record SocksProxy(
    String host, int port, Optional<String> userName, Optional<String> password) {
  private static final int USUAL_PORT = 1080;

  /// Reads `socks5h://[USER[:PASSWORD]@]HOST[:PORT]`, as `mosquitto_pub --proxy` has it.
  ///
  /// @throws IllegalArgumentException saying what is wrong with it
  public static SocksProxy parse(String url) {
    var parsed = parsed(url);
    var scheme = parsed.getScheme();
    if (!"socks5h".equals(scheme) && !"socks5".equals(scheme)) {
      throw wrong(url);
    }
    if (parsed.getHost() == null) {
      throw wrong(url);
    }
    var info = Optional.ofNullable(parsed.getUserInfo()).orElse("");
    int colon = info.indexOf(':');
    var user = colon < 0 ? info : info.substring(0, colon);
    return new SocksProxy(
        parsed.getHost(),
        parsed.getPort() > 0 ? parsed.getPort() : USUAL_PORT,
        Optional.of(user).filter(name -> !name.isEmpty()),
        colon < 0 ? Optional.empty() : Optional.of(info.substring(colon + 1)));
  }

  private static URI parsed(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException _) { // the message below says how it is written
      throw wrong(url);
    }
  }

  private static IllegalArgumentException wrong(String url) {
    return new IllegalArgumentException(
        "--proxy '%s' is not understood; write socks5h://[USER[:PASSWORD]@]HOST[:PORT]"
            .formatted(url));
  }
}
