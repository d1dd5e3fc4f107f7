package io.millrace.wire.mqtt.codec;

import java.util.ArrayList;

/// Decodes UNSUBSCRIBE, section 3.10.
final class UnsubscribeDecoder {
  private UnsubscribeDecoder() {}

  static Unsubscribe decode(FrameInput in, ProtocolVersion version) {
    int packetId = in.u16();
    if (packetId == 0) {
      throw MalformedPacketException.malformed("packet identifier 0"); // [MQTT-2.2.1-3]
    }
    var properties =
        version.isV5() ? PropertiesDecoder.decode(in, PacketType.UNSUBSCRIBE) : Properties.NONE;
    var filters = new ArrayList<String>(1);
    do { // [MQTT-3.10.3-2] at least one
      filters.add(SubscribeDecoder.filter(in));
    } while (in.remaining() > 0);
    return new Unsubscribe(packetId, filters, properties);
  }
}
