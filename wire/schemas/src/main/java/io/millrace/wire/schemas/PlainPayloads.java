package io.millrace.wire.schemas;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Values that need no schema.
public final class PlainPayloads {
  private static final int WIRE_FORMAT_HEADER = 5; // Confluent's: 0 and four bytes of schema id

  private PlainPayloads() {}

  public static JsonValue json(byte[] value) {
    // JSON with a schema: the text follows the header
    boolean hasHeader = value.length > WIRE_FORMAT_HEADER && value[0] == 0;
    var text = hasHeader ? Arrays.copyOfRange(value, WIRE_FORMAT_HEADER, value.length) : value;
    try {
      return Json.parse(text);
    } catch (JsonSyntaxException e) {
      throw new PoisonException(String.valueOf(e.getMessage()));
    }
  }

  /// A number or truth value where it reads as one, otherwise the text.
  public static JsonValue plain(byte[] value) {
    var text = text(value).strip();
    try {
      return text.isEmpty() ? new JsonString("") : Json.parse(text);
    } catch (JsonSyntaxException aText) {
      return new JsonString(text);
    }
  }

  public static String text(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new PoisonException("Not text: the bytes are not UTF-8");
    }
  }
}
