package io.millrace.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/// MQTT 3.1.1 packets written by hand, so that the generator favours no broker's library.
final class LoadPackets {
  static final int PAYLOAD_BYTES = 64;
  private static final byte[] REST = new byte[PAYLOAD_BYTES - Long.BYTES];

  private LoadPackets() {}

  static void connect(ByteBuffer out, String clientId, boolean clean) {
    out.put((byte) 0x10).put((byte) (12 + clientId.length()));
    text(out, "MQTT");
    out.put((byte) 4).put((byte) (clean ? 2 : 0)).putShort((short) 0);
    text(out, clientId);
  }

  static void subscribe(ByteBuffer out, String filter, int qos) {
    out.put((byte) 0x82).put((byte) (5 + filter.length())).putShort((short) 1);
    text(out, filter);
    out.put((byte) qos);
  }

  /// @param stamp the payload's first eight bytes
  static void publish(ByteBuffer out, byte[] topic, int qos, int packetId, long stamp) {
    int length = 2 + topic.length + (qos > 0 ? 2 : 0) + PAYLOAD_BYTES;
    if (length > 127) {
      throw new IllegalArgumentException("topic too long for a bench");
    }
    out.put((byte) (0x30 | qos << 1)).put((byte) length).putShort((short) topic.length).put(topic);
    if (qos > 0) {
      out.putShort((short) packetId);
    }
    out.putLong(stamp).put(REST);
  }

  static void reply(ByteBuffer out, int header, int packetId) {
    out.put((byte) header).put((byte) 2).putShort((short) packetId);
  }

  static void disconnect(ByteBuffer out) {
    out.put((byte) 0xE0).put((byte) 0);
  }

  static void ping(ByteBuffer out) {
    out.put((byte) 0xC0).put((byte) 0);
  }

  private static void text(ByteBuffer out, String text) {
    out.putShort((short) text.length()).put(text.getBytes(US_ASCII));
  }
}
