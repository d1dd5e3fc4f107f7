package io.millrace.wire.kafka;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Which MQTT topics go to which of Kafka's, or the other way.
record BridgeSettings(
    @Doc("Name for people.") String name,
    @Doc("Whether it runs.") @Default("true") boolean enabled,
    @Doc("MQTT_TO_KAFKA or KAFKA_TO_MQTT.") @Default("MQTT_TO_KAFKA") Direction direction,
    @Doc("MQTT topic filter, for MQTT_TO_KAFKA.") String topicFilter,
    @Doc("Kafka topic; ${topic} is the MQTT topic with dots, ${1} the first wildcard's part.")
        String kafkaTopic,
    @Doc("Record key; ${topic}, ${clientId}, ${userName} and ${1}, ${2}, … are filled in.")
        @Default("${topic}")
        String key,
    @Doc("Kafka topic or regular expression, for KAFKA_TO_MQTT.") String topicPattern,
    @Doc("MQTT topic; ${topic} is Kafka's, ${key} the record's key, ${1} the pattern's group.")
        String mqttTopic,
    @Doc("QoS of what is published, 0 to 2.") @Default("1") @Limit(max = 2) int qos,
    @Doc("Publish retained.") boolean retain) {
  enum Direction {
    MQTT_TO_KAFKA,
    KAFKA_TO_MQTT
  }

  BridgeSettings {
    if (direction == Direction.MQTT_TO_KAFKA) {
      require(topicFilter, "topicFilter", "the MQTT topics to send on");
      require(kafkaTopic, "kafkaTopic", "where they go");
      BridgeFilter.of(topicFilter);
    } else {
      require(topicPattern, "topicPattern", "the Kafka topics to read");
      require(mqttTopic, "mqttTopic", "where they go");
      if (mqttTopic.contains("#") || mqttTopic.contains("+")) {
        throw new IllegalArgumentException(
            "mqttTopic \"%s\" has a wildcard; use ${topic}, ${key}, ${1}.".formatted(mqttTopic));
      }
      try {
        Pattern.compile(topicPattern);
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException(
            "topicPattern \"%s\" is not a regular expression: %s"
                .formatted(topicPattern, e.getDescription()),
            e);
      }
    }
  }

  private static void require(String value, String name, String what) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("%s is empty. Give %s.".formatted(name, what));
    }
  }
}
