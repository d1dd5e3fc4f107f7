package io.millrace.wire.mosquitto;

import io.millrace.base.config.Settings;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.base.runtime.Ids;
import io.millrace.base.runtime.Scheduler;
import io.millrace.wire.mqtt.AllowAnonymous;
import io.millrace.wire.mqtt.Authenticator;
import io.millrace.wire.mqtt.Authorizer;
import io.millrace.wire.mqtt.BrokerStores;
import io.millrace.wire.mqtt.Client;
import io.millrace.wire.mqtt.ListenerConfig;
import io.millrace.wire.mqtt.ListenerRules;
import io.millrace.wire.mqtt.MqttClient;
import io.millrace.wire.mqtt.MqttClientOptions;
import io.millrace.wire.mqtt.MqttConfig;
import io.millrace.wire.mqtt.MqttServer;
import io.millrace.wire.mqtt.Tap;
import io.millrace.wire.mqtt.codec.Properties;
import io.millrace.wire.mqtt.codec.Property;
import io.millrace.wire.mqtt.codec.ProtocolVersion;
import io.millrace.wire.mqtt.codec.Publish;
import io.millrace.wire.mqtt.codec.Subscribe;
import io.millrace.wire.mqtt.codec.TopicName;
import io.netty.channel.EventLoopGroup;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Takes over what Mosquitto kept: retained messages, sessions, and the messages that wait in them.
///
/// Runs a broker for itself and speaks to it as each of the clients would, so that everything is
/// stored as the broker stores it. A message that waits is not acknowledged, so it goes on waiting.
public final class MosquittoImport {
  private static final long NEVER = 0xffff_ffffL;
  private static final long WAIT_SECONDS = 60;

  private final MosquittoDb db;
  private final Clock clock;
  private final Map<String, Client> connected = new ConcurrentHashMap<>();
  private int retained;
  private int waiting;

  public MosquittoImport(MosquittoDb db, Clock clock) {
    this.db = db;
    this.clock = clock;
  }

  /// What was taken over.
  public record Result(int retained, int sessions, int subscriptions, int waiting) {}

  /// Writes everything into the stores, which nobody else uses meanwhile.
  public Result into(BrokerStores stores, Scheduler scheduler, Ids ids) {
    var settings =
        Settings.of()
            .add(
                Map.of(
                    "mqtt.maxSessionExpiry", "49711d",
                    "mqtt.maxInflight", "65535",
                    "mqtt.maxQueued", "2147483647",
                    "mqtt.maxQueuedBytes", "1000000000",
                    "mqtt.maxPacketBytes", "268435455",
                    "mqtt.maxSubscriptions", "2147483647"),
                "import");
    var config = settings.bind("mqtt", MqttConfig.class);
    settings.check();
    var listener =
        ListenerConfig.tcp(
            "import", "import", "127.0.0.1", 0, ListenerRules.anonymous(AllowAnonymous.ALL));
    var loops = MqttClient.loops(1);
    try (var server =
        MqttServer.open(
            config,
            java.util.List.of(listener),
            Authenticator.NONE,
            Authorizer.ALL,
            new Remember(),
            clock,
            scheduler,
            ids,
            new Counters(),
            stores)) {
      int port = server.listening().getFirst().port();
      retained(port, loops);
      for (var session : db.sessions()) {
        session(session, port, loops);
      }
    } finally {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
    return new Result(retained, db.sessions().size(), db.subscriptions().size(), waiting);
  }

  private void retained(int port, EventLoopGroup loops) {
    var options =
        MqttClientOptions.to("127.0.0.1", port)
            .clientId("millrace-import")
            .version(ProtocolVersion.V5);
    try (var client = MqttClient.connect(options, loops, _ -> {})) {
      for (var id : db.retained()) {
        var message = db.messages().get(id);
        long leftSeconds = message == null ? 0 : left(message);
        if (message == null || leftSeconds == 0 || message.topic().startsWith("$SYS/")) {
          continue;
        }
        var properties =
            leftSeconds == Long.MAX_VALUE
                ? Properties.NONE
                : Properties.NONE.with(Property.MESSAGE_EXPIRY_INTERVAL, leftSeconds);
        client.publish(
            new Publish(
                TopicName.of(message.topic()),
                message.payload(),
                Math.max(1, message.qos()),
                true,
                false,
                0,
                properties));
        retained++;
      }
    }
  }

  /// Seconds that a message still has; none when it has expired.
  private long left(MosquittoDb.Stored message) {
    return message.expiresAtSeconds() == 0
        ? Long.MAX_VALUE
        : Math.max(0, message.expiresAtSeconds() - clock.millis() / 1000);
  }

  private void session(MosquittoDb.Session session, int port, EventLoopGroup loops) {
    var options =
        MqttClientOptions.to("127.0.0.1", port)
            .clientId(session.clientId())
            .version(ProtocolVersion.V5)
            .session(false, session.expirySeconds() == 0 ? NEVER : session.expirySeconds());
    var expected =
        db.waiting().stream().filter(one -> one.clientId().equals(session.clientId())).toList();
    var arrived = new CountDownLatch((int) expected.stream().filter(this::isThere).count());
    try (var client =
        MqttClient.connectAcknowledging(options, loops, (_, _) -> arrived.countDown())) {
      for (var one : db.subscriptions()) {
        if (one.clientId().equals(session.clientId())) {
          client.subscribe(request(one), identified(one.identifier()));
        }
      }
      var inside = connected.get(session.clientId());
      for (var one : expected) {
        var message = db.messages().get(one.message());
        if (inside != null && message != null && one.qos() > 0) {
          inside.send(message.topic(), message.payload(), one.qos());
          waiting++;
        }
      }
      boolean _ = arrived.await(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isThere(MosquittoDb.Waiting one) {
    return one.qos() > 0 && db.messages().containsKey(one.message());
  }

  /// Retained messages are not sent: the client had them, or they wait.
  private static Subscribe.Request request(MosquittoDb.Subscribed one) {
    boolean noLocal = (one.options() & 4) != 0;
    boolean asPublished = (one.options() & 8) != 0;
    return new Subscribe.Request(one.filter(), one.qos(), noLocal, asPublished, 2);
  }

  private static Properties identified(int identifier) {
    return identifier > 0
        ? Properties.NONE.with(Property.SUBSCRIPTION_IDENTIFIER, identifier)
        : Properties.NONE;
  }

  private final class Remember implements Tap {
    @Override
    public void connected(Client client) {
      connected.put(client.clientId(), client);
    }
  }
}
