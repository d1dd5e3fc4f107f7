package io.millrace.wire.mqtt.codec;

import java.nio.charset.StandardCharsets;

/// UTF-8 as MQTT allows it (section 1.5.4).
final class Utf8 {
  private Utf8() {}

  /// Decodes strictly.
  ///
  /// @throws MalformedPacketException for bytes that are not UTF-8 or characters MQTT refuses
  static String decode(byte[] bytes, int from, int length) {
    int until = from + length;
    boolean ascii = true;
    for (int i = from; i < until; i++) {
      int b = bytes[i];
      if (b < 0) {
        ascii = false;
      } else if (b < 0x20 || b == 0x7f) {
        // [MQTT-1.5.4-2] U+0000 must not, other control characters should not appear
        throw MalformedPacketException.malformed("control character in a string");
      }
    }
    if (ascii) {
      return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }
    check(bytes, from, until);
    return new String(bytes, from, length, StandardCharsets.UTF_8);
  }

  private static void check(byte[] bytes, int from, int until) {
    int i = from;
    while (i < until) {
      int lead = bytes[i] & 0xff;
      int size = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
      if (size == 0 || lead > 0xf4 || i + size > until) {
        throw MalformedPacketException.malformed("not UTF-8"); // [MQTT-1.5.4-1]
      }
      checkCodePoint(codePoint(bytes, i, lead, size), size);
      i += size;
    }
  }

  private static int codePoint(byte[] bytes, int at, int lead, int size) {
    int point = size == 1 ? lead : lead & (0xff >> (size + 1));
    for (int k = 1; k < size; k++) {
      int next = bytes[at + k] & 0xff;
      if ((next & 0xc0) != 0x80) {
        throw MalformedPacketException.malformed("not UTF-8"); // [MQTT-1.5.4-1]
      }
      point = (point << 6) | (next & 0x3f);
    }
    return point;
  }

  private static void checkCodePoint(int point, int size) {
    boolean overlong = (size == 3 && point < 0x800) || (size == 4 && point < 0x10000);
    boolean surrogate = point >= 0xd800 && point <= 0xdfff; // [MQTT-1.5.4-1]
    boolean control = point >= 0x80 && point <= 0x9f;
    boolean noncharacter = (point & 0xfffe) == 0xfffe || (point >= 0xfdd0 && point <= 0xfdef);
    if (overlong || surrogate || control || noncharacter || point > 0x10ffff) {
      throw MalformedPacketException.malformed("a character that MQTT refuses");
    }
  }
}
