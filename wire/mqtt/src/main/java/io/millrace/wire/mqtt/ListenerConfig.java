package io.millrace.wire.mqtt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One place where clients come in.
///
/// @param name for logs and for [ConnectRequest#listener]
/// @param setting how the person who configured it names it, for messages
/// @param address host name or address to bind; of a Unix socket its file
/// @param port 0 picks a free one; of no meaning for a Unix socket
/// @param webSocketPath of no meaning elsewhere
/// @param proxyProtocol every connection begins with a PROXY protocol header, version 1 or 2
public record ListenerConfig(
    String name,
    String setting,
    ListenerTransport transport,
    String address,
    int port,
    String webSocketPath,
    boolean proxyProtocol,
    Optional<TlsConfig> tls,
    ListenerRules rules) {
  /// The name of the listener that is for our own bridges alone.
  public static final String BRIDGES = "bridges";

  public static ListenerConfig tcp(
      String name, String setting, String address, int port, ListenerRules rules) {
    return new ListenerConfig(
        name, setting, ListenerTransport.TCP, address, port, "", false, Optional.empty(), rules);
  }

  public static ListenerConfig webSocket(
      String name, String setting, String address, int port, String path, ListenerRules rules) {
    return new ListenerConfig(
        name,
        setting,
        ListenerTransport.WEBSOCKET,
        address,
        port,
        path,
        false,
        Optional.empty(),
        rules);
  }

  public static ListenerConfig unix(String name, String setting, String file, ListenerRules rules) {
    return new ListenerConfig(
        name, setting, ListenerTransport.UNIX, file, 0, "", false, Optional.empty(), rules);
  }

  public ListenerConfig withTls(TlsConfig config) {
    return new ListenerConfig(
        name,
        setting,
        transport,
        address,
        port,
        webSocketPath,
        proxyProtocol,
        Optional.of(config),
        rules);
  }

  public ListenerConfig withProxyProtocol() {
    return new ListenerConfig(
        name, setting, transport, address, port, webSocketPath, true, tls, rules);
  }

  /// What `mqtt.port`, `mqtt.extraPorts`, `mqtt.websocket.*` and `mqtt.listeners.*` ask for.
  public static List<ListenerConfig> of(MqttConfig config, String bindAddress) {
    var all = new ArrayList<ListenerConfig>();
    var rules = ListenerRules.anonymous(config.allowAnonymous());
    if (config.port() >= 0) {
      all.add(tcp("tcp", "mqtt.port", bindAddress, config.port(), rules));
    }
    for (int extra : config.extraPorts()) {
      all.add(tcp("tcp", "mqtt.extraPorts", bindAddress, extra, rules));
    }
    var webSocket = config.websocket();
    if (webSocket.port() >= 0) {
      all.add(
          webSocket(
              "websocket",
              "mqtt.websocket.port",
              bindAddress,
              webSocket.port(),
              webSocket.path(),
              rules));
    }
    config.listeners().forEach((name, more) -> all.add(more.listener(name, bindAddress, config)));
    return all;
  }
}
