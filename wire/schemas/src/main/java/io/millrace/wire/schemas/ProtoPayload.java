package io.millrace.wire.schemas;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Protobuf's binary encoding as JSON: members by the names in the schema, bytes as base64, values
/// that proto3 leaves out as zero.
final class ProtoPayload {
  private static final int DEPTH_MAX = 64;
  private final ProtoFile file;

  ProtoPayload(ProtoFile file) {
    this.file = file;
  }

  /// A value in Confluent's format: the path of the message, then the message.
  JsonValue read(ByteReader in) {
    var path = new ArrayList<Integer>();
    long count = in.zigzag();
    for (long i = 0; i < count && i < DEPTH_MAX; i++) {
      path.add((int) in.zigzag());
    }
    return message(file.at(count == 0 ? List.of(0) : path), in, 0);
  }

  private JsonObject message(ProtoFile.Message type, ByteReader in, int depth) {
    if (depth > DEPTH_MAX) {
      throw new PoisonException("The value is nested more than %d deep".formatted(DEPTH_MAX));
    }
    var values = new LinkedHashMap<Integer, List<JsonValue>>();
    while (!in.isAtEnd()) {
      long tag = in.varint();
      var field = type.fields().get((int) (tag >>> 3));
      int wire = (int) tag & 7;
      if (field == null) {
        skip(wire, in);
        continue;
      }
      var list = values.computeIfAbsent((int) (tag >>> 3), _ -> new ArrayList<>());
      if (wire == 2 && isPackable(type, field)) {
        var packed = in.part(in.varint());
        while (!packed.isAtEnd()) {
          list.add(scalar(type, field, packed));
        }
      } else {
        list.add(wire == 2 ? delimited(type, field, in, depth) : scalar(type, field, in));
      }
    }
    return object(type, values);
  }

  private JsonObject object(ProtoFile.Message type, Map<Integer, List<JsonValue>> values) {
    var object = JsonObject.builder();
    type.fields()
        .forEach(
            (number, field) -> {
              var found = values.get(number);
              if (found != null) {
                object.put(field.name(), field.isMap() ? map(found) : shown(field, found));
              } else if (field.hasDefault()) {
                var zero = zero(type, field);
                if (zero != null) {
                  object.put(field.name(), zero);
                }
              }
            });
    return object.build();
  }

  private static JsonValue shown(ProtoFile.Field field, List<JsonValue> found) {
    return field.isRepeated() ? new JsonArray(found) : found.getLast(); // the last one wins
  }

  private static JsonObject map(List<JsonValue> entries) {
    var object = JsonObject.builder();
    for (var each : entries) {
      if (each instanceof JsonObject entry) {
        var key = entry.get("key");
        var value = entry.get("value");
        if (key != null && value != null) {
          object.put(key.asText(), value);
        }
      }
    }
    return object.build();
  }

  private boolean isPackable(ProtoFile.Message type, ProtoFile.Field field) {
    return field.isRepeated()
        && !field.type().equals("string")
        && !field.type().equals("bytes")
        && file.message(type.fullName(), field.type()).isEmpty();
  }

  private JsonValue delimited(
      ProtoFile.Message type, ProtoFile.Field field, ByteReader in, int depth) {
    long length = in.varint();
    return switch (field.type()) {
      case "string" -> new JsonString(PlainPayloads.text(in.take(length)));
      case "bytes" -> AvroPayload.base64(in.take(length));
      default ->
          message(
              file.message(type.fullName(), field.type())
                  .orElseThrow(
                      () ->
                          new PoisonException(
                              "%s.%s is not what the schema says (%s)"
                                  .formatted(type.fullName(), field.name(), field.type()))),
              in.part(length),
              depth + 1);
    };
  }

  private JsonValue scalar(ProtoFile.Message type, ProtoFile.Field field, ByteReader in) {
    return switch (field.type()) {
      case "double" -> AvroPayload.number(Double.longBitsToDouble(in.fixed64()));
      case "float" -> AvroPayload.number(Float.intBitsToFloat(in.fixed32()));
      case "int32", "int64", "uint64" -> new JsonLong(in.varint());
      case "uint32" -> new JsonLong(in.varint() & 0xffff_ffffL);
      case "sint32", "sint64" -> new JsonLong(in.zigzag());
      case "fixed32" -> new JsonLong(in.fixed32() & 0xffff_ffffL);
      case "sfixed32" -> new JsonLong(in.fixed32());
      case "fixed64", "sfixed64" -> new JsonLong(in.fixed64());
      case "bool" -> JsonBoolean.of(in.varint() != 0);
      default -> symbol(type, field, in.varint());
    };
  }

  private JsonValue symbol(ProtoFile.Message type, ProtoFile.Field field, long number) {
    var symbols = file.symbols(type.fullName(), field.type());
    if (symbols.isEmpty()) {
      throw new PoisonException(
          "%s.%s is not what the schema says (%s)"
              .formatted(type.fullName(), field.name(), field.type()));
    }
    var name = symbols.get().get(number);
    return name == null ? new JsonLong(number) : new JsonString(name);
  }

  /// What stands for a value that was not sent; null for a message.
  private @Nullable JsonValue zero(ProtoFile.Message type, ProtoFile.Field field) {
    return switch (field.type()) {
      case "string", "bytes" -> new JsonString("");
      case "bool" -> JsonBoolean.FALSE;
      case "double", "float" -> new JsonDouble(0);
      default ->
          file.message(type.fullName(), field.type()).isPresent()
              ? null
              : file.symbols(type.fullName(), field.type()).isPresent()
                  ? symbol(type, field, 0)
                  : new JsonLong(0);
    };
  }

  private static void skip(int wire, ByteReader in) {
    switch (wire) {
      case 0 -> in.varint();
      case 1 -> in.fixed64();
      case 2 -> in.take(in.varint());
      case 5 -> in.fixed32();
      default -> throw new PoisonException("Wire type %d is not known".formatted(wire));
    }
  }
}
