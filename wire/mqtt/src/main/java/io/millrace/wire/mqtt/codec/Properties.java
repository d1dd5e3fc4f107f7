package io.millrace.wire.mqtt.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The properties of one packet, in the order of the wire. Immutable.
///
/// Numbers are `Long`, texts `String`, binary data `byte[]`, pairs [UserProperty].
public final class Properties {
  public static final Properties NONE = new Properties(new Property[0], new Object[0]);

  private final Property[] names;
  private final Object[] values;

  Properties(Property[] names, Object[] values) {
    this.names = names;
    this.values = values;
  }

  public boolean isEmpty() {
    return names.length == 0;
  }

  public boolean has(Property property) {
    return find(property) != null;
  }

  /// The number, or `otherwise` when the packet does not carry it.
  public long number(Property property, long otherwise) {
    return find(property) instanceof Long number ? number : otherwise;
  }

  public @Nullable String text(Property property) {
    return (String) find(property);
  }

  public byte @Nullable [] binary(Property property) {
    return (byte[]) find(property);
  }

  public List<UserProperty> userProperties() {
    var all = new ArrayList<UserProperty>();
    for (var value : values) {
      if (value instanceof UserProperty pair) {
        all.add(pair);
      }
    }
    return all;
  }

  /// All subscription identifiers; a PUBLISH may carry several.
  public List<Integer> subscriptionIdentifiers() {
    var all = new ArrayList<Integer>();
    for (int i = 0; i < names.length; i++) {
      if (names[i] == Property.SUBSCRIPTION_IDENTIFIER) {
        all.add(((Long) values[i]).intValue());
      }
    }
    return all;
  }

  /// These properties and one more at the end.
  public Properties with(Property property, long number) {
    return plus(property, number);
  }

  /// These properties and one more at the end.
  public Properties with(Property property, String text) {
    return plus(property, text);
  }

  /// These properties and one more at the end.
  public Properties with(Property property, byte[] binary) {
    return plus(property, binary);
  }

  /// These properties and one more at the end.
  public Properties with(String name, String value) {
    return plus(Property.USER_PROPERTY, new UserProperty(name, value));
  }

  /// Those that travel with a message from publisher to subscriber (section 3.3.2.3); the message
  /// expiry interval, which counts down, is left to the broker.
  public Properties forwarded() {
    var kept = NONE;
    for (int i = 0; i < names.length; i++) {
      kept =
          switch (names[i]) {
            // [MQTT-3.3.2-4] -15 -16 -17 -18 -20: unaltered and in order
            case PAYLOAD_FORMAT_INDICATOR,
                CONTENT_TYPE,
                RESPONSE_TOPIC,
                CORRELATION_DATA,
                USER_PROPERTY ->
                kept.plus(names[i], values[i]);
            default -> kept;
          };
    }
    return kept;
  }

  /// What there is, in the order of the wire; user properties once for each.
  public List<Property> names() {
    return List.of(names);
  }

  int count() {
    return names.length;
  }

  Property name(int index) {
    return names[index];
  }

  Object value(int index) {
    return values[index];
  }

  private Properties plus(Property property, Object value) {
    var moreNames = Arrays.copyOf(names, names.length + 1);
    var moreValues = Arrays.copyOf(values, values.length + 1);
    moreNames[names.length] = property;
    moreValues[values.length] = value;
    return new Properties(moreNames, moreValues);
  }

  private @Nullable Object find(Property property) {
    for (int i = 0; i < names.length; i++) {
      if (names[i] == property) {
        return values[i];
      }
    }
    return null;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Properties that
        && Arrays.equals(names, that.names)
        && Arrays.deepEquals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(values);
  }

  @Override
  public String toString() {
    var text = new StringBuilder("{");
    for (int i = 0; i < names.length; i++) {
      text.append(i == 0 ? "" : ", ").append(names[i]);
    }
    return text.append('}').toString();
  }
}
