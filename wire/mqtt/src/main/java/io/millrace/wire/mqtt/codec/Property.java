package io.millrace.wire.mqtt.codec;

import static io.millrace.wire.mqtt.codec.PacketType.AUTH;
import static io.millrace.wire.mqtt.codec.PacketType.CONNACK;
import static io.millrace.wire.mqtt.codec.PacketType.CONNECT;
import static io.millrace.wire.mqtt.codec.PacketType.DISCONNECT;
import static io.millrace.wire.mqtt.codec.PacketType.PUBACK;
import static io.millrace.wire.mqtt.codec.PacketType.PUBCOMP;
import static io.millrace.wire.mqtt.codec.PacketType.PUBLISH;
import static io.millrace.wire.mqtt.codec.PacketType.PUBREC;
import static io.millrace.wire.mqtt.codec.PacketType.PUBREL;
import static io.millrace.wire.mqtt.codec.PacketType.SUBACK;
import static io.millrace.wire.mqtt.codec.PacketType.SUBSCRIBE;
import static io.millrace.wire.mqtt.codec.PacketType.UNSUBACK;
import static io.millrace.wire.mqtt.codec.PacketType.UNSUBSCRIBE;

import org.jspecify.annotations.Nullable;

/// The property table of MQTT 5.0, section 2.2.2.2: identifier, type, and who may carry it.
public enum Property {
  PAYLOAD_FORMAT_INDICATOR(0x01, Type.FLAG, true, PUBLISH),
  MESSAGE_EXPIRY_INTERVAL(0x02, Type.FOUR_BYTES, true, PUBLISH),
  CONTENT_TYPE(0x03, Type.TEXT, true, PUBLISH),
  RESPONSE_TOPIC(0x08, Type.TEXT, true, PUBLISH),
  CORRELATION_DATA(0x09, Type.BINARY, true, PUBLISH),
  SUBSCRIPTION_IDENTIFIER(0x0B, Type.VARIABLE, false, PUBLISH, SUBSCRIBE),
  SESSION_EXPIRY_INTERVAL(0x11, Type.FOUR_BYTES, false, CONNECT, CONNACK, DISCONNECT),
  ASSIGNED_CLIENT_IDENTIFIER(0x12, Type.TEXT, false, CONNACK),
  SERVER_KEEP_ALIVE(0x13, Type.TWO_BYTES, false, CONNACK),
  AUTHENTICATION_METHOD(0x15, Type.TEXT, false, CONNECT, CONNACK, AUTH),
  AUTHENTICATION_DATA(0x16, Type.BINARY, false, CONNECT, CONNACK, AUTH),
  REQUEST_PROBLEM_INFORMATION(0x17, Type.FLAG, false, CONNECT),
  WILL_DELAY_INTERVAL(0x18, Type.FOUR_BYTES, true),
  REQUEST_RESPONSE_INFORMATION(0x19, Type.FLAG, false, CONNECT),
  RESPONSE_INFORMATION(0x1A, Type.TEXT, false, CONNACK),
  SERVER_REFERENCE(0x1C, Type.TEXT, false, CONNACK, DISCONNECT),
  REASON_STRING(
      0x1F,
      Type.TEXT,
      false,
      CONNACK,
      PUBACK,
      PUBREC,
      PUBREL,
      PUBCOMP,
      SUBACK,
      UNSUBACK,
      DISCONNECT,
      AUTH),
  RECEIVE_MAXIMUM(0x21, Type.TWO_BYTES, false, CONNECT, CONNACK),
  TOPIC_ALIAS_MAXIMUM(0x22, Type.TWO_BYTES, false, CONNECT, CONNACK),
  TOPIC_ALIAS(0x23, Type.TWO_BYTES, false, PUBLISH),
  MAXIMUM_QOS(0x24, Type.FLAG, false, CONNACK),
  RETAIN_AVAILABLE(0x25, Type.FLAG, false, CONNACK),
  USER_PROPERTY(
      0x26,
      Type.PAIR,
      true,
      CONNECT,
      CONNACK,
      PUBLISH,
      PUBACK,
      PUBREC,
      PUBREL,
      PUBCOMP,
      SUBSCRIBE,
      SUBACK,
      UNSUBSCRIBE,
      UNSUBACK,
      DISCONNECT,
      AUTH),
  MAXIMUM_PACKET_SIZE(0x27, Type.FOUR_BYTES, false, CONNECT, CONNACK),
  WILDCARD_SUBSCRIPTION_AVAILABLE(0x28, Type.FLAG, false, CONNACK),
  SUBSCRIPTION_IDENTIFIER_AVAILABLE(0x29, Type.FLAG, false, CONNACK),
  SHARED_SUBSCRIPTION_AVAILABLE(0x2A, Type.FLAG, false, CONNACK);

  /// How the value looks on the wire.
  enum Type {
    /// One byte, 0 or 1.
    FLAG,
    TWO_BYTES,
    FOUR_BYTES,
    VARIABLE,
    TEXT,
    BINARY,
    PAIR
  }

  private static final @Nullable Property[] BY_ID = new @Nullable Property[0x80];

  static {
    for (var property : values()) {
      BY_ID[property.id] = property;
    }
  }

  private final int id;
  private final Type type;
  private final boolean inWill;
  private final int carriers;

  Property(int id, Type type, boolean inWill, PacketType... carriers) {
    this.id = id;
    this.type = type;
    this.inWill = inWill;
    int bits = 0;
    for (var carrier : carriers) {
      bits |= 1 << carrier.code();
    }
    this.carriers = bits;
  }

  int id() {
    return id;
  }

  Type type() {
    return type;
  }

  /// True for the properties that a will may have (section 3.1.3.2).
  boolean inWill() {
    return inWill;
  }

  boolean mayBeIn(PacketType packet) {
    return (carriers & 1 << packet.code()) != 0;
  }

  /// The property with that identifier.
  ///
  /// @throws MalformedPacketException when there is none
  static Property of(int id) {
    var property = id < BY_ID.length ? BY_ID[id] : null;
    if (property == null) {
      throw MalformedPacketException.malformed("unknown property " + id);
    }
    return property;
  }
}
