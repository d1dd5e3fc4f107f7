package io.millrace.app;

import io.millrace.wire.mqtt.codec.Properties;
import io.millrace.wire.mqtt.codec.Property;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The properties of `-D COMMAND NAME VALUE`, by the packet they go with.
record ClientProperties(
    Properties connect, Properties publish, Properties subscribe, Properties will) {

  static ClientProperties parse(List<String> words) {
    var all = new HashMap<String, Properties>();
    int at = 0;
    while (at < words.size()) {
      int count = at + 1 < words.size() && words.get(at + 1).equals("user-property") ? 4 : 3;
      if (at + count > words.size()) {
        throw new IllegalArgumentException(
            "-D needs COMMAND NAME VALUE, for user-property COMMAND user-property NAME VALUE");
      }
      add(all, words.subList(at, at + count));
      at += count;
    }
    return new ClientProperties(
        all.getOrDefault("connect", Properties.NONE),
        all.getOrDefault("publish", Properties.NONE),
        all.getOrDefault("subscribe", Properties.NONE),
        all.getOrDefault("will", Properties.NONE));
  }

  private static void add(Map<String, Properties> all, List<String> words) {
    var command = words.getFirst();
    if (!List.of("connect", "publish", "subscribe", "unsubscribe", "disconnect", "will")
        .contains(command)) {
      throw new IllegalArgumentException(
          "-D %s: properties go with connect, publish, subscribe or will".formatted(command));
    }
    var before = all.getOrDefault(command, Properties.NONE);
    if (words.size() == 4) {
      all.put(command, before.with(words.get(2), words.get(3)));
    } else {
      all.put(command, plus(before, words.get(1), words.get(2)));
    }
  }

  private static Properties plus(Properties before, String name, String value) {
    return switch (name) {
      case "content-type", "response-topic", "authentication-method" ->
          before.with(property(name), value);
      case "correlation-data", "authentication-data" ->
          before.with(property(name), value.getBytes(StandardCharsets.UTF_8));
      case "message-expiry-interval",
          "payload-format-indicator",
          "topic-alias",
          "subscription-identifier",
          "session-expiry-interval",
          "receive-maximum",
          "maximum-packet-size",
          "topic-alias-maximum",
          "request-problem-information",
          "request-response-information",
          "will-delay-interval" ->
          before.with(property(name), number(name, value));
      default ->
          throw new IllegalArgumentException(
              "-D %s is no property that a client sends, such as content-type or user-property"
                  .formatted(name));
    };
  }

  private static Property property(String name) {
    return Property.valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT));
  }

  private static long number(String name, String value) {
    try {
      long number = Long.parseLong(value);
      if (number >= 0 && number <= 0xffff_ffffL) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException("-D %s %s is not a whole number".formatted(name, value));
  }
}
