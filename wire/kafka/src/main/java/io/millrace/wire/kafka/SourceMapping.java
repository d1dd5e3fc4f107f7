package io.millrace.wire.kafka;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;
import io.millrace.wire.schemas.Payload;
import io.millrace.wire.schemas.PlainPayloads;
import io.millrace.wire.schemas.SchemaRegistry;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// How records of some topics become messages of a tenant's devices.
record SourceMapping(
    @Doc("Name for people.") String name,
    @Doc("Whether it runs.") @Default("true") boolean enabled,
    @Doc("A topic, or a regular expression over the names of topics.") String topicPattern,
    @Doc("Where a topic that is new to the source is begun: EARLIEST or LATEST.")
        @Default("EARLIEST")
        Start startFrom,
    @Doc("JSON, PLAIN (a number or text), AVRO or PROTOBUF (Confluent's wire format).")
        @Default("JSON")
        Format format,
    @Doc("URL of the schema registry, for AVRO and PROTOBUF.") String registryUrl,
    @Doc("User name for the schema registry.") String registryUser,
    @Doc("Password for the schema registry.") String registryPassword,
    @Doc(
            "What names the device: KEY, HEADER, FIELD, TOPIC (deviceSelector is a regular"
                + " expression whose first group is the name) or FIXED.")
        @Default("KEY")
        DeviceFrom deviceFrom,
    @Doc("Header, path in the value, regular expression over the topic, or the name itself.")
        String deviceSelector,
    @Doc("Put before the name.") String devicePrefix,
    @Doc("Device of records that name none; empty: they are dead letters.") String deviceFallback,
    @Doc("Make devices that are not there.") @Default("true") boolean autoCreate,
    @Doc("Profile of new devices; the tenant's default one when there is none of that name.")
        @Default("default")
        String deviceProfile,
    @Doc("Most devices that one run makes.") @Default("10000") @Limit(min = 0, max = 10_000_000)
        int newDevicesMax,
    @Doc("TELEMETRY or ATTRIBUTES.") @Default("TELEMETRY") Content content,
    @Doc("Path in the value to the object that holds the values; empty: all of it.")
        String valuesPath,
    @Doc("Key of a value that is no object.") @Default("value") String valueKey,
    @Doc("Time of the values: RECORD, SERVER, or FIELD.") @Default("RECORD") TimeFrom timeFrom,
    @Doc("Path in the value to milliseconds since 1970, for timeFrom FIELD.") String timePath,
    @Doc("Topic of records that cannot be taken; empty: <topic>.dead-letter.")
        String deadLetterTopic) {

  static final String DEAD_LETTER = ".dead-letter";
  private static final Pattern LEGAL_TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

  enum Start {
    EARLIEST,
    LATEST
  }

  enum Format {
    JSON,
    PLAIN,
    AVRO,
    PROTOBUF;

    boolean hasSchema() {
      return this == AVRO || this == PROTOBUF;
    }
  }

  enum DeviceFrom {
    KEY,
    HEADER,
    FIELD,
    TOPIC,
    FIXED
  }

  enum Content {
    TELEMETRY,
    ATTRIBUTES
  }

  enum TimeFrom {
    RECORD,
    SERVER,
    FIELD
  }

  SourceMapping {
    require(!topicPattern.isBlank(), "topicPattern is empty. Give a topic's name or a pattern.");
    pattern("topicPattern", topicPattern);
    require(
        !format.hasSchema() || SchemaRegistry.isUrl(registryUrl),
        "format %s needs registryUrl, as in http://registry:8081; it is \"%s\"."
            .formatted(format, registryUrl));
    require(
        deviceFrom == DeviceFrom.KEY || !deviceSelector.isBlank(),
        "deviceFrom %s needs deviceSelector.".formatted(deviceFrom));
    if (deviceFrom == DeviceFrom.TOPIC) {
      require(
          pattern("deviceSelector", deviceSelector).matcher("").groupCount() > 0,
          "deviceSelector \"%s\" has no group; put the device's name in parentheses."
              .formatted(deviceSelector));
    }
    require(timeFrom != TimeFrom.FIELD || !timePath.isBlank(), "timeFrom FIELD needs timePath.");
    require(!valueKey.isBlank(), "valueKey is empty. Give the key of a plain value.");
    require(
        deadLetterTopic.isEmpty() || LEGAL_TOPIC.matcher(deadLetterTopic).matches(),
        "deadLetterTopic \"%s\" is no name of a topic; letters, digits, '.', '_' and '-' are."
            .formatted(deadLetterTopic));
  }

  /// A legal name means that topic alone, though its dots would match anything in a pattern.
  boolean takes(String topic) {
    if (topic.endsWith(DEAD_LETTER) || topic.equals(deadLetterTopic)) {
      return topic.equals(topicPattern); // only when asked for by its name
    }
    return LEGAL_TOPIC.matcher(topicPattern).matches()
        ? topic.equals(topicPattern)
        : Pattern.compile(topicPattern).matcher(topic).matches();
  }

  /// How a record's value is read.
  Payload payload(SchemaRegistry registry) {
    return switch (format) {
      case JSON -> PlainPayloads::json;
      case PLAIN -> PlainPayloads::plain;
      case AVRO, PROTOBUF -> {
        var place = SchemaRegistry.Place.of(registryUrl, registryUser, registryPassword);
        yield value -> registry.read(place, value);
      }
    };
  }

  String deadLettersOf(String topic) {
    return deadLetterTopic.isEmpty() ? topic + DEAD_LETTER : deadLetterTopic;
  }

  private static Pattern pattern(String name, String expression) {
    try {
      return Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "%s \"%s\" is not a regular expression: %s"
              .formatted(name, expression, e.getDescription()),
          e);
    }
  }

  private static void require(boolean isSo, String otherwise) {
    if (!isSo) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
