package io.millrace.base.json;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A [JsonValue] as a few bytes for storing: one byte of kind, then the payload.
///
/// Drawn in `docs/formats/values.md`. Every value comes back equal to what it was.
public final class JsonBytes {
  private static final byte FALSE = 0;
  private static final byte TRUE = 1;
  /// Of a whole number; zigzag, then 7 bits a byte, low bits first.
  public static final byte LONG = 2;

  /// Of a fraction; 8 bytes, big-endian IEEE 754.
  public static final byte DOUBLE = 3;

  private static final byte STRING = 4; // UTF-8 to the end
  private static final byte TEXT = 5; // JSON text, UTF-8, to the end
  private static final byte NULL = 6;
  private static final int VARINT_BYTES_MAX = 10;

  private JsonBytes() {}

  public static byte[] encode(JsonValue value) {
    return switch (value) {
      case JsonLong number -> encode(number.value());
      case JsonDouble number -> encode(number.value());
      case JsonBoolean literal -> new byte[] {literal.value() ? TRUE : FALSE};
      case JsonString string when isText(string.value()) -> tagged(STRING, string.value());
      case JsonString string -> tagged(TEXT, string.toString()); // half a surrogate pair: escaped
      case JsonObject object -> tagged(TEXT, object.toString());
      case JsonArray array -> tagged(TEXT, array.toString());
      case JsonNull _ -> new byte[] {NULL};
    };
  }

  public static JsonValue decode(byte[] bytes) {
    return decode(bytes, 0);
  }

  /// The value whose bytes begin at `from` and go to the end.
  ///
  /// @throws IllegalArgumentException when those bytes are not a value
  public static JsonValue decode(byte[] bytes, int from) {
    if (from >= bytes.length) {
      throw new IllegalArgumentException("A stored value has no bytes");
    }
    return switch (bytes[from]) {
      case FALSE -> JsonBoolean.FALSE;
      case TRUE -> JsonBoolean.TRUE;
      case LONG -> new JsonLong(varint(bytes, from + 1));
      case DOUBLE -> new JsonDouble(eightBytes(bytes, from + 1));
      case STRING -> new JsonString(text(bytes, from + 1));
      case TEXT -> Json.parse(Arrays.copyOfRange(bytes, from + 1, bytes.length));
      case NULL -> JsonNull.NULL;
      default ->
          throw new IllegalArgumentException("A stored value of unknown kind " + bytes[from]);
    };
  }

  private static byte[] encode(long number) {
    long rest = (number << 1) ^ (number >> 63);
    var bytes = new byte[1 + Math.max(1, (70 - Long.numberOfLeadingZeros(rest)) / 7)];
    bytes[0] = LONG;
    for (int i = 1; i < bytes.length; i++, rest >>>= 7) {
      bytes[i] = (byte) (i < bytes.length - 1 ? rest | 0x80 : rest);
    }
    return bytes;
  }

  private static byte[] encode(double number) {
    return ByteBuffer.allocate(9).put(DOUBLE).putDouble(number).array();
  }

  private static byte[] tagged(byte kind, String text) {
    var utf8 = text.getBytes(StandardCharsets.UTF_8);
    var bytes = new byte[1 + utf8.length];
    bytes[0] = kind;
    System.arraycopy(utf8, 0, bytes, 1, utf8.length);
    return bytes;
  }

  private static long varint(byte[] bytes, int from) {
    long value = 0;
    for (int i = 0; i < VARINT_BYTES_MAX && from + i < bytes.length; i++) {
      value |= (bytes[from + i] & 0x7FL) << (7 * i);
      if (bytes[from + i] >= 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw new IllegalArgumentException("A stored whole number is cut short");
  }

  private static double eightBytes(byte[] bytes, int from) {
    if (bytes.length - from != Double.BYTES) {
      throw new IllegalArgumentException("A stored number has " + (bytes.length - from) + " bytes");
    }
    return ByteBuffer.wrap(bytes).getDouble(from);
  }

  private static String text(byte[] bytes, int from) {
    return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
  }

  /// Whether UTF-8 can say it: no half of a surrogate pair stands alone.
  private static boolean isText(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSurrogatePair(
            text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
