package io.millrace.store.realtime;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Row values, drawn in `docs/formats/realtime.md`: a leaf, or the priority of a branch.
///
/// @param value JSON null for a branch, whose row holds only its priority
record RowValue(JsonValue value, JsonValue priority) {
  private static final byte BRANCH = 0;
  private static final byte FALSE = 1;
  private static final byte TRUE = 2;
  private static final byte LONG = 3;
  private static final byte DOUBLE = 4;
  private static final byte UTF_8 = 5;
  private static final byte UTF_16 = 6; // strings with lone surrogates, which UTF-8 cannot hold

  /// The row that `node` itself needs, or null: a branch without priority has none.
  static @Nullable RowValue of(Node node) {
    return switch (node) {
      case Leaf leaf -> new RowValue(leaf.value(), leaf.priority());
      case Branch branch ->
          branch.hasPriority() ? new RowValue(JsonNull.NULL, branch.priority()) : null;
    };
  }

  byte[] encode() {
    var first = scalar(priority);
    var second = scalar(value);
    return ByteBuffer.allocate(4 + first.length + second.length)
        .putInt(first.length)
        .put(first)
        .put(second)
        .array();
  }

  static RowValue decode(byte[] row) {
    var bytes = ByteBuffer.wrap(row);
    var first = new byte[bytes.getInt()];
    bytes.get(first);
    var second = new byte[bytes.remaining()];
    bytes.get(second);
    return new RowValue(scalar(second), scalar(first));
  }

  private static byte[] scalar(JsonValue value) {
    return switch (value) {
      case JsonNull _ -> new byte[] {BRANCH};
      case JsonBoolean flag -> new byte[] {flag.value() ? TRUE : FALSE};
      case JsonLong(var number) -> ByteBuffer.allocate(9).put(LONG).putLong(number).array();
      case JsonDouble(var number) -> ByteBuffer.allocate(9).put(DOUBLE).putDouble(number).array();
      case JsonString(var text) -> text(text);
      default -> throw new IllegalArgumentException("Not a leaf value: " + value);
    };
  }

  private static byte[] text(String text) {
    if (StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.allocate(1 + bytes.length).put(UTF_8).put(bytes).array();
    }
    var units = ByteBuffer.allocate(1 + 2 * text.length()).put(UTF_16);
    text.chars().forEach(unit -> units.putChar((char) unit));
    return units.array();
  }

  private static JsonValue scalar(byte[] bytes) {
    var rest = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
    return switch (bytes[0]) {
      case BRANCH -> JsonNull.NULL;
      case FALSE -> JsonBoolean.FALSE;
      case TRUE -> JsonBoolean.TRUE;
      case LONG -> new JsonLong(rest.getLong());
      case DOUBLE -> new JsonDouble(rest.getDouble());
      case UTF_8 -> new JsonString(new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8));
      case UTF_16 -> new JsonString(rest.asCharBuffer().toString());
      default -> throw new IllegalArgumentException("No kind of value has code " + bytes[0]);
    };
  }
}
