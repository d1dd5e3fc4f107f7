package io.millrace.wire.mqtt.codec;

import io.netty.buffer.ByteBuf;

/// Encodes AUTH, section 3.15.
final class AuthEncoder {
  private AuthEncoder() {}

  static void encode(Auth auth, ByteBuf out) {
    Fields.frame(out, PacketType.AUTH.header(), body -> body(auth, body));
  }

  private static void body(Auth auth, ByteBuf out) {
    if (auth.reason() != ReasonCode.SUCCESS || !auth.properties().isEmpty()) {
      out.writeByte(auth.reason().code());
      PropertiesEncoder.encode(auth.properties(), out);
    }
  }
}
