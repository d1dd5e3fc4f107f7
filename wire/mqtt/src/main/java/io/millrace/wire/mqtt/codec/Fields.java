package io.millrace.wire.mqtt.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.function.Consumer;

/// Writes the data types of section 1.5.
final class Fields {
  private Fields() {}

  static int variableSize(int value) {
    return value < 128 ? 1 : value < 16_384 ? 2 : value < 2_097_152 ? 3 : 4;
  }

  static void variable(ByteBuf out, int value) {
    int rest = value;
    while (rest >= 128) {
      out.writeByte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.writeByte(rest);
  }

  static void text(ByteBuf out, String text) {
    int length = ByteBufUtil.utf8Bytes(text);
    checkLength(length);
    out.writeShort(length);
    ByteBufUtil.writeUtf8(out, text);
  }

  static void binary(ByteBuf out, byte[] bytes) {
    checkLength(bytes.length);
    out.writeShort(bytes.length);
    out.writeBytes(bytes);
  }

  /// Writes a whole frame whose length is known only when its body is written.
  static void frame(ByteBuf out, int header, Consumer<ByteBuf> body) {
    var bytes = out.alloc().heapBuffer();
    try {
      body.accept(bytes);
      out.writeByte(header);
      variable(out, bytes.readableBytes());
      out.writeBytes(bytes);
    } finally {
      bytes.release();
    }
  }

  private static void checkLength(int length) {
    if (length > 65_535) {
      throw new IllegalArgumentException(length + " bytes; a field of MQTT has 65535 at most");
    }
  }
}
