package io.millrace.wire.mqtt.codec;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Decodes CONNECT, section 3.1, and tells the reader the version that it asks for.
final class ConnectDecoder {
  private static final int CLEAN_START = 0x02;
  private static final int WILL = 0x04;
  private static final int WILL_QOS = 0x18;
  private static final int WILL_RETAIN = 0x20;
  private static final int PASSWORD = 0x40;
  private static final int USER_NAME = 0x80;
  static final int BRIDGE = 0x80;

  private ConnectDecoder() {}

  static Connect decode(FrameInput in, int header, PacketReader reader) {
    var name = in.text();
    int level = in.u8();
    boolean isBridge = (level & BRIDGE) != 0; // not of the standard: Mosquitto's bridges
    var version = version(name, level & ~BRIDGE);
    if ((header & 15) != 0 && version != ProtocolVersion.V3_1) {
      throw MalformedPacketException.silent("flags in the fixed header"); // [MQTT-2.1.3-1]
    }
    reader.version(version);
    int flags = in.u8();
    checkFlags(flags, version);
    int keepAlive = in.u16();
    var properties =
        version.isV5() ? PropertiesDecoder.decode(in, PacketType.CONNECT) : Properties.NONE;
    checkProperties(properties);
    var clientId = clientId(in, version);
    var will = (flags & WILL) != 0 ? will(in, flags, version) : null;
    var userName = (flags & USER_NAME) != 0 ? secretly(in::text) : null;
    var password = (flags & PASSWORD) != 0 ? secretly(in::binary) : null;
    in.expectEnd();
    return new Connect(
        version,
        clientId,
        (flags & CLEAN_START) != 0,
        keepAlive,
        Optional.ofNullable(userName),
        Optional.ofNullable(password).map(Binary::of),
        Optional.ofNullable(will),
        properties,
        isBridge);
  }

  private static ProtocolVersion version(String name, int level) {
    if (!name.equals("MQTT") && !name.equals("MQIsdp")) {
      throw MalformedPacketException.silent("protocol name is not MQTT"); // [MQTT-3.1.2-1]
    }
    return switch (name + level) {
      case "MQIsdp3" -> ProtocolVersion.V3_1;
      case "MQTT4" -> ProtocolVersion.V3_1_1;
      case "MQTT5" -> ProtocolVersion.V5;
      // [MQTT-3.1.2-2] an unknown version is answered with 0x84
      default ->
          throw MalformedPacketException.of(
              ReasonCode.UNSUPPORTED_PROTOCOL_VERSION, "protocol level " + level);
    };
  }

  private static void checkFlags(int flags, ProtocolVersion version) {
    if ((flags & 1) != 0 && version != ProtocolVersion.V3_1) {
      throw MalformedPacketException.malformed("reserved connect flag"); // [MQTT-3.1.2-3]
    }
    boolean will = (flags & WILL) != 0;
    if (!will && (flags & (WILL_QOS | WILL_RETAIN)) != 0) {
      // [MQTT-3.1.2-11] [MQTT-3.1.2-13] without a will its QoS and retain flag are 0
      throw MalformedPacketException.malformed("will flags without a will");
    }
    if ((flags & WILL_QOS) == WILL_QOS) {
      throw MalformedPacketException.malformed("will QoS 3"); // [MQTT-3.1.2-12]
    }
    if (!version.isV5() && (flags & PASSWORD) != 0 && (flags & USER_NAME) == 0) {
      // [MQTT-3.1.2-22] of 3.1.1: no password without a user name
      throw MalformedPacketException.malformed("password without user name");
    }
  }

  private static void checkProperties(Properties properties) {
    if (properties.number(Property.RECEIVE_MAXIMUM, 1) == 0) {
      throw MalformedPacketException.protocolError("receive maximum 0"); // section 3.1.2.11.3
    }
    if (properties.number(Property.MAXIMUM_PACKET_SIZE, 1) == 0) {
      throw MalformedPacketException.protocolError("maximum packet size 0"); // 3.1.2.11.4
    }
    if (properties.has(Property.AUTHENTICATION_DATA)
        && !properties.has(Property.AUTHENTICATION_METHOD)) {
      throw MalformedPacketException.protocolError("authentication data without method");
    }
  }

  private static String clientId(FrameInput in, ProtocolVersion version) {
    var raw = in.binary();
    try {
      return Utf8.decode(raw, 0, raw.length); // [MQTT-3.1.3-4]
    } catch (MalformedPacketException e) {
      var reason =
          version.isV5() ? ReasonCode.CLIENT_IDENTIFIER_NOT_VALID : ReasonCode.MALFORMED_PACKET;
      throw MalformedPacketException.of(reason, "client identifier: " + e.getMessage());
    }
  }

  private static Publish will(FrameInput in, int flags, ProtocolVersion version) {
    var properties = version.isV5() ? PropertiesDecoder.decodeWill(in) : Properties.NONE;
    PublishDecoder.checkResponseTopic(properties);
    var topic = in.topicName(); // [MQTT-3.1.3-11]
    if (topic.text().isEmpty()) {
      throw MalformedPacketException.malformed("empty will topic");
    }
    int qos = (flags & WILL_QOS) >> 3;
    boolean retain = (flags & WILL_RETAIN) != 0;
    return new Publish(topic, in.binary(), qos, retain, false, 0, properties);
  }

  /// What is wrong with a name or a secret is not told.
  private static <T> @Nullable T secretly(Supplier<T> field) {
    try {
      return field.get();
    } catch (MalformedPacketException e) {
      throw MalformedPacketException.silent("user name or password: " + e.getMessage());
    }
  }
}
