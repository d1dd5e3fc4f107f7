package io.millrace.wire.mosquitto;

import io.millrace.base.runtime.Counters;
import io.millrace.wire.mqtt.MqttClientException;
import io.millrace.wire.mqtt.MqttServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One bridge: connects, carries, and when the link breaks tries again after a while that grows.
/// Runs on a virtual thread of its own.
final class Bridge implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Bridge.class);

  private final BridgeConfig config;
  private final BridgeEnds ends;
  private final MqttServer server;
  private final BridgeCounts counts;
  private final BackOff backOff;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final AtomicInteger connected = new AtomicInteger();
  private volatile @Nullable BridgeLink link;
  private int nextAddress;

  Bridge(
      BridgeConfig config,
      BridgeEnds ends,
      MqttServer server,
      RandomGenerator random,
      Counters counters) {
    this.config = config;
    this.ends = ends;
    this.server = server;
    this.counts = BridgeCounts.of(config.name(), counters);
    this.backOff = new BackOff(config.restartBase(), config.restartCap(), random);
    counters.gauge("bridge.%s.connected".formatted(config.name()), connected::get);
  }

  /// Makes the session on this side, so that nothing is missed before the link first stands.
  void prepare() {
    notify(false);
    if (!config.localCleanSession()) {
      try (var local = ends.local((_, _) -> {})) {
        ends.subscribeLocal(local);
      }
    }
  }

  @Override
  public void run() {
    do {
      if (carry()) {
        backOff.reset();
      }
    } while (!config.once() && !stopped(backOff.next()));
  }

  /// Connects and stays until the link breaks.
  ///
  /// @return whether the link stood
  private boolean carry() {
    var address = config.addresses().get(nextAddress % config.addresses().size());
    nextAddress++;
    try (var opened = BridgeLink.open(config, ends, address, counts)) {
      link = opened;
      connected.set(1);
      notify(true);
      log.info("Bridge {} is connected to {}", config.name(), address);
      nextAddress = config.roundRobin() ? nextAddress : 0;
      var reason = opened.awaitEnd(stopping);
      if (stopping.getCount() > 0) {
        log.warn("Bridge {} lost {}: {}; trying again", config.name(), address, reason);
      }
      return true;
    } catch (MqttClientException | IllegalArgumentException e) {
      counts.failures().increment();
      log.warn("Bridge {} cannot connect to {}: {}", config.name(), address, e.getMessage());
      return false;
    } finally {
      link = null;
      if (connected.getAndSet(0) == 1) {
        notify(false);
      }
    }
  }

  private void notify(boolean up) {
    var topic = config.notifications().topic();
    if (!topic.isEmpty()) {
      server.publish(topic, (up ? "1" : "0").getBytes(StandardCharsets.US_ASCII), 1, true);
    }
  }

  private boolean stopped(Duration wait) {
    try {
      return stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  void stop() {
    stopping.countDown();
    var open = link;
    if (open != null) {
      open.end("Millrace stops");
    }
  }
}
