package io.millrace.wire.mqtt;

import io.millrace.base.config.Settings;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Ids;
import io.millrace.base.runtime.SystemScheduler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A real broker on free ports, for one test.
final class TestServer implements AutoCloseable {
  final Counters counters = new Counters();
  private final SystemScheduler scheduler = new SystemScheduler();
  final MqttServer server;

  private TestServer(
      MqttConfig config,
      List<ListenerConfig> listen,
      Authenticator authenticator,
      Authorizer may,
      Tap tap,
      BrokerStores stores) {
    var ids = new Ids(Clock.SYSTEM, new Random(1));
    server =
        MqttServer.open(
            config,
            listen,
            authenticator,
            may,
            tap,
            Clock.SYSTEM,
            scheduler,
            ids,
            counters,
            stores);
  }

  static TestServer open() {
    return open(Map.of());
  }

  /// With settings named as in `millrace.conf`, without the leading `mqtt.`.
  static TestServer open(Map<String, String> settings) {
    return open(settings, Authenticator.NONE, Authorizer.ALL, Tap.NONE);
  }

  static TestServer open(
      Map<String, String> settings, Authenticator authenticator, Authorizer may, Tap tap) {
    return new TestServer(
        config(settings),
        ListenerConfig.of(config(settings), "127.0.0.1"),
        authenticator,
        may,
        tap,
        BrokerStores.NONE);
  }

  static TestServer open(Map<String, String> settings, BrokerStores stores) {
    return new TestServer(
        config(settings),
        ListenerConfig.of(config(settings), "127.0.0.1"),
        Authenticator.NONE,
        Authorizer.ALL,
        Tap.NONE,
        stores);
  }

  /// With these listeners alone.
  static TestServer open(List<ListenerConfig> listen, Authenticator authenticator, Authorizer may) {
    return new TestServer(
        config(Map.of()), listen, authenticator, may, Tap.NONE, BrokerStores.NONE);
  }

  static MqttConfig config(Map<String, String> settings) {
    var all = new HashMap<>(Map.of("port", "0", "websocket.port", "0", "threads", "2"));
    all.putAll(settings);
    var named = new HashMap<String, String>();
    all.forEach((name, value) -> named.put("mqtt." + name, value));
    var bound = Settings.of().add(named, "test");
    var config = bound.bind("mqtt", MqttConfig.class);
    bound.check();
    return config;
  }

  int port() {
    return server.ports().getFirst();
  }

  MqttClientOptions to(String clientId) {
    return MqttClientOptions.to("127.0.0.1", port()).clientId(clientId);
  }

  long count(String name) {
    return counters.snapshot().getOrDefault(name, 0L);
  }

  @Override
  public void close() {
    server.close();
    scheduler.close();
  }
}
