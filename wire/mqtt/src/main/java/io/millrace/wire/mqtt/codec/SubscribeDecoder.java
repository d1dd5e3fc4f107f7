package io.millrace.wire.mqtt.codec;

import java.util.ArrayList;

/// Decodes SUBSCRIBE, section 3.8.
final class SubscribeDecoder {
  private SubscribeDecoder() {}

  static Subscribe decode(FrameInput in, ProtocolVersion version) {
    int packetId = in.u16();
    if (packetId == 0) {
      throw MalformedPacketException.malformed("packet identifier 0"); // [MQTT-2.2.1-3]
    }
    var properties =
        version.isV5() ? PropertiesDecoder.decode(in, PacketType.SUBSCRIBE) : Properties.NONE;
    if (properties.number(Property.SUBSCRIPTION_IDENTIFIER, 1) == 0) {
      throw MalformedPacketException.malformed("subscription identifier 0"); // 3.8.2.1.2
    }
    var requests = new ArrayList<Subscribe.Request>(1);
    do { // [MQTT-3.8.3-2] at least one
      var filter = filter(in);
      requests.add(request(filter, in.u8(), version));
    } while (in.remaining() > 0);
    return new Subscribe(packetId, requests, properties);
  }

  static String filter(FrameInput in) {
    var filter = in.text();
    if (filter.isEmpty()) {
      // [MQTT-4.7.3-1] a topic filter has at least one character
      throw MalformedPacketException.malformed("empty topic filter");
    }
    return filter;
  }

  private static Subscribe.Request request(String filter, int options, ProtocolVersion version) {
    int qos = options & 3;
    int retainHandling = options >> 4 & 3;
    if (qos == 3 || retainHandling == 3) {
      throw MalformedPacketException.malformed("QoS or retain handling 3"); // [MQTT-3.8.3-4]
    }
    if ((options & (version.isV5() ? 0xc0 : 0xfc)) != 0) {
      throw MalformedPacketException.malformed("reserved subscription option"); // [MQTT-3.8.3-5]
    }
    boolean noLocal = (options & 4) != 0;
    return new Subscribe.Request(filter, qos, noLocal, (options & 8) != 0, retainHandling);
  }
}
