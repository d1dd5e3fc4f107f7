package io.millrace.wire.mqtt.codec;

import io.netty.buffer.ByteBuf;

/// Encodes DISCONNECT, section 3.14.
final class DisconnectEncoder {
  private DisconnectEncoder() {}

  static void encode(Disconnect disconnect, ByteBuf out, ProtocolVersion version) {
    Fields.frame(out, PacketType.DISCONNECT.header(), body -> body(disconnect, body, version));
  }

  private static void body(Disconnect disconnect, ByteBuf out, ProtocolVersion version) {
    boolean plain = disconnect.reason() == ReasonCode.SUCCESS && disconnect.properties().isEmpty();
    if (plain || !version.isV5()) {
      return;
    }
    out.writeByte(disconnect.reason().code());
    if (!disconnect.properties().isEmpty()) {
      PropertiesEncoder.encode(disconnect.properties(), out);
    }
  }
}
