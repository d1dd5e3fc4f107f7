package io.millrace.wire.mqtt.codec;

/// Decodes PINGREQ and PINGRESP, sections 3.12 and 3.13.
final class PingDecoder {
  private PingDecoder() {}

  static Ping decode(FrameInput in, PacketType type) {
    if (in.remaining() != 0) {
      throw MalformedPacketException.silent(type + " with a body");
    }
    return type == PacketType.PINGREQ ? Ping.REQUEST : Ping.RESPONSE;
  }
}
