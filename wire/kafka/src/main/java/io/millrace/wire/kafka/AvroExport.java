package io.millrace.wire.kafka;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/// Exported records in Avro, in Confluent's wire format. One thread.
///
/// Telemetry has its values as a map; alarms and events, whose shape is free, have theirs as JSON
/// text in one field.
final class AvroExport implements ExportPayload {
  static final String TELEMETRY =
      """
      {"type":"record","name":"Telemetry","namespace":"io.millrace","fields":[\
      {"name":"deviceId","type":"string"},{"name":"deviceName","type":"string"},\
      {"name":"deviceType","type":"string"},{"name":"ts","type":"long"},\
      {"name":"values","type":{"type":"map","values":["boolean","long","double","string"]}}]}\
      """;
  private static final String TEXT =
      """
      {"type":"record","name":"%s","namespace":"io.millrace","fields":[\
      {"name":"deviceName","type":"string"},{"name":"json","type":"string"}]}\
      """;

  /// Puts a schema into the registry and says its id.
  interface Registrar {
    int register(String subject, String schema);
  }

  private final Registrar registrar;
  private final ExportSettings settings;
  private final Map<ExportKind, Integer> ids = new EnumMap<>(ExportKind.class);

  AvroExport(Registrar registrar, ExportSettings settings) {
    this.registrar = registrar;
    this.settings = settings;
  }

  @Override
  public byte[] of(ExportKind kind, String json) {
    var out = new ByteArrayOutputStream(json.length());
    out.write(0);
    out.writeBytes(ByteBuffer.allocate(4).putInt(id(kind)).array());
    var object = (JsonObject) Json.parse(json);
    if (kind == ExportKind.TELEMETRY) {
      telemetry(object, out);
    } else {
      text(object.text("deviceName", ""), out);
      text(json, out);
    }
    return out.toByteArray();
  }

  private int id(ExportKind kind) {
    return ids.computeIfAbsent(
        kind,
        _ ->
            registrar.register(
                settings.topic(kind) + "-value",
                switch (kind) {
                  case TELEMETRY -> TELEMETRY;
                  case ALARM -> TEXT.formatted("Alarm");
                  case EVENT -> TEXT.formatted("Event");
                }));
  }

  private static void telemetry(JsonObject record, ByteArrayOutputStream out) {
    text(record.text("deviceId", ""), out);
    text(record.text("deviceName", ""), out);
    text(record.text("deviceType", ""), out);
    number(record.get("ts") instanceof JsonLong(long ts) ? ts : 0, out);
    if (record.get("values") instanceof JsonObject values && !values.isEmpty()) {
      number(values.size(), out);
      values.forEach(
          (key, value) -> {
            text(key, out);
            value(value, out);
          });
    }
    number(0, out); // the map's end
  }

  /// The branch of the union, then the value.
  private static void value(JsonValue value, ByteArrayOutputStream out) {
    switch (value) {
      case JsonBoolean flag -> {
        number(0, out);
        out.write(flag == JsonBoolean.TRUE ? 1 : 0);
      }
      case JsonLong(long whole) -> {
        number(1, out);
        number(whole, out);
      }
      case JsonDouble(double fraction) -> {
        number(2, out);
        var bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(fraction);
        out.writeBytes(bytes.array());
      }
      default -> {
        number(3, out);
        text(value.asText(), out);
      }
    }
  }

  private static void text(String text, ByteArrayOutputStream out) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    number(bytes.length, out);
    out.writeBytes(bytes);
  }

  private static void number(long value, ByteArrayOutputStream out) {
    long left = (value << 1) ^ (value >> 63);
    while ((left & ~0x7fL) != 0) {
      out.write((int) ((left & 0x7f) | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
  }
}
