package io.millrace.wire.mqtt.codec;

/// Decodes AUTH, section 3.15.
final class AuthDecoder {
  private AuthDecoder() {}

  static Auth decode(FrameInput in, ProtocolVersion version) {
    if (!version.isV5()) {
      throw MalformedPacketException.protocolError("packet type 15 is reserved before 5.0");
    }
    if (in.remaining() == 0) {
      return new Auth(ReasonCode.SUCCESS, Properties.NONE); // section 3.15.2.1
    }
    var reason = ReasonCode.of(in.u8());
    var properties =
        in.remaining() == 0 ? Properties.NONE : PropertiesDecoder.decode(in, PacketType.AUTH);
    in.expectEnd();
    return new Auth(reason, properties);
  }
}
