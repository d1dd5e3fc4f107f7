package io.millrace.wire.mqtt;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Settings of the broker, `mqtt.*`.
public record MqttConfig(
    @Doc("Port for MQTT over TCP; 0 picks a free one, -1 opens none.")
        @Default("1883")
        @Limit(min = -1, max = 65_535)
        int port,
    @Doc("More ports for MQTT over TCP.") @Default("") List<Integer> extraPorts,
    WebSocketConfig websocket,
    Map<String, ListenerSettings> listeners,
    RateLimits rates,
    @Doc("From where clients without a user name are let in.") @Default("loopback")
        AllowAnonymous allowAnonymous,
    @Doc("Event loops; 0 means one per processor.") @Default("0") @Limit(min = 0, max = 1024)
        int threads,
    @Doc("Open connections at most; more are closed at once.") @Default("100000") @Limit(min = 1)
        int maxConnections,
    @Doc("Longest wait for CONNECT after the socket opens.") @Default("10s")
        Duration connectTimeout,
    @Doc("Largest packet that is taken, in bytes.")
        @Default("2000000")
        @Limit(min = 1024, max = 268_435_455)
        int maxPacketBytes,
    @Doc("Messages above QoS 0 that an MQTT 5.0 client may have unacknowledged towards us.")
        @Default("20")
        @Limit(min = 1, max = 65_535)
        int receiveMaximum,
    @Doc("Topic aliases that an MQTT 5.0 client may use towards us.")
        @Default("10")
        @Limit(min = 0, max = 65_535)
        int topicAliasMaximum,
    @Doc("Topic aliases that we use towards a client, if it allows as many.")
        @Default("10")
        @Limit(min = 0, max = 65_535)
        int topicAliasesOut,
    @Doc("Longest keep alive, in seconds, that is granted to MQTT 5.0 clients; 0 sets no limit.")
        @Default("0")
        @Limit(min = 0, max = 65_535)
        int maxKeepAlive,
    @Doc("Longest time that a session is kept after its connection ended.") @Default("7d")
        Duration maxSessionExpiry,
    @Doc("Messages above QoS 0 that are on their way to one client at a time.")
        @Default("200")
        @Limit(min = 1, max = 65_535)
        int maxInflight,
    @Doc("Messages that wait for one client at most; more are dropped and counted.")
        @Default("100000")
        @Limit(min = 1)
        int maxQueued,
    @Doc("Bytes that wait for one client at most; more are dropped and counted.")
        @Default("16000000")
        @Limit(min = 65_536)
        long maxQueuedBytes,
    @Doc("Messages of a client that is away which are kept in memory; the others are on disk only.")
        @Default("100")
        @Limit(min = 1)
        int queueInMemory,
    @Doc("Messages of one client taken and not yet stored, before we stop reading from it.")
        @Default("1000")
        @Limit(min = 1)
        int maxUnacknowledged,
    @Doc("Bytes of one client taken and not yet stored, before we stop reading from it.")
        @Default("4000000")
        @Limit(min = 1024)
        long maxUnacknowledgedBytes,
    @Doc("Subscriptions of one client at most.") @Default("10000") @Limit(min = 1)
        int maxSubscriptions,
    @Doc("Levels of a topic name or filter at most.") @Default("128") @Limit(min = 1, max = 65_535)
        int maxTopicLevels,
    @Doc("Retained messages at most; more are refused and counted.")
        @Default("1000000")
        @Limit(min = 0)
        int maxRetained,
    @Doc("Time between two rounds of $SYS topics; 0s publishes none.") @Default("10s")
        Duration sysInterval,
    @Doc("Topics per event loop whose rates operators see; further ones are counted together.")
        @Default("10000")
        @Limit(min = 0, max = 10_000_000)
        int topicsTracked,
    @Doc("Replays ($replay/SINCE/FILTER) under way at once.") @Default("100") @Limit(min = 0)
        int maxReplays) {

  /// Settings of the WebSocket listener, `mqtt.websocket.*`.
  public record WebSocketConfig(
      @Doc("Port for MQTT over WebSocket; 0 picks a free one, -1 opens none.")
          @Default("9001")
          @Limit(min = -1, max = 65_535)
          int port,
      @Doc("Path of the WebSocket; others are not found. Empty takes any, as Mosquitto does.")
          @Default("")
          String path) {}
}
