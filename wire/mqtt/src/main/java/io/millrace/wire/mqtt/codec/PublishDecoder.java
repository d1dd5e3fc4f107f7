package io.millrace.wire.mqtt.codec;

/// Decodes PUBLISH, section 3.3. Hot path.
final class PublishDecoder {
  private PublishDecoder() {}

  static Publish decode(FrameInput in, int header, ProtocolVersion version) {
    int qos = header >> 1 & 3;
    boolean duplicate = (header & 8) != 0;
    checkFlags(qos, duplicate);
    var topic = in.topicName();
    int packetId = qos == 0 ? 0 : packetId(in);
    var properties = Properties.NONE;
    if (version.isV5()) {
      properties = PropertiesDecoder.decode(in, PacketType.PUBLISH);
      checkProperties(properties);
    }
    if (topic.isEmpty() && !properties.has(Property.TOPIC_ALIAS)) {
      // [MQTT-4.7.3-1] a topic name has a character, unless an alias stands for it
      throw MalformedPacketException.malformed("empty topic name");
    }
    return new Publish(topic, in.rest(), qos, (header & 1) != 0, duplicate, packetId, properties);
  }

  static void checkResponseTopic(Properties properties) {
    var topic = properties.text(Property.RESPONSE_TOPIC);
    if (topic != null && (topic.isEmpty() || topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0)) {
      // [MQTT-3.3.2-14] the response topic has no wildcards
      throw MalformedPacketException.protocolError("response topic is not a topic name");
    }
  }

  private static void checkFlags(int qos, boolean duplicate) {
    if (qos == 3) {
      throw MalformedPacketException.malformed("QoS 3"); // [MQTT-3.3.1-4]
    }
    if (qos == 0 && duplicate) {
      throw MalformedPacketException.malformed("DUP at QoS 0"); // [MQTT-3.3.1-2]
    }
  }

  private static int packetId(FrameInput in) {
    int packetId = in.u16();
    if (packetId == 0) {
      throw MalformedPacketException.protocolError("packet identifier 0"); // [MQTT-2.2.1-3]
    }
    return packetId;
  }

  private static void checkProperties(Properties properties) {
    if (properties.isEmpty()) {
      return;
    }
    checkResponseTopic(properties);
    if (properties.number(Property.SUBSCRIPTION_IDENTIFIER, 1) == 0) {
      throw MalformedPacketException.protocolError("subscription identifier 0"); // 3.3.2.3.8
    }
    if (properties.number(Property.TOPIC_ALIAS, 1) == 0) {
      // [MQTT-3.3.2-8] a topic alias is greater than 0
      throw MalformedPacketException.of(ReasonCode.TOPIC_ALIAS_INVALID, "topic alias 0");
    }
  }
}
