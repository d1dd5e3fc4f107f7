package io.millrace.wire.mqtt.codec;

/// Decodes DISCONNECT, section 3.14.
final class DisconnectDecoder {
  private DisconnectDecoder() {}

  static Disconnect decode(FrameInput in, ProtocolVersion version) {
    if (in.remaining() == 0) {
      return new Disconnect(ReasonCode.SUCCESS, Properties.NONE); // section 3.14.2.1
    }
    if (!version.isV5()) {
      throw MalformedPacketException.malformed("DISCONNECT with a body");
    }
    var reason = ReasonCode.of(in.u8());
    var properties =
        in.remaining() == 0 ? Properties.NONE : PropertiesDecoder.decode(in, PacketType.DISCONNECT);
    in.expectEnd();
    return new Disconnect(reason, properties);
  }
}
