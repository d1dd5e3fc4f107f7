package io.millrace.wire.mqtt;

import io.millrace.base.runtime.Scheduler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/// The broker's figures as retained messages under `$SYS/broker`, by the names that Mosquitto 2.0
/// gives them; those that changed since the last round, every `mqtt.sysInterval`.
///
/// Runs on the scheduler's thread, on sums that each event loop made of its own.
final class SysTopics {
  private static final String ROOT = "$SYS/broker/";

  private final Broker broker;
  private final String version;
  private final long startNanos;
  private final Map<String, String> told = new HashMap<>();
  private final List<Load> loads = new ArrayList<>();
  private long lastNanos;
  private long clientsMax;
  private long heapMax;

  private SysTopics(Broker broker, String version) {
    this.broker = broker;
    this.version = version;
    this.startNanos = broker.clock.nanos();
    this.lastNanos = startNanos;
    var counters = broker.counters;
    load("load/messages/received", counters.packetsReceived()::sum);
    load("load/messages/sent", counters.packetsSent()::sum);
    load("load/publish/dropped", this::dropped);
    load("load/publish/received", counters.received()::sum);
    load("load/publish/sent", counters.sent()::sum);
    load("load/bytes/received", counters.bytesReceived()::sum);
    load("load/bytes/sent", counters.bytesSent()::sum);
    load("load/sockets", counters.sockets()::sum);
    load("load/connections", () -> counters.connects().sum() + counters.connectsRefused().sum());
  }

  /// Starts telling; nothing when `mqtt.sysInterval` is 0.
  static Scheduler.Cancel start(Broker broker, String version, Scheduler scheduler) {
    var interval = broker.config.sysInterval();
    if (interval.isZero()) {
      return () -> {};
    }
    var topics = new SysTopics(broker, version);
    topics.round();
    return scheduler.every(interval, topics::round);
  }

  private record Load(String name, LongSupplier count, LoadAverage average) {}

  /// What one event loop has.
  private record Sums(long sessions, long online, long queued, long queuedBytes, long inflight) {
    static Sums of(Shard shard) {
      long online = 0;
      long queued = 0;
      long queuedBytes = 0;
      long inflight = 0;
      for (var session : shard.sessions().values()) {
        online += session.connection() == null ? 0 : 1;
        queued += session.outbound().queued();
        queuedBytes += session.outbound().queuedBytes();
        inflight += session.outbound().inflightCount();
      }
      return new Sums(shard.sessions().size(), online, queued, queuedBytes, inflight);
    }

    Sums plus(Sums other) {
      return new Sums(
          sessions + other.sessions,
          online + other.online,
          queued + other.queued,
          queuedBytes + other.queuedBytes,
          inflight + other.inflight);
    }
  }

  private void load(String name, LongSupplier count) {
    loads.add(new Load(name, count, new LoadAverage()));
  }

  private void round() {
    var answers =
        broker.shards().stream()
            .map(shard -> CompletableFuture.supplyAsync(() -> Sums.of(shard), shard.loop))
            .toList();
    var _ = all(answers).thenAccept(this::tell);
  }

  private static CompletableFuture<Sums> all(List<CompletableFuture<Sums>> answers) {
    return answers.stream()
        .reduce((one, other) -> one.thenCombine(other, Sums::plus))
        .orElseThrow(() -> new IllegalStateException("a broker has event loops"));
  }

  private synchronized void tell(Sums sums) {
    tell("version", version);
    tell("uptime", (broker.clock.nanos() - startNanos) / 1_000_000_000L + " seconds");
    clients(sums);
    messages(sums);
    loads();
    long heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    heapMax = Math.max(heapMax, heap);
    tell("heap/current", heap);
    tell("heap/maximum", heapMax);
  }

  private void clients(Sums sums) {
    clientsMax = Math.max(clientsMax, sums.online());
    long offline = sums.sessions() - sums.online();
    tell("clients/total", sums.sessions());
    tell("clients/inactive", offline);
    tell("clients/disconnected", offline);
    tell("clients/active", sums.online());
    tell("clients/connected", sums.online());
    tell("clients/expired", broker.counters.sessionsExpired().sum());
    tell("clients/maximum", clientsMax);
    tell("subscriptions/count", broker.subscriptions.count());
    tell("shared_subscriptions/count", broker.subscriptions.sharedCount());
  }

  private void messages(Sums sums) {
    var counters = broker.counters;
    long kept = broker.retained.count() + sums.queued() + sums.inflight();
    tell("messages/received", counters.packetsReceived().sum());
    tell("messages/sent", counters.packetsSent().sum());
    tell("messages/stored", kept);
    tell("store/messages/count", kept);
    tell("store/messages/bytes", broker.retained.bytes() + sums.queuedBytes());
    tell("retained messages/count", broker.retained.count());
    tell("publish/messages/dropped", dropped());
    tell("publish/messages/received", counters.received().sum());
    tell("publish/messages/sent", counters.sent().sum());
    tell("publish/bytes/received", counters.publishBytesReceived().sum());
    tell("publish/bytes/sent", counters.publishBytesSent().sum());
    tell("bytes/received", counters.bytesReceived().sum());
    tell("bytes/sent", counters.bytesSent().sum());
  }

  private void loads() {
    long now = broker.clock.nanos();
    double passed = (now - lastNanos) / 1e9;
    if (passed > 0) {
      lastNanos = now;
      loads.forEach(load -> load.average().update(load.count().getAsLong(), passed));
    }
    loads.forEach(load -> load.average().tell(load.name(), this::tell));
  }

  private long dropped() {
    var counters = broker.counters;
    return counters.droppedQos0().sum()
        + counters.droppedQueueFull().sum()
        + counters.droppedExpired().sum()
        + counters.droppedTooLarge().sum();
  }

  private void tell(String name, long value) {
    tell(name, Long.toString(value));
  }

  private void tell(String name, String value) {
    if (!value.equals(told.put(name, value))) {
      broker.publish(ROOT + name, value.getBytes(StandardCharsets.UTF_8), 0, true);
    }
  }
}
