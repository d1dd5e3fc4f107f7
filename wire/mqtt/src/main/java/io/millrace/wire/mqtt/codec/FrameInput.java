package io.millrace.wire.mqtt.codec;

import io.netty.buffer.ByteBuf;

/// Reads the fields of one frame out of a buffer, never beyond the frame's end.
///
/// One per connection, moved from frame to frame: no slice is made.
final class FrameInput {
  private TopicNames topics;
  private ByteBuf bytes;
  private int end;

  FrameInput(TopicNames topics, ByteBuf bytes, int end) {
    this.topics = topics;
    this.bytes = bytes;
    this.end = end;
  }

  void topics(TopicNames names) {
    topics = names;
  }

  void move(ByteBuf buffer, int frameEnd) {
    bytes = buffer;
    end = frameEnd;
  }

  int remaining() {
    return end - bytes.readerIndex();
  }

  int u8() {
    need(1);
    return bytes.readUnsignedByte();
  }

  int u16() {
    need(2);
    return bytes.readUnsignedShort();
  }

  long u32() {
    need(4);
    return bytes.readUnsignedInt();
  }

  /// A variable byte integer (section 1.5.5), as short as can be.
  int variable() {
    int value = 0;
    for (int shift = 0; shift < 28; shift += 7) {
      int b = u8();
      value |= (b & 0x7f) << shift;
      if (b < 0x80) {
        if (b == 0 && shift > 0) {
          // [MQTT-1.5.5-1] the encoding uses the fewest bytes
          throw MalformedPacketException.malformed("padded variable byte integer");
        }
        return value;
      }
    }
    throw MalformedPacketException.malformed("variable byte integer of five bytes");
  }

  String text() {
    var raw = binary();
    return Utf8.decode(raw, 0, raw.length);
  }

  byte[] binary() {
    return take(u16());
  }

  byte[] rest() {
    return take(remaining());
  }

  TopicName topicName() {
    int length = u16();
    need(length);
    var name = topics.name(bytes, bytes.readerIndex(), length);
    bytes.skipBytes(length);
    return name;
  }

  /// Makes the frame end `length` bytes from here.
  ///
  /// @return the end before
  int narrow(int length) {
    need(length);
    int outer = end;
    end = bytes.readerIndex() + length;
    return outer;
  }

  void widen(int outer) {
    end = outer;
  }

  void expectEnd() {
    if (remaining() != 0) {
      throw MalformedPacketException.malformed("bytes after the end of the packet");
    }
  }

  private byte[] take(int length) {
    need(length);
    var taken = new byte[length];
    bytes.readBytes(taken);
    return taken;
  }

  private void need(int count) {
    if (count > remaining()) {
      throw MalformedPacketException.malformed("packet too short");
    }
  }
}
