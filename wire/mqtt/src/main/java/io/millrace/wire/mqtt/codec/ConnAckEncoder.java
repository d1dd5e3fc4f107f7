package io.millrace.wire.mqtt.codec;

import io.netty.buffer.ByteBuf;

/// Encodes CONNACK, section 3.2.
final class ConnAckEncoder {
  private ConnAckEncoder() {}

  static void encode(ConnAck ack, ByteBuf out, ProtocolVersion version) {
    Fields.frame(out, PacketType.CONNACK.header(), body -> body(ack, body, version));
  }

  private static void body(ConnAck ack, ByteBuf out, ProtocolVersion version) {
    out.writeByte(ack.sessionPresent() ? 1 : 0);
    if (version.isV5()) {
      out.writeByte(ack.reason().code());
      PropertiesEncoder.encode(ack.properties(), out);
    } else {
      out.writeByte(OldReturnCodes.code(ack.reason()));
    }
  }
}
