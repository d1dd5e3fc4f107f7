package io.millrace.app;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.wire.mqtt.codec.Property;
import io.millrace.wire.mqtt.codec.Publish;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Collectors;

/// The language of `mosquitto_sub -F`: `%t %p …`, `@Y-@m-@d`, `\n`.
final class MessageFormat {
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxx", Locale.ROOT);

  private final String format;
  private final ZoneId zone;
  private final boolean pretty;

  /// A format.
  ///
  /// @param pretty lays JSON out over several lines
  MessageFormat(String format, ZoneId zone, boolean pretty) {
    this.format = format;
    this.zone = zone;
    this.pretty = pretty;
  }

  /// One message as the format has it.
  ///
  /// @throws NotJsonException when the payload is to be JSON and is not
  byte[] line(Publish message, Instant at) {
    var out = new ByteArrayOutputStream();
    var when = at.atZone(zone);
    int next = 0;
    while (next < format.length()) {
      char c = format.charAt(next++);
      if (next == format.length() || (c != '%' && c != '@' && c != '\\')) {
        text(out, String.valueOf(c));
        continue;
      }
      char what = format.charAt(next++);
      switch (c) {
        case '%' -> out.writeBytes(field(what, message, when));
        case '@' -> text(out, time(what, when));
        default -> text(out, escaped(what));
      }
    }
    return out.toByteArray();
  }

  private static void text(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] field(char name, Publish message, ZonedDateTime when) {
    if (name == 'p') {
      return message.payload();
    }
    var text = text(name, message, when);
    boolean isJson = name == 'j' || name == 'J';
    return (pretty && isJson ? JsonLayout.of(text) : text).getBytes(StandardCharsets.UTF_8);
  }

  private static String text(char name, Publish message, ZonedDateTime when) {
    var properties = message.properties();
    return switch (name) {
      case '%' -> "%";
      case 'A' -> number(message, Property.TOPIC_ALIAS);
      case 'C' -> orEmpty(properties.text(Property.CONTENT_TYPE));
      case 'D' -> {
        var data = properties.binary(Property.CORRELATION_DATA);
        yield data == null ? "" : new String(data, StandardCharsets.UTF_8);
      }
      case 'E' -> number(message, Property.MESSAGE_EXPIRY_INTERVAL);
      case 'F' -> number(message, Property.PAYLOAD_FORMAT_INDICATOR);
      case 'I' -> ISO.format(when);
      case 'j' -> MessageJson.of(message, when, MessageJson.text(message.payload()));
      case 'J' -> MessageJson.of(message, when, json(message));
      case 'l' -> Integer.toString(message.payload().length);
      case 'm' -> Integer.toString(message.packetId());
      case 'P' ->
          properties.userProperties().stream()
              .map(pair -> pair.name() + ":" + pair.value())
              .collect(Collectors.joining(" "));
      case 'q' -> Integer.toString(message.qos());
      case 'R' -> orEmpty(properties.text(Property.RESPONSE_TOPIC));
      case 'r' -> message.retain() ? "1" : "0";
      case 'S' -> number(message, Property.SUBSCRIPTION_IDENTIFIER);
      case 't' -> message.topicText();
      case 'U' -> "%d.%09d".formatted(when.toEpochSecond(), when.getNano());
      case 'x' -> HexFormat.of().formatHex(message.payload());
      case 'X' -> HexFormat.of().withUpperCase().formatHex(message.payload());
      default -> throw unknown("%" + name);
    };
  }

  private static String json(Publish message) {
    try {
      return Json.parse(message.payload()).toString();
    } catch (JsonSyntaxException e) {
      throw new NotJsonException(
          "Message payload is not valid JSON on topic %s.".formatted(message.topicText()), e);
    }
  }

  private static String number(Publish message, Property property) {
    return message.properties().has(property)
        ? Long.toString(message.properties().number(property, 0))
        : "";
  }

  private static String orEmpty(@org.jspecify.annotations.Nullable String text) {
    return text == null ? "" : text;
  }

  /// The parts of strftime(3).
  private static String time(char part, ZonedDateTime when) {
    var pattern =
        switch (part) {
          case '@' -> "'@'";
          case 'Y' -> "yyyy";
          case 'y' -> "yy";
          case 'm' -> "MM";
          case 'd' -> "dd";
          case 'e' -> "ppd";
          case 'H' -> "HH";
          case 'I' -> "hh";
          case 'M' -> "mm";
          case 'S' -> "ss";
          case 'N' -> "nnnnnnnnn";
          case 'p' -> "a";
          case 'j' -> "DDD";
          case 'a' -> "EEE";
          case 'A' -> "EEEE";
          case 'b', 'h' -> "MMM";
          case 'B' -> "MMMM";
          case 'F' -> "yyyy-MM-dd";
          case 'T' -> "HH:mm:ss";
          case 'R' -> "HH:mm";
          case 'D' -> "MM/dd/yy";
          case 'z' -> "xx";
          case 'Z' -> "zzz";
          case 's' -> "";
          default -> throw unknown("@" + part);
        };
    return part == 's'
        ? Long.toString(when.toEpochSecond())
        : DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(when);
  }

  private static String escaped(char c) {
    return switch (c) {
      case '0' -> "\0";
      case 'a' -> "\u0007";
      case 'e' -> "\u001b";
      case 'n' -> "\n";
      case 'r' -> "\r";
      case 't' -> "\t";
      case 'v' -> "\u000b";
      case '\\' -> "\\";
      case '%' -> "%";
      case '@' -> "@";
      default -> throw unknown("\\" + c);
    };
  }

  /// A payload that was to be JSON and is not.
  static final class NotJsonException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotJsonException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  private static IllegalArgumentException unknown(String what) {
    return new IllegalArgumentException(
        "-F: %s is not known; %%t topic, %%p payload, %%j JSON, @Y year, \\n line end"
            .formatted(what));
  }
}
