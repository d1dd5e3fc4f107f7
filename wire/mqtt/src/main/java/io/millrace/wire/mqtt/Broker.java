package io.millrace.wire.mqtt;

import io.millrace.base.runtime.Ack;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Ids;
import io.millrace.wire.mqtt.codec.Properties;
import io.millrace.wire.mqtt.codec.TopicName;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What all event loops of the broker share.
final class Broker {
  final MqttConfig config;
  final Authenticator authenticator;
  final Authorizer authorizer;
  final Tap tap;
  final Clock clock;
  final Ids ids;
  final BrokerCounters counters;
  final SubscriptionIndex subscriptions;
  final RetainedMessages retained;
  final ConnectRates connectRates;
  final SessionStore sessionStore;
  final AtomicLong nextSession = new AtomicLong(1);
  final AtomicInteger connections = new AtomicInteger();
  volatile @Nullable Replays replays; // set when there is a message log
  private List<Shard> shards = List.of();

  Broker(
      MqttConfig config,
      Authenticator authenticator,
      Authorizer authorizer,
      Tap tap,
      Clock clock,
      Ids ids,
      BrokerCounters counters,
      BrokerStores stores,
      int shardCount) {
    this.config = config;
    this.authenticator = authenticator;
    this.authorizer = authorizer;
    this.tap = tap;
    this.clock = clock;
    this.ids = ids;
    this.counters = counters;
    this.connectRates = new ConnectRates(config.rates());
    this.sessionStore = stores.sessions();
    this.subscriptions = new SubscriptionIndex(shardCount);
    this.retained = new RetainedMessages(config.maxRetained(), stores.retained());
  }

  void shards(List<Shard> all) {
    shards = all;
  }

  List<Shard> shards() {
    return shards;
  }

  /// The shard that owns the session of that client identifier, for as long as the broker runs.
  Shard shardOf(String clientId) {
    int hash = clientId.hashCode() * 0x9E3779B9;
    return shards.get((hash >>> 16) % shards.size());
  }

  /// The same; `ack` completes when every durable session that the message is for has it.
  void publish(String topic, byte[] payload, int qos, boolean retain, Ack ack) {
    var name = TopicName.of(topic);
    var receipt = new Receipt(ack);
    var message =
        new Message(name, payload, qos, retain, Properties.NONE, Message.NEVER, null, receipt);
    var shard = shardOf(topic);
    shard.later(
        () -> {
          shard.publish(message);
          receipt.done();
        });
  }

  /// Publishes as the broker itself. Any thread.
  void publish(String topic, byte[] payload, int qos, boolean retain) {
    var name = TopicName.of(topic);
    var message = new Message(name, payload, qos, retain, Properties.NONE, Message.NEVER, null);
    var shard = shardOf(topic); // one topic, one loop: order is kept
    shard.later(() -> shard.publish(message));
  }
}
