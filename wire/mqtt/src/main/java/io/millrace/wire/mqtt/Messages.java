package io.millrace.wire.mqtt;

import io.millrace.wire.mqtt.codec.Properties;
import io.millrace.wire.mqtt.codec.Property;
import io.millrace.wire.mqtt.codec.Publish;
import org.jspecify.annotations.Nullable;

/// Makes broker messages of PUBLISH packets and wills.
final class Messages {
  private Messages() {}

  static Message of(Publish publish, @Nullable Session publisher, long nowMs) {
    return of(publish, publisher, nowMs, null);
  }

  /// The same, with a receipt for those who keep it.
  static Message of(
      Publish publish, @Nullable Session publisher, long nowMs, @Nullable Receipt receipt) {
    var properties = publish.properties();
    long expires = Message.NEVER;
    if (!properties.isEmpty()) {
      long seconds = properties.number(Property.MESSAGE_EXPIRY_INTERVAL, Will.NO_EXPIRY);
      expires = seconds == Will.NO_EXPIRY ? Message.NEVER : nowMs + seconds * 1000;
      properties = properties.forwarded();
    }
    return new Message(
        publish.topic(),
        publish.payload(),
        publish.qos(),
        publish.retain(),
        properties,
        expires,
        publisher,
        receipt);
  }

  static Will will(Publish will, Session publisher) {
    var properties = will.properties();
    return new Will(
        of(will, publisher, 0),
        properties.number(Property.WILL_DELAY_INTERVAL, 0),
        properties.number(Property.MESSAGE_EXPIRY_INTERVAL, Will.NO_EXPIRY));
  }

  /// The properties that one receiver sees.
  static Properties outgoing(Message message, int[] identifiers, long nowMs) {
    var properties = message.properties();
    if (message.expiresAtMs() != Message.NEVER) {
      // [MQTT-3.3.2-6] less the time it waited here
      long left = Math.max((message.expiresAtMs() - nowMs + 999) / 1000, 1);
      properties = properties.with(Property.MESSAGE_EXPIRY_INTERVAL, left);
    }
    for (int identifier : identifiers) {
      properties = properties.with(Property.SUBSCRIPTION_IDENTIFIER, identifier);
    }
    return properties;
  }
}
