package io.millrace.wire.mqtt.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/// Encodes a property list, section 2.2.2.
final class PropertiesEncoder {
  private PropertiesEncoder() {}

  /// Bytes of the list with its length.
  static int size(Properties properties) {
    int content = contentSize(properties);
    return Fields.variableSize(content) + content;
  }

  static void encode(Properties properties, ByteBuf out) {
    Fields.variable(out, contentSize(properties));
    for (int i = 0; i < properties.count(); i++) {
      var name = properties.name(i);
      out.writeByte(name.id());
      value(name, properties.value(i), out);
    }
  }

  private static int contentSize(Properties properties) {
    int size = 0;
    for (int i = 0; i < properties.count(); i++) {
      size += 1 + valueSize(properties.name(i), properties.value(i));
    }
    return size;
  }

  private static int valueSize(Property name, Object value) {
    return switch (name.type()) {
      case FLAG -> 1;
      case TWO_BYTES -> 2;
      case FOUR_BYTES -> 4;
      case VARIABLE -> Fields.variableSize(((Long) value).intValue());
      case TEXT -> 2 + ByteBufUtil.utf8Bytes((String) value);
      case BINARY -> 2 + ((byte[]) value).length;
      case PAIR ->
          4
              + ByteBufUtil.utf8Bytes(((UserProperty) value).name())
              + ByteBufUtil.utf8Bytes(((UserProperty) value).value());
    };
  }

  private static void value(Property name, Object value, ByteBuf out) {
    switch (name.type()) {
      case FLAG -> out.writeByte(((Long) value).intValue());
      case TWO_BYTES -> out.writeShort(((Long) value).intValue());
      case FOUR_BYTES -> out.writeInt(((Long) value).intValue());
      case VARIABLE -> Fields.variable(out, ((Long) value).intValue());
      case TEXT -> Fields.text(out, (String) value);
      case BINARY -> Fields.binary(out, (byte[]) value);
      case PAIR -> {
        Fields.text(out, ((UserProperty) value).name());
        Fields.text(out, ((UserProperty) value).value());
      }
    }
  }
}
