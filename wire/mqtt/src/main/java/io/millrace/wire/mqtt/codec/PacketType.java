package io.millrace.wire.mqtt.codec;

/// The packet table: MQTT 5.0 section 2.1.2, with the fixed header flags of section 2.1.3.
public enum PacketType {
  CONNECT(1, 0),
  CONNACK(2, 0),
  PUBLISH(3, -1),
  PUBACK(4, 0),
  PUBREC(5, 0),
  PUBREL(6, 2),
  PUBCOMP(7, 0),
  SUBSCRIBE(8, 2),
  SUBACK(9, 0),
  UNSUBSCRIBE(10, 2),
  UNSUBACK(11, 0),
  PINGREQ(12, 0),
  PINGRESP(13, 0),
  DISCONNECT(14, 0),
  AUTH(15, 0);

  private static final PacketType[] ALL = values();

  private final int code;
  private final int flags;

  PacketType(int code, int flags) {
    this.code = code;
    this.flags = flags;
  }

  /// True for answers that only a server gives.
  boolean isOnlyFromServer() {
    return this == CONNACK || this == SUBACK || this == UNSUBACK || this == PINGRESP;
  }

  int code() {
    return code;
  }

  /// The first byte of the packet, when its flags are fixed.
  int header() {
    return code << 4 | Math.max(flags, 0);
  }

  /// The type of a packet that starts with `header`, its flags checked.
  static PacketType of(int header) {
    int code = header >> 4 & 15;
    if (code == 0) {
      throw MalformedPacketException.protocolError("packet type 0 is reserved");
    }
    var type = ALL[code - 1];
    if (type.flags >= 0 && (header & 15) != type.flags) {
      // [MQTT-2.1.3-1] reserved flags have the given values
      throw MalformedPacketException.malformed("wrong flags in the fixed header of " + type);
    }
    return type;
  }
}
