package io.millrace.wire.mosquitto;

/// Where another broker listens.
public record BridgeAddress(String host, int port) {
  private static final int USUAL_PORT = 1883;

  /// `host`, `host:port`, `[::1]:port`.
  static BridgeAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    boolean bare = colon < 0 || (text.indexOf(':') != colon && !text.startsWith("["));
    if (bare || text.endsWith("]")) {
      return new BridgeAddress(unbracketed(text), USUAL_PORT);
    }
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      if (port >= 1 && port <= 65_535) {
        return new BridgeAddress(unbracketed(text.substring(0, colon)), port);
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException("'%s' is not HOST:PORT".formatted(text));
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
