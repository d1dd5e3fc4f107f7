package io.millrace.wire.mqtt.codec;

import io.netty.buffer.ByteBuf;

/// Encodes PUBLISH, section 3.3. Hot path.
final class PublishEncoder {
  private PublishEncoder() {}

  static void encode(Publish publish, ByteBuf out, ProtocolVersion version) {
    encode(
        publish.topic(),
        publish.payload(),
        header(publish.qos(), publish.retain(), publish.duplicate()),
        publish.packetId(),
        publish.properties(),
        out,
        version);
  }

  static int header(int qos, boolean retain, boolean duplicate) {
    return 0x30 | (duplicate ? 8 : 0) | qos << 1 | (retain ? 1 : 0);
  }

  static void encode(
      TopicName topic,
      byte[] payload,
      int header,
      int packetId,
      Properties properties,
      ByteBuf out,
      ProtocolVersion version) {
    int size = remainingLength(topic, payload, packetId, properties, version);
    out.ensureWritable(size + 5);
    out.writeByte(header);
    Fields.variable(out, size);
    var name = topic.utf8();
    out.writeShort(name.length);
    out.writeBytes(name);
    if (packetId != 0) {
      out.writeShort(packetId);
    }
    if (version.isV5()) {
      PropertiesEncoder.encode(properties, out);
    }
    out.writeBytes(payload);
  }

  static int remainingLength(
      TopicName topic,
      byte[] payload,
      int packetId,
      Properties properties,
      ProtocolVersion version) {
    int size = 2 + topic.utf8().length + (packetId != 0 ? 2 : 0) + payload.length;
    return version.isV5() ? size + PropertiesEncoder.size(properties) : size;
  }
}
