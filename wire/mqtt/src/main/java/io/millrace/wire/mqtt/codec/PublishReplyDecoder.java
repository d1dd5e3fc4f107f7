package io.millrace.wire.mqtt.codec;

/// Decodes PUBACK, PUBREC, PUBREL and PUBCOMP, sections 3.4 to 3.7.
final class PublishReplyDecoder {
  private PublishReplyDecoder() {}

  static PublishReply decode(FrameInput in, PacketType type, ProtocolVersion version) {
    int packetId = in.u16();
    if (packetId == 0) {
      throw MalformedPacketException.protocolError("packet identifier 0"); // [MQTT-2.2.1-3]
    }
    if (in.remaining() == 0) {
      return new PublishReply(type, packetId, ReasonCode.SUCCESS, Properties.NONE);
    }
    if (!version.isV5()) {
      throw MalformedPacketException.malformed(type + " longer than 2 bytes");
    }
    var reason = reason(in.u8(), type);
    var properties = in.remaining() == 0 ? Properties.NONE : PropertiesDecoder.decode(in, type);
    in.expectEnd();
    return new PublishReply(type, packetId, reason, properties);
  }

  private static ReasonCode reason(int code, PacketType type) {
    var reason = ReasonCode.of(code);
    boolean known =
        switch (reason) {
          case SUCCESS -> true;
          case PACKET_IDENTIFIER_NOT_FOUND ->
              type == PacketType.PUBREL || type == PacketType.PUBCOMP;
          case NO_MATCHING_SUBSCRIBERS,
              UNSPECIFIED_ERROR,
              IMPLEMENTATION_SPECIFIC_ERROR,
              NOT_AUTHORIZED,
              TOPIC_NAME_INVALID,
              PACKET_IDENTIFIER_IN_USE,
              QUOTA_EXCEEDED,
              PAYLOAD_FORMAT_INVALID ->
              type == PacketType.PUBACK || type == PacketType.PUBREC;
          default -> false;
        };
    if (!known) {
      // [MQTT-3.4.2-1] [MQTT-3.5.2-1] [MQTT-3.6.2-1] [MQTT-3.7.2-1]
      throw MalformedPacketException.protocolError(type + " with reason " + reason);
    }
    return reason;
  }
}
