package io.millrace.wire.kafka;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.wire.schemas.SchemaRegistry;
import java.util.List;
import java.util.regex.Pattern;

/// What of a tenant's goes to which topics.
record ExportSettings(
    @Doc("Name for people.") String name,
    @Doc("Whether it runs.") @Default("true") boolean enabled,
    @Doc("JSON or AVRO.") @Default("JSON") Format format,
    @Doc("URL of the schema registry, for AVRO.") String registryUrl,
    @Doc("User name for the schema registry.") String registryUser,
    @Doc("Password for the schema registry.") String registryPassword,
    @Doc("Topic of saved telemetry; empty: none.") String telemetryTopic,
    @Doc("Topic of changes of alarms; empty: none.") String alarmTopic,
    @Doc("Topic of events: connected, disconnected, attributes posted and others; empty: none.")
        String eventTopic,
    @Doc("Key of records: DEVICE_NAME or DEVICE_ID.") @Default("DEVICE_NAME") Key key) {
  private static final Pattern LEGAL_TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

  enum Format {
    JSON,
    AVRO
  }

  enum Key {
    DEVICE_NAME,
    DEVICE_ID
  }

  ExportSettings {
    var topics = List.of(telemetryTopic, alarmTopic, eventTopic);
    if (topics.stream().allMatch(String::isEmpty)) {
      throw new IllegalArgumentException(
          "The export has no topic; give telemetryTopic, alarmTopic or eventTopic.");
    }
    for (var topic : topics) {
      if (!topic.isEmpty() && !LEGAL_TOPIC.matcher(topic).matches()) {
        throw new IllegalArgumentException(
            "\"%s\" is no name of a topic; letters, digits, '.', '_' and '-' are."
                .formatted(topic));
      }
    }
    if (format == Format.AVRO && !SchemaRegistry.isUrl(registryUrl)) {
      throw new IllegalArgumentException(
          "format AVRO needs registryUrl, as in http://registry:8081.");
    }
  }

  SchemaRegistry.Place registry() {
    return SchemaRegistry.Place.of(registryUrl, registryUser, registryPassword);
  }

  /// Where records of that kind go; empty: nowhere.
  String topic(ExportKind kind) {
    return switch (kind) {
      case TELEMETRY -> telemetryTopic;
      case ALARM -> alarmTopic;
      case EVENT -> eventTopic;
    };
  }

  /// One topic of these, to write the place down with.
  String anyTopic() {
    return List.of(telemetryTopic, alarmTopic, eventTopic).stream()
        .filter(topic -> !topic.isEmpty())
        .findFirst()
        .orElseThrow();
  }
}
