package io.millrace.app;

import io.millrace.base.json.JsonString;
import io.millrace.wire.mqtt.codec.Properties;
import io.millrace.wire.mqtt.codec.Property;
import io.millrace.wire.mqtt.codec.Publish;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A message as `mosquitto_sub -F %j` prints it, names and order alike.
final class MessageJson {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'xx", Locale.ROOT);

  private MessageJson() {}

  /// @param payload as it shall stand behind `"payload":`
  static String of(Publish message, ZonedDateTime when, String payload) {
    var parts = new ArrayList<String>();
    parts.add("\"tst\":\"%s\"".formatted(TIME.format(when)));
    parts.add("\"topic\":" + quoted(message.topicText()));
    parts.add("\"qos\":" + message.qos());
    parts.add("\"retain\":" + (message.retain() ? 1 : 0));
    parts.add("\"payloadlen\":" + message.payload().length);
    if (message.qos() > 0) {
      parts.add("\"mid\":" + message.packetId());
    }
    if (!message.properties().isEmpty()) {
      parts.add("\"properties\":{%s}".formatted(String.join(",", properties(message))));
    }
    parts.add("\"payload\":" + payload);
    return "{" + String.join(",", parts) + "}";
  }

  static String text(byte[] payload) {
    return quoted(new String(payload, StandardCharsets.UTF_8));
  }

  /// In the order of the wire, user properties together where the first stands.
  private static List<String> properties(Publish message) {
    var all = new LinkedHashSet<String>();
    for (var property : message.properties().names()) {
      all.add(property(message.properties(), property));
    }
    return List.copyOf(all);
  }

  private static String property(Properties properties, Property property) {
    var name = "\"" + property.name().toLowerCase(Locale.ROOT).replace('_', '-') + "\":";
    return switch (property) {
      case USER_PROPERTY ->
          properties.userProperties().stream()
              .map(pair -> quoted(pair.name()) + ":" + quoted(pair.value()))
              .collect(Collectors.joining(",", "\"user-properties\":{", "}"));
      case CONTENT_TYPE, RESPONSE_TOPIC -> name + quoted(String.valueOf(properties.text(property)));
      case CORRELATION_DATA -> {
        var data = properties.binary(property);
        yield name + text(data == null ? new byte[0] : data);
      }
      default -> name + properties.number(property, 0);
    };
  }

  private static String quoted(String text) {
    return new JsonString(text).toString();
  }
}
