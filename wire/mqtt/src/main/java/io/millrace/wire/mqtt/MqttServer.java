package io.millrace.wire.mqtt;

import io.millrace.base.runtime.Ack;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Ids;
import io.millrace.base.runtime.Scheduler;
import io.millrace.base.runtime.Threads;
import io.millrace.store.messages.MessageLog;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/// The broker: listeners, event loops, and what they share.
public final class MqttServer implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(250);
  private static final Duration RELOAD = Duration.ofSeconds(5);

  private final Broker broker;
  private final EventLoopGroup loops;
  private final Listeners listeners;
  private final Scheduler.Cancel ticking;
  private Scheduler.Cancel reloading = () -> {};
  private Scheduler.Cancel sys = () -> {};
  private final List<Listening> open = new ArrayList<>();
  private final ExecutorService reloads = Threads.virtual("mqtt-reload");

  private MqttServer(
      Broker broker, EventLoopGroup loops, Listeners listeners, Scheduler.Cancel ticking) {
    this.broker = broker;
    this.loops = loops;
    this.listeners = listeners;
    this.ticking = ticking;
  }

  /// Opens all listeners.
  ///
  /// @param bindAddress `bind.address`: a host name or address
  /// @throws ListenException when a port cannot be bound; it names the port and the cure
  public static MqttServer open(
      MqttConfig config,
      String bindAddress,
      Authenticator authenticator,
      Authorizer authorizer,
      Tap tap,
      Clock clock,
      Scheduler scheduler,
      Ids ids,
      Counters counters) {
    return open(
        config,
        bindAddress,
        authenticator,
        authorizer,
        tap,
        clock,
        scheduler,
        ids,
        counters,
        BrokerStores.NONE);
  }

  /// The same, with retained messages and sessions that outlive the process. The stores are closed
  /// by the caller, after the server.
  public static MqttServer open(
      MqttConfig config,
      String bindAddress,
      Authenticator authenticator,
      Authorizer authorizer,
      Tap tap,
      Clock clock,
      Scheduler scheduler,
      Ids ids,
      Counters counters,
      BrokerStores stores) {
    return open(
        config,
        ListenerConfig.of(config, bindAddress),
        authenticator,
        authorizer,
        tap,
        clock,
        scheduler,
        ids,
        counters,
        stores);
  }

  /// The same, with listeners made by the caller.
  ///
  /// @throws ListenException when one cannot be bound; it names the setting and the cure
  /// @throws TlsFileException when a certificate or key cannot be used
  public static MqttServer open(
      MqttConfig config,
      List<ListenerConfig> listen,
      Authenticator authenticator,
      Authorizer authorizer,
      Tap tap,
      Clock clock,
      Scheduler scheduler,
      Ids ids,
      Counters counters,
      BrokerStores stores) {
    int threads = config.threads() > 0 ? config.threads() : processors();
    var transport = Transport.best();
    var loops = transport.loops(threads, "mqtt");
    var broker =
        new Broker(
            config,
            authenticator,
            authorizer,
            tap,
            clock,
            ids,
            BrokerCounters.of(counters),
            stores,
            threads);
    broker.shards(shards(broker, loops, threads));
    SessionLoader.load(broker);
    gauges(broker, counters);
    var listeners = new Listeners(broker, transport, loops);
    var ticking = scheduler.every(TICK, () -> tick(broker));
    var server = new MqttServer(broker, loops, listeners, ticking);
    server.reloading = scheduler.every(RELOAD, () -> server.reload(false));
    try {
      listen.forEach(server::listen);
    } catch (ListenException | TlsFileException e) {
      server.close();
      throw e;
    }
    return server;
  }

  /// Every open listener, in the order of the configuration.
  public List<Listening> listening() {
    return List.copyOf(open);
  }

  /// The open ports for MQTT over TCP, without and then with TLS: `mqtt.port` first.
  public List<Integer> ports() {
    return open.stream()
        .filter(one -> one.transport() == ListenerTransport.TCP)
        .filter(one -> !one.name().equals(ListenerConfig.BRIDGES))
        .sorted(Comparator.comparing(Listening::isTls))
        .map(Listening::port)
        .toList();
  }

  /// The first WebSocket port, or -1 when there is none.
  public int webSocketPort() {
    return open.stream()
        .filter(one -> one.transport() == ListenerTransport.WEBSOCKET)
        .mapToInt(Listening::port)
        .findFirst()
        .orElse(-1);
  }

  /// Reads certificates and keys again; new connections get them, open ones go on. Any thread.
  public void reload() {
    reload(true);
  }

  private void reload(boolean always) {
    reloads.execute(() -> listeners.reload(always));
  }

  /// Keeps what is published in the message log, and lets clients subscribe to the past:
  /// `$replay/SINCE/FILTER`. The log is closed by the caller, after the server.
  public void keepMessages(MessageLog log, Counters counters) {
    var replays = new Replays(log, broker.config.maxReplays());
    counters.gauge("mqtt.replays", replays::count);
    broker.replays = replays;
    if (log.keepsPublishes()) {
      int lanes = broker.shards().size();
      for (var shard : broker.shards()) {
        shard.later(() -> shard.keepIn(log.publishLane(lanes)));
      }
    }
  }

  /// Starts telling the broker's figures under `$SYS/broker`, every `mqtt.sysInterval`.
  ///
  /// @param version as `$SYS/broker/version` says it
  public void tellSys(String version, Scheduler scheduler) {
    sys.cancel();
    sys = SysTopics.start(broker, version, scheduler);
  }

  /// What operators see of the broker.
  public BrokerView view() {
    return new BrokerView(broker);
  }

  /// Publishes as the broker itself. Any thread.
  public void publish(String topic, byte[] payload, int qos, boolean retain) {
    broker.publish(topic, payload, qos, retain);
  }

  /// The same; `ack` completes when every durable session that the message is for has it.
  public void publish(String topic, byte[] payload, int qos, boolean retain, Ack ack) {
    broker.publish(topic, payload, qos, retain, ack);
  }

  /// Tells every client, closes every connection and listener, and waits for the event loops.
  @Override
  public void close() {
    ticking.cancel();
    sys.cancel();
    var replays = broker.replays;
    if (replays != null) {
      replays.close();
    }
    reloading.cancel();
    reloads.shutdown();
    listeners.close();
    for (var shard : broker.shards()) {
      shard.loop.submit(shard::shutDown).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
  }

  private void listen(ListenerConfig config) {
    open.add(listeners.open(config));
  }

  private static void tick(Broker broker) {
    broker.shards().forEach(shard -> shard.later(shard::tick));
  }

  private static List<Shard> shards(Broker broker, EventLoopGroup loops, int count) {
    var shards = new ArrayList<Shard>();
    for (int i = 0; i < count; i++) {
      EventLoop loop = loops.next();
      shards.add(new Shard(broker, loop, i, count));
    }
    return shards;
  }

  private static void gauges(Broker broker, Counters counters) {
    counters.gauge("mqtt.connections", broker.connections::get);
    counters.gauge("mqtt.subscriptions", broker.subscriptions::count);
    counters.gauge("mqtt.retained", broker.retained::count);
  }

  private static int processors() {
    return Math.max(Runtime.getRuntime().availableProcessors(), 1);
  }
}
