package io.millrace.wire.device;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.engine.pipeline.Delivery;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.OutsideCall;
import io.millrace.wire.mqtt.MqttClient;
import io.millrace.wire.mqtt.MqttClientException;
import io.millrace.wire.mqtt.MqttClientOptions;
import io.millrace.wire.mqtt.TlsConfig;
import io.millrace.wire.mqtt.codec.ProtocolVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/// Publishes what `mqtt` nodes send on other brokers, one connection for each way of connecting.
///
/// Any thread; blocks until the other broker has acknowledged. A connection that failed is made
/// anew by the next try; the connection longest unused goes when there are too many.
public final class MqttDelivery implements Delivery, AutoCloseable {
  /// The kind of the `mqtt` node's calls.
  public static final String KIND = "mqtt";

  private static final int CONNECTIONS_MAX = 200;
  private static final int QOS = 1; // ThingsBoard's node publishes at least once

  private final String suffix;
  private final Map<JsonObject, Peer> peers = new LinkedHashMap<>(16, 0.75f, true);
  private boolean isClosed;

  /// Keeps nothing open until the first call.
  ///
  /// @param mark what `appendClientIdSuffix` adds: the same for the whole process, no other's
  public MqttDelivery(UUID mark) {
    suffix = "_" + mark.toString().substring(24);
  }

  /// One connection; whoever needs it makes it.
  private static final class Peer {
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<MqttClient> client = Optional.empty();

    MqttClient connected(MqttClientOptions options) {
      lock.lock();
      try {
        if (client.isEmpty() || !client.get().isConnected()) {
          close();
          client = Optional.of(MqttClient.connect(options));
        }
        return client.get();
      } finally {
        lock.unlock();
      }
    }

    void close() {
      lock.lock();
      try {
        client.ifPresent(MqttClient::close);
        client = Optional.empty();
      } finally {
        lock.unlock();
      }
    }
  }

  @Override
  public Answer deliver(OutsideCall call, String idempotencyKey) throws IOException {
    var request = call.request();
    var connection = object(request, "connection");
    var peer = peer(connection);
    try {
      peer.connected(options(connection))
          .publish(
              request.text("topic", ""),
              request.text("payload", "").getBytes(StandardCharsets.UTF_8),
              QOS,
              request.get("retain") == JsonBoolean.TRUE);
      return new Answer(true, JsonObject.EMPTY);
    } catch (IllegalArgumentException e) { // a topic with wildcards stays one
      return Answer.failed(
          "The topic \"%s\" cannot be published to: %s"
              .formatted(request.text("topic", ""), e.getMessage()));
    } catch (MqttClientException e) {
      peer.close();
      throw new IOException("%s: %s".formatted(peer(call), e.getMessage()), e);
    }
  }

  @Override
  public String peer(OutsideCall call) {
    var connection = object(call.request(), "connection");
    return connection.text("host", "") + ":" + number(connection, "port", 1883);
  }

  private Peer peer(JsonObject connection) throws IOException {
    Optional<Peer> unused = Optional.empty();
    Peer found;
    synchronized (peers) {
      if (isClosed) {
        throw new IOException("Millrace is stopping");
      }
      found = peers.computeIfAbsent(connection, _ -> new Peer());
      if (peers.size() > CONNECTIONS_MAX) {
        var eldest = peers.keySet().iterator().next();
        unused = Optional.ofNullable(peers.remove(eldest));
      }
    }
    unused.ifPresent(Peer::close);
    return found;
  }

  private MqttClientOptions options(JsonObject connection) {
    var id = connection.text("clientId", "");
    boolean hasSuffix = !id.isEmpty() && connection.get("suffix") == JsonBoolean.TRUE;
    boolean isClean = id.isEmpty() || connection.get("clean") != JsonBoolean.FALSE;
    var options =
        MqttClientOptions.to(
                connection.text("host", "localhost"), (int) number(connection, "port", 1883))
            .clientId(hasSuffix ? id + suffix : id)
            .timeout(Duration.ofSeconds(number(connection, "timeoutSec", 10)))
            .session(isClean, isClean ? 0 : 3_600)
            .version(version(connection.text("version", "")));
    if (connection.has("username")) {
      options =
          options
              .userName(connection.text("username", ""))
              .password(connection.text("password", "").getBytes(StandardCharsets.UTF_8));
    }
    return connection.get("tls") == JsonBoolean.TRUE
        ? options.tls(TlsConfig.client(Optional.empty()), true)
        : options;
  }

  private static ProtocolVersion version(String name) {
    return switch (name) {
      case "MQTT_5" -> ProtocolVersion.V5;
      case "MQTT_3_1" -> ProtocolVersion.V3_1;
      default -> ProtocolVersion.V3_1_1;
    };
  }

  private static JsonObject object(JsonObject in, String name) {
    return in.get(name) instanceof JsonObject object ? object : JsonObject.EMPTY;
  }

  private static long number(JsonObject in, String name, long fallback) {
    return in.get(name) instanceof JsonLong(long number) ? number : fallback;
  }

  @Override
  public void close() {
    Map<JsonObject, Peer> open;
    synchronized (peers) {
      isClosed = true;
      open = Map.copyOf(peers);
      peers.clear();
    }
    open.values().forEach(Peer::close);
  }
}
