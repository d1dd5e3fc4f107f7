package io.millrace.wire.mosquitto;

import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Threads;
import io.millrace.wire.mqtt.AllowAnonymous;
import io.millrace.wire.mqtt.Authenticator;
import io.millrace.wire.mqtt.Authorizer;
import io.millrace.wire.mqtt.CertificateIdentity;
import io.millrace.wire.mqtt.ConnectDecision;
import io.millrace.wire.mqtt.ListenerConfig;
import io.millrace.wire.mqtt.ListenerRules;
import io.millrace.wire.mqtt.MqttClient;
import io.millrace.wire.mqtt.MqttServer;
import io.millrace.wire.mqtt.UserPrincipal;
import io.millrace.wire.mqtt.codec.ReasonCode;
import io.netty.channel.EventLoopGroup;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// All bridges to other brokers.
///
/// Each is a client of both brokers. On this side it comes in through a listener on the loopback
/// that only knows the bridges' secret, and has a session of its own: what is for the other broker
/// waits there, durably from QoS 1 on, while the link is down.
public final class Bridges implements AutoCloseable {
  private static final long CLOSE_SECONDS = 5;

  private final List<BridgeConfig> configs;
  private final RandomGenerator random;
  private final Counters counters;
  private final byte[] secret = new byte[32];
  private final String brokerId;
  private final ExecutorService threads = Threads.virtual("bridge");
  private final List<Bridge> running = new ArrayList<>();
  private Optional<EventLoopGroup> loops = Optional.empty();

  /// Nothing runs before [#start].
  public Bridges(List<BridgeConfig> configs, RandomGenerator random, Counters counters) {
    this.configs = configs;
    this.random = random;
    this.counters = counters;
    var secure = new SecureRandom();
    secure.nextBytes(secret);
    var id = new byte[8];
    secure.nextBytes(id);
    brokerId = HexFormat.of().formatHex(id);
  }

  /// What the server must listen on for the bridges; nothing without bridges.
  public List<ListenerConfig> listeners() {
    if (configs.isEmpty()) {
      return List.of();
    }
    var rules =
        new ListenerRules(
            AllowAnonymous.NONE,
            CertificateIdentity.NONE,
            0,
            2,
            Optional.of(authenticator()),
            Optional.of(Authorizer.ALL));
    return List.of(ListenerConfig.tcp(ListenerConfig.BRIDGES, "bridges", "127.0.0.1", 0, rules));
  }

  /// Starts every bridge; none of them waits for the other broker to be there.
  public void start(MqttServer server) {
    if (configs.isEmpty()) {
      return;
    }
    var shared = MqttClient.loops(1);
    loops = Optional.of(shared);
    int port =
        server.listening().stream()
            .filter(one -> one.name().equals(ListenerConfig.BRIDGES))
            .findFirst()
            .orElseThrow()
            .port();
    for (var config : configs) {
      var ends = new BridgeEnds(config, port, HexFormat.of().formatHex(secret), brokerId, shared);
      var bridge = new Bridge(config, ends, server, random, counters);
      bridge.prepare();
      running.add(bridge);
      threads.execute(bridge);
    }
  }

  private Authenticator authenticator() {
    var expected =
        HexFormat.of().formatHex(secret).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    return (request, decision) ->
        decision.accept(
            request.password().filter(given -> MessageDigest.isEqual(expected, given)).isPresent()
                ? new ConnectDecision.Accepted(new UserPrincipal("bridge"))
                : new ConnectDecision.Refused(
                    ReasonCode.NOT_AUTHORIZED, "this port is for Millrace's own bridges"));
  }

  @Override
  public void close() {
    running.forEach(Bridge::stop);
    threads.shutdown();
    try {
      if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    loops.ifPresent(
        group ->
            group
                .shutdownGracefully(0, 1, TimeUnit.SECONDS)
                .awaitUninterruptibly(2, TimeUnit.SECONDS));
  }
}
