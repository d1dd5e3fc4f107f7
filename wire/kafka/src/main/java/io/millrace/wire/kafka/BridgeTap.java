package io.millrace.wire.kafka;

import io.millrace.base.runtime.Ack;
import io.millrace.base.runtime.Refusal;
import io.millrace.wire.mqtt.Client;
import io.millrace.wire.mqtt.Tap;
import io.millrace.wire.mqtt.codec.Publish;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Shows bridges what clients publish, in front of another tap, which works as if alone.
public final class BridgeTap implements Tap {
  private final Tap next;
  private final List<BridgeToKafka> bridges = new CopyOnWriteArrayList<>();

  /// @param next whoever takes messages out of the broker
  BridgeTap(Tap next) {
    this.next = next;
  }

  void add(BridgeToKafka bridge) {
    bridges.add(bridge);
  }

  void remove(BridgeToKafka bridge) {
    bridges.remove(bridge);
  }

  /// A message for the device API goes there and to the bridges; it is acknowledged after both.
  @Override
  public boolean takesPublish(Client client, Publish publish, Ack ack) {
    if (bridges.isEmpty() || !isBridged(publish.topicText())) {
      return next.takesPublish(client, publish, ack);
    }
    var all = new Joint(ack);
    all.hold();
    if (!next.takesPublish(client, publish, all)) {
      return false; // it will be copied
    }
    toBridges(client, publish, all);
    return true;
  }

  @Override
  public boolean wantsCopy(String topic) {
    return isBridged(topic) || next.wantsCopy(topic);
  }

  private boolean isBridged(String topic) {
    for (var bridge : bridges) {
      if (bridge.takes(topic)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void copied(Client client, Publish publish, Ack ack) {
    var all = new Joint(ack);
    if (next.wantsCopy(publish.topicText())) {
      all.hold();
      next.copied(client, publish, all);
    }
    toBridges(client, publish, all);
  }

  private void toBridges(Client client, Publish publish, Joint all) {
    for (var bridge : bridges) {
      if (bridge.takes(publish.topicText())) {
        all.hold();
        bridge.offer(client, publish, all);
      }
    }
    all.done();
  }

  /// One answer for several.
  private static final class Joint implements Ack {
    private final Ack ack;
    private final AtomicInteger holds = new AtomicInteger(1);
    private volatile @Nullable Refusal refusal;

    Joint(Ack ack) {
      this.ack = ack;
    }

    void hold() {
      holds.incrementAndGet();
    }

    @Override
    public void done() {
      if (holds.decrementAndGet() > 0) {
        return;
      }
      var why = refusal;
      if (why == null) {
        ack.done();
      } else {
        ack.refused(why);
      }
    }

    @Override
    public void refused(Refusal why) {
      refusal = why;
      done();
    }
  }

  @Override
  public boolean takesSubscribe(Client client, String filter, int qos) {
    return next.takesSubscribe(client, filter, qos);
  }

  @Override
  public boolean isWritable() {
    return next.isWritable();
  }

  @Override
  public void onWritable(Runnable resume) {
    next.onWritable(resume);
  }

  @Override
  public void unsubscribed(Client client, String filter) {
    next.unsubscribed(client, filter);
  }

  @Override
  public void connected(Client client) {
    next.connected(client);
  }

  @Override
  public void disconnected(Client client, boolean clean) {
    next.disconnected(client, clean);
  }
}
