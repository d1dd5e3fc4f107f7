package io.millrace.wire.mqtt.codec;

import io.netty.buffer.ByteBuf;

/// Encodes UNSUBSCRIBE, section 3.10.
final class UnsubscribeEncoder {
  private UnsubscribeEncoder() {}

  static void encode(Unsubscribe unsubscribe, ByteBuf out, ProtocolVersion version) {
    Fields.frame(out, PacketType.UNSUBSCRIBE.header(), body -> body(unsubscribe, body, version));
  }

  private static void body(Unsubscribe unsubscribe, ByteBuf out, ProtocolVersion version) {
    out.writeShort(unsubscribe.packetId());
    if (version.isV5()) {
      PropertiesEncoder.encode(unsubscribe.properties(), out);
    }
    unsubscribe.filters().forEach(filter -> Fields.text(out, filter));
  }
}
