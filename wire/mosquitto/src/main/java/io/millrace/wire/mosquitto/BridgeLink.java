package io.millrace.wire.mosquitto;

import io.millrace.wire.mqtt.MqttClient;
import io.millrace.wire.mqtt.codec.Properties;
import io.millrace.wire.mqtt.codec.Property;
import io.millrace.wire.mqtt.codec.Publish;
import io.millrace.wire.mqtt.codec.ReasonCode;
import io.millrace.wire.mqtt.codec.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// A bridge while its link stands: carries messages both ways on one event loop.
///
/// A message is acknowledged to the broker that sent it when the other one has acknowledged it;
/// before that, it comes again over the next link. So QoS 1 loses nothing.
final class BridgeLink implements AutoCloseable {
  private static final String MARK = "millrace-bridge";
  private static final int HOPS_MAX = 16;
  private static final int EARLY_MAX = 1_000;

  private final BridgeConfig config;
  private final BridgeEnds ends;
  private final BridgeCounts counts;
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private final MqttClient remote;
  private final List<Runnable> early = new ArrayList<>();
  private volatile @Nullable MqttClient local;

  private BridgeLink(
      BridgeConfig config, BridgeEnds ends, BridgeAddress address, BridgeCounts counts) {
    this.config = config;
    this.ends = ends;
    this.counts = counts;
    this.remote = ends.remote(address, this::fromRemote);
    remote.onClosed(ended::complete);
  }

  /// Connects to both brokers, the other one first.
  ///
  /// @throws io.millrace.wire.mqtt.MqttClientException when one does not answer, or refuses
  static BridgeLink open(
      BridgeConfig config, BridgeEnds ends, BridgeAddress address, BridgeCounts counts) {
    var link = new BridgeLink(config, ends, address, counts);
    try {
      link.open();
      return link;
    } catch (RuntimeException e) {
      link.close();
      throw e;
    }
  }

  private void open() {
    var here = ends.local(this::fromLocal);
    synchronized (early) {
      local = here;
    }
    early.forEach(Runnable::run);
    here.onClosed(ended::complete);
    ends.subscribeLocal(here);
    ends.subscribeRemote(remote);
    var notify = config.notifications();
    if (!notify.topic().isEmpty() && !notify.localOnly()) {
      var _ = remote.send(BridgeEnds.state(notify.topic(), "1"));
    }
  }

  /// Waits until the link has ended, and says why.
  String awaitEnd(CountDownLatch stopping) {
    try {
      return ended.get();
    } catch (ExecutionException e) {
      return String.valueOf(e.getMessage());
    } catch (InterruptedException e) {
      stopping.countDown();
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  void end(String reason) {
    ended.complete(reason);
  }

  private void fromLocal(Publish publish, Runnable acknowledge) {
    if (publish.qos() == 0 && !remote.isWritable()) {
      counts.droppedQos0().increment(); // allowed at QoS 0, and counted
      return;
    }
    boolean retain = publish.retain() && config.outgoingRetain();
    var properties = config.version().isV5() ? marked(publish.properties()) : Properties.NONE;
    carry(publish, BridgeTopic::toRemote, remote, retain, properties, acknowledge)
        .ifPresent(_ -> counts.out().increment());
  }

  private void fromRemote(Publish publish, Runnable acknowledge) {
    MqttClient here;
    synchronized (early) {
      here = local;
      if (here == null) { // a session there was resumed before ours here stands
        if (publish.qos() > 0 || early.size() < EARLY_MAX) {
          early.add(() -> fromRemote(publish, acknowledge));
        }
        return;
      }
    }
    if (hasMark(publish.properties())) {
      counts.loops().increment();
      acknowledge.run();
      return;
    }
    var properties = travelling(publish.properties());
    carry(publish, BridgeTopic::toLocal, here, publish.retain(), properties, acknowledge)
        .ifPresent(_ -> counts.in().increment());
  }

  private Optional<String> carry(
      Publish publish,
      BiFunction<BridgeTopic, String, Optional<String>> mapping,
      MqttClient to,
      boolean retain,
      Properties properties,
      Runnable acknowledge) {
    for (var topic : config.topics()) {
      var target = mapping.apply(topic, publish.topicText()).filter(name -> !name.isEmpty());
      if (target.isPresent()) {
        int qos = Math.min(publish.qos(), topic.qos());
        var message =
            new Publish(
                TopicName.of(target.get()), publish.payload(), qos, retain, false, 0, properties);
        var _ =
            to.send(message)
                .whenComplete((reason, failure) -> carried(reason, failure, acknowledge));
        return target;
      }
    }
    acknowledge.run(); // a topic that an older configuration subscribed to
    return Optional.empty();
  }

  private void carried(
      @Nullable ReasonCode reason, @Nullable Throwable failure, Runnable acknowledge) {
    if (failure != null) {
      return; // the link is gone: the message comes again
    }
    if (reason != null && reason.isError()) {
      counts.refused().increment(); // the other broker does not want it, now or ever
    }
    acknowledge.run();
  }

  /// Which brokers a message has passed; one that has passed many goes in a ring.
  private Properties marked(Properties properties) {
    return travelling(properties).with(MARK, ends.brokerId());
  }

  private boolean hasMark(Properties properties) {
    int hops = 0;
    for (var property : properties.userProperties()) {
      if (property.name().equals(MARK)) {
        hops++;
        if (property.value().equals(ends.brokerId())) {
          return true;
        }
      }
    }
    return hops >= HOPS_MAX;
  }

  private static Properties travelling(Properties properties) {
    var kept = properties.forwarded();
    long expiry = properties.number(Property.MESSAGE_EXPIRY_INTERVAL, -1);
    return expiry < 0 ? kept : kept.with(Property.MESSAGE_EXPIRY_INTERVAL, expiry);
  }

  @Override
  public void close() {
    var here = local;
    if (here != null) {
      here.close();
    }
    remote.close();
  }
}
