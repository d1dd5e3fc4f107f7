package io.millrace.engine.rules.nodes;

import io.millrace.engine.rules.RuleMessage;

/// The time of a message's values.
final class MessageTime {
  private MessageTime() {}

  /// ThingsBoard: the metadata's `ts`, if it has one, else the message's own.
  static long of(RuleMessage message) {
    var ts = message.metadata().get("ts");
    if (ts == null) {
      return message.ts();
    }
    try {
      return Long.parseLong(ts.asText());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "The metadata member ts=\"%s\" is not a time in milliseconds.".formatted(ts.asText()), e);
    }
  }
}
