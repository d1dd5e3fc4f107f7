package io.millrace.wire.kafka;

import io.millrace.base.json.JsonObject;
import io.millrace.base.runtime.Counters;
import io.millrace.engine.rules.SettingsBinder;
import io.millrace.wire.mqtt.Tap;

/// Makes bridges, each in its direction.
final class Bridges implements FlowSet.Maker {
  private final FlowConfig.Bridge config;
  private final KafkaConnection kafka;
  private final Counters counters;
  private volatile BridgeTap tap = new BridgeTap(Tap.NONE);
  private volatile BridgeToMqtt.Publisher mqtt =
      (_, _, _, _, _) -> {
        throw new IllegalStateException("There is no MQTT server yet");
      };

  Bridges(FlowConfig.Bridge config, KafkaConnection kafka, Counters counters) {
    this.config = config;
    this.kafka = kafka;
    this.counters = counters;
  }

  Tap tap(Tap next) {
    tap = new BridgeTap(next);
    return tap;
  }

  void publisher(BridgeToMqtt.Publisher publisher) {
    mqtt = publisher;
  }

  @Override
  public void check(JsonObject settings) {
    SettingsBinder.bind(BridgeSettings.class, settings);
  }

  @Override
  public Flow start(FlowRows.Row row) {
    var settings = SettingsBinder.bind(BridgeSettings.class, row.settings());
    return switch (settings.direction()) {
      case MQTT_TO_KAFKA -> toKafka(settings);
      case KAFKA_TO_MQTT -> {
        var bridge = new BridgeToMqtt(kafka, row.id(), settings, mqtt);
        bridge.start();
        yield bridge;
      }
    };
  }

  private Flow toKafka(BridgeSettings settings) {
    var bridge = new BridgeToKafka(config, kafka, settings, counters);
    var shown = tap;
    bridge.start();
    shown.add(bridge);
    return new Flow() {
      @Override
      public JsonObject status() {
        return bridge.status();
      }

      @Override
      public void close() {
        shown.remove(bridge);
        bridge.close();
      }
    };
  }
}
