package io.millrace.wire.kafka;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// A record as pages see it: JSON as JSON, also what has a schema, text as text,
/// anything else as Base64.
final class RecordJson {
  private RecordJson() {}

  static JsonObject of(ConsumerRecord<byte[], byte[]> record, SchemaValues schemas) {
    return of(record, Integer.MAX_VALUE, schemas);
  }

  /// @param valueBytesMax a longer value comes as its first bytes, marked `"truncated": true`
  static JsonObject of(
      ConsumerRecord<byte[], byte[]> record, int valueBytesMax, SchemaValues schemas) {
    var json =
        JsonObject.builder()
            .put("topic", record.topic())
            .put("partition", record.partition())
            .put("offset", record.offset())
            .put("timestamp", record.timestamp())
            .put(
                "key",
                record.key() == null ? JsonNull.NULL : new JsonString(lenient(record.key())));
    value(record.value(), valueBytesMax, schemas, json);
    return json.put("headers", headers(record)).put("sizeBytes", size(record)).build();
  }

  static int size(ConsumerRecord<byte[], byte[]> record) {
    return Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
  }

  private static void value(
      byte @Nullable [] value, int bytesMax, SchemaValues schemas, JsonObject.Builder json) {
    if (value == null) {
      json.put("value", JsonNull.NULL).put("valueType", "null");
    } else if (value.length > bytesMax) {
      var start = new String(value, 0, bytesMax, StandardCharsets.UTF_8);
      json.put("value", start).put("valueType", "text").put("truncated", JsonBoolean.TRUE);
    } else {
      schemas
          .read(value)
          .ifPresentOrElse(
              shown -> json.put("value", shown.value()).put("valueType", shown.type()),
              () -> whole(value, json));
    }
  }

  private static void whole(byte[] value, JsonObject.Builder json) {
    try {
      json.put("value", Json.parse(value)).put("valueType", "json");
      return;
    } catch (JsonSyntaxException e) {
      // not JSON, which is nobody's fault
    }
    var text = text(value);
    if (text == null) {
      json.put("value", Base64.getEncoder().encodeToString(value)).put("valueType", "binary");
    } else {
      json.put("value", text).put("valueType", "text");
    }
  }

  private static JsonArray headers(ConsumerRecord<byte[], byte[]> record) {
    List<JsonValue> headers = new ArrayList<>();
    for (var header : record.headers()) {
      var value = header.value();
      headers.add(
          JsonObject.builder()
              .put("key", header.key())
              .put("value", value == null ? JsonNull.NULL : new JsonString(lenient(value)))
              .build());
    }
    return new JsonArray(headers);
  }

  /// Null when the bytes are not UTF-8 or hold control characters that no text has.
  static @Nullable String text(byte[] bytes) {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t')
          ? null
          : text;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static String lenient(byte[] bytes) {
    var text = text(bytes);
    return text == null ? Base64.getEncoder().encodeToString(bytes) : text;
  }
}
