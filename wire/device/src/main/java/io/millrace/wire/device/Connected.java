package io.millrace.wire.device;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.store.entities.Device;
import io.millrace.wire.mqtt.Client;
import java.util.LinkedHashMap;
import java.util.Map;

/// One device's MQTT connection.
final class Connected {
  private static final int BEHIND_MAX = 100_000;

  final Client client;
  final DevicePrincipal device;
  final InTurn inTurn;
  final Filters filters = new Filters();

  /// Tells this connection from the device's others, in what the device asks.
  final String session;

  /// Begin of the topic on which what the device asked last is answered.
  volatile String answersTo = DeviceTopics.RPC_RESPONSE;

  /// Devices behind this gateway by name, those used latest last; only touched in turn.
  final Map<String, Device> behind =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Device> eldest) {
          return size() > BEHIND_MAX;
        }
      };

  private long warnedNanos;
  private boolean warned;

  Connected(Client client, DevicePrincipal device, String session, InTurn inTurn) {
    this.client = client;
    this.session = session;
    this.device = device;
    this.inTurn = inTurn;
  }

  /// Sends when a filter of the device's matches, and says whether one did.
  boolean send(String topic, JsonObject body) {
    int qos = filters.qos(topic);
    if (qos == Filters.NONE) {
      return false;
    }
    client.send(topic, Json.bytes(body), qos);
    return true;
  }

  /// Answers a request, subscribed or not.
  void reply(String topic, JsonValue body) {
    client.send(topic, Json.bytes(body), Math.max(0, filters.qos(topic)));
  }

  /// Whether to log a fault of this client: one a minute is enough. On its event loop.
  boolean mayWarn(long nowNanos) {
    if (warned && nowNanos - warnedNanos < 60_000_000_000L) {
      return false;
    }
    warned = true;
    warnedNanos = nowNanos;
    return true;
  }
}
