package io.millrace.wire.mqtt.codec;

import io.netty.buffer.ByteBuf;

/// Encodes SUBACK and UNSUBACK, sections 3.9 and 3.11.
final class SubscribeReplyEncoder {
  private SubscribeReplyEncoder() {}

  static void encode(SubscribeReply reply, ByteBuf out, ProtocolVersion version) {
    Fields.frame(out, reply.type().header(), body -> body(reply, body, version));
  }

  private static void body(SubscribeReply reply, ByteBuf out, ProtocolVersion version) {
    out.writeShort(reply.packetId());
    if (version.isV5()) {
      PropertiesEncoder.encode(reply.properties(), out);
    } else if (reply.type() == PacketType.UNSUBACK) {
      return; // section 3.11 of 3.1.1: no payload
    }
    for (var reason : reply.reasons()) {
      // [MQTT-3.9.3-2] of 3.1.1: only 0, 1, 2 and 0x80
      out.writeByte(version.isV5() || !reason.isError() ? reason.code() : 0x80);
    }
  }
}
