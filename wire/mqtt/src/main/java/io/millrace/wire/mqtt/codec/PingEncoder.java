package io.millrace.wire.mqtt.codec;

import io.netty.buffer.ByteBuf;

/// Encodes PINGREQ and PINGRESP, sections 3.12 and 3.13.
final class PingEncoder {
  private PingEncoder() {}

  static void encode(Ping ping, ByteBuf out) {
    out.writeByte(ping.type().header());
    out.writeByte(0);
  }
}
