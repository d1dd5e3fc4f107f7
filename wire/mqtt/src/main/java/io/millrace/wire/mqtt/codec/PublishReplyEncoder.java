package io.millrace.wire.mqtt.codec;

import io.netty.buffer.ByteBuf;

/// Encodes PUBACK, PUBREC, PUBREL and PUBCOMP, sections 3.4 to 3.7. Hot path.
final class PublishReplyEncoder {
  private PublishReplyEncoder() {}

  static void encode(PublishReply reply, ByteBuf out, ProtocolVersion version) {
    if (version.isV5() && !reply.properties().isEmpty()) {
      Fields.frame(out, reply.type().header(), body -> body(reply, body));
    } else {
      encode(reply.type(), reply.packetId(), reply.reason(), out, version);
    }
  }

  /// Without properties, and without an object.
  static void encode(
      PacketType type, int packetId, ReasonCode reason, ByteBuf out, ProtocolVersion version) {
    boolean plain = reason == ReasonCode.SUCCESS || !version.isV5();
    if (plain) {
      out.writeInt(type.header() << 24 | 2 << 16 | packetId);
    } else {
      out.writeInt(type.header() << 24 | 3 << 16 | packetId);
      out.writeByte(reason.code());
    }
  }

  private static void body(PublishReply reply, ByteBuf out) {
    out.writeShort(reply.packetId());
    out.writeByte(reply.reason().code());
    PropertiesEncoder.encode(reply.properties(), out);
  }
}
