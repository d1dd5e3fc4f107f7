package io.millrace.wire.mqtt.codec;

import io.netty.buffer.ByteBuf;

/// Encodes SUBSCRIBE, section 3.8.
final class SubscribeEncoder {
  private SubscribeEncoder() {}

  static void encode(Subscribe subscribe, ByteBuf out, ProtocolVersion version) {
    Fields.frame(out, PacketType.SUBSCRIBE.header(), body -> body(subscribe, body, version));
  }

  private static void body(Subscribe subscribe, ByteBuf out, ProtocolVersion version) {
    out.writeShort(subscribe.packetId());
    if (version.isV5()) {
      PropertiesEncoder.encode(subscribe.properties(), out);
    }
    for (var request : subscribe.requests()) {
      Fields.text(out, request.filter());
      out.writeByte(
          request.qos()
              | (request.noLocal() ? 4 : 0)
              | (request.retainAsPublished() ? 8 : 0)
              | request.retainHandling() << 4);
    }
  }
}
