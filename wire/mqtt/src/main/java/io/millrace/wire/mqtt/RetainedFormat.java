package io.millrace.wire.mqtt;

import io.millrace.wire.mqtt.codec.PacketReader;
import io.millrace.wire.mqtt.codec.PacketWriter;
import io.millrace.wire.mqtt.codec.ProtocolVersion;
import io.millrace.wire.mqtt.codec.Publish;
import io.millrace.wire.mqtt.codec.TopicNames;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/// A retained message as bytes: `docs/formats/mqtt-retained.md`.
final class RetainedFormat {
  private static final int VERSION = 1;
  private static final int MAX_BYTES = 268_435_455;

  private RetainedFormat() {}

  /// Empty when the message removes.
  static byte[] encode(Message message) {
    if (message.payload().length == 0) {
      return new byte[0];
    }
    var out = Unpooled.buffer(message.sizeBytes());
    out.writeByte(VERSION);
    out.writeLong(message.expiresAtMs());
    PacketWriter.writePublish(
        message.topic(),
        message.payload(),
        message.qos(),
        true,
        false,
        message.qos() > 0 ? 1 : 0,
        message.properties(),
        out,
        ProtocolVersion.V5);
    return ByteBufUtil.getBytes(out);
  }

  static Message decode(byte[] bytes) {
    var in = Unpooled.wrappedBuffer(bytes);
    int version = in.readByte();
    if (version != VERSION) {
      throw new IllegalStateException(
          "A retained message has format %d; this version reads %d".formatted(version, VERSION));
    }
    long expires = in.readLong();
    var reader = new PacketReader(MAX_BYTES, new TopicNames(1), false);
    reader.version(ProtocolVersion.V5);
    if (reader.next(in) instanceof Publish publish) {
      return new Message(
          publish.topic(),
          publish.payload(),
          publish.qos(),
          true,
          publish.properties(),
          expires,
          null);
    }
    throw new IllegalStateException("A retained message is cut off");
  }
}
