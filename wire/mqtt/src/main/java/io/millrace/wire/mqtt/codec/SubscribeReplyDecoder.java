package io.millrace.wire.mqtt.codec;

import java.util.ArrayList;

/// Decodes SUBACK and UNSUBACK, sections 3.9 and 3.11.
final class SubscribeReplyDecoder {
  private SubscribeReplyDecoder() {}

  static SubscribeReply decode(FrameInput in, PacketType type, ProtocolVersion version) {
    int packetId = in.u16();
    var properties = version.isV5() ? PropertiesDecoder.decode(in, type) : Properties.NONE;
    var reasons = new ArrayList<ReasonCode>(1);
    while (in.remaining() > 0) {
      reasons.add(ReasonCode.of(in.u8()));
    }
    return new SubscribeReply(type, packetId, reasons, properties);
  }
}
