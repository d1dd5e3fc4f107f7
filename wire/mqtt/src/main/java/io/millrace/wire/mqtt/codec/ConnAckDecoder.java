package io.millrace.wire.mqtt.codec;

/// Decodes CONNACK, section 3.2.
final class ConnAckDecoder {
  private ConnAckDecoder() {}

  static ConnAck decode(FrameInput in, ProtocolVersion version) {
    int flags = in.u8();
    if (flags > 1) {
      throw MalformedPacketException.malformed("reserved connect acknowledge flags"); // -3.2.2-1
    }
    int code = in.u8();
    if (!version.isV5() && in.remaining() == 0) {
      return new ConnAck(flags == 1, OldReturnCodes.reason(code), Properties.NONE);
    }
    // A 5.0 answer to an older CONNECT says that the server refuses the version.
    var properties =
        in.remaining() == 0 ? Properties.NONE : PropertiesDecoder.decode(in, PacketType.CONNACK);
    in.expectEnd();
    return new ConnAck(flags == 1, ReasonCode.of(code), properties);
  }
}
