package io.millrace.wire.mosquitto;

import io.millrace.wire.mqtt.MqttClient;
import io.millrace.wire.mqtt.MqttClientException;
import io.millrace.wire.mqtt.MqttClientOptions;
import io.millrace.wire.mqtt.codec.Properties;
import io.millrace.wire.mqtt.codec.Property;
import io.millrace.wire.mqtt.codec.ProtocolVersion;
import io.millrace.wire.mqtt.codec.Publish;
import io.millrace.wire.mqtt.codec.ReasonCode;
import io.millrace.wire.mqtt.codec.Subscribe;
import io.millrace.wire.mqtt.codec.TopicName;
import io.netty.channel.EventLoopGroup;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/// How a bridge connects to both of its brokers.
///
/// @param brokerId marks messages of this broker, so that a ring of bridges ends here
record BridgeEnds(
    BridgeConfig config, int localPort, String secret, String brokerId, EventLoopGroup loops) {
  /// Messages on their way over the link; those behind wait in the session.
  private static final int WINDOW = 100;

  private static final long FOR_EVER = 0xffff_ffffL;

  MqttClient local(BiConsumer<Publish, Runnable> onMessage) {
    var options =
        MqttClientOptions.to("127.0.0.1", localPort)
            .clientId(config.localClientId())
            .userName("bridge")
            .password(secret.getBytes(StandardCharsets.US_ASCII))
            .version(ProtocolVersion.V5)
            .window(65_535)
            .properties(localLimits())
            .session(config.localCleanSession(), config.localCleanSession() ? 0 : FOR_EVER);
    return MqttClient.connectAcknowledging(options, loops, onMessage);
  }

  /// No local: what came in over the link does not go out again.
  void subscribeLocal(MqttClient local) {
    for (var topic : config.topics()) {
      if (topic.out()) {
        local.subscribe(
            new Subscribe.Request(topic.localFilter(), topic.qos(), true, true, 0),
            Properties.NONE);
      }
    }
  }

  /// Connects to the other broker; one that knows no bridges is asked again as a usual client.
  MqttClient remote(BridgeAddress address, BiConsumer<Publish, Runnable> onMessage) {
    boolean asBridge = config.tryPrivate() && !config.version().isV5();
    try {
      return MqttClient.connectAcknowledging(options(address, asBridge), loops, onMessage);
    } catch (MqttClientException e) {
      if (asBridge && e.code() == ReasonCode.UNSUPPORTED_PROTOCOL_VERSION) {
        return MqttClient.connectAcknowledging(options(address, false), loops, onMessage);
      }
      throw e;
    }
  }

  void subscribeRemote(MqttClient remote) {
    boolean isV5 = config.version().isV5();
    for (var topic : config.topics()) {
      if (topic.in()) {
        remote.subscribe(
            new Subscribe.Request(topic.remoteFilter(), topic.qos(), isV5, isV5, 0),
            Properties.NONE);
      }
    }
  }

  private MqttClientOptions options(BridgeAddress address, boolean asBridge) {
    var options =
        MqttClientOptions.to(address.host(), address.port())
            .clientId(config.remoteClientId())
            .version(config.version())
            .keepAlive(config.keepAliveSeconds())
            .window(65_535)
            .bridge(asBridge)
            .properties(remoteLimits())
            .session(
                config.cleanSession(), config.cleanSession() ? 0 : config.sessionExpirySeconds());
    if (config.remoteUser().isPresent()) {
      options = options.userName(config.remoteUser().get());
    }
    if (config.remotePassword().isPresent()) {
      options = options.password(config.remotePassword().get().getBytes(StandardCharsets.UTF_8));
    }
    if (config.tls().isPresent()) {
      options = options.tls(config.tls().get(), config.checksHostName());
    }
    if (config.alpn().isPresent()) {
      options = options.alpn(config.alpn().get());
    }
    if (config.bindAddress().isPresent()) {
      options = options.bindAddress(config.bindAddress().get());
    }
    var notify = config.notifications();
    return notify.topic().isEmpty() || notify.localOnly()
        ? options
        : options.will(state(notify.topic(), "0"));
  }

  /// This broker drops what is too large for the link, and counts it, as for any client.
  private Properties localLimits() {
    var window = Properties.NONE.with(Property.RECEIVE_MAXIMUM, WINDOW);
    long bytes = config.limits().packetBytes();
    return bytes == 0 ? window : window.with(Property.MAXIMUM_PACKET_SIZE, bytes);
  }

  private Properties remoteLimits() {
    int most = config.limits().receiveMaximum();
    return most == 0 || !config.version().isV5()
        ? Properties.NONE
        : Properties.NONE.with(Property.RECEIVE_MAXIMUM, most);
  }

  static Publish state(String topic, String value) {
    var payload = value.getBytes(StandardCharsets.US_ASCII);
    return new Publish(TopicName.of(topic), payload, 1, true, false, 0, Properties.NONE);
  }
}
