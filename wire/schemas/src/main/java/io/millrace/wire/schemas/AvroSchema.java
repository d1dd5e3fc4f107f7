package io.millrace.wire.schemas;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.json.JsonValue;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads Avro schemas, as the Avro 1.12 specification has them.
final class AvroSchema {
  private final Map<String, AvroType> named = new HashMap<>();

  private AvroSchema() {}

  /// The type that a schema describes.
  ///
  /// @param references schemas that it names types of, those that need others last
  /// @throws PoisonException when it is none
  static AvroType parse(String schema, List<String> references) {
    var parser = new AvroSchema();
    try {
      references.forEach(reference -> parser.type(Json.parse(reference), ""));
      return parser.type(Json.parse(schema), "");
    } catch (JsonSyntaxException e) {
      throw new PoisonException("The schema is not JSON: " + e.getMessage());
    }
  }

  private AvroType type(JsonValue schema, String namespace) {
    return switch (schema) {
      case JsonString(var name) -> byName(name, namespace);
      case JsonArray branches ->
          new AvroType.Union(
              branches.values().stream().map(branch -> type(branch, namespace)).toList());
      case JsonObject object -> described(object, namespace);
      default -> throw new PoisonException("%s is no Avro type".formatted(schema));
    };
  }

  private AvroType byName(String name, String namespace) {
    for (var kind : AvroType.Kind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(name)) {
        return new AvroType.Primitive(kind);
      }
    }
    var found = named.get(fullName(name, namespace));
    if (found == null) {
      found = named.get(name);
    }
    if (found == null) {
      throw new PoisonException("The schema has no type called " + name);
    }
    return found;
  }

  private AvroType described(JsonObject schema, String outer) {
    var kind = required(schema, "type");
    return kind instanceof JsonString ? described(kind.asText(), schema, outer) : type(kind, outer);
  }

  private AvroType described(String kind, JsonObject schema, String outer) {
    return switch (kind) {
      case "record", "error" -> composite(schema, outer);
      case "enum" -> name(schema, outer, new AvroType.Symbols(texts(schema, "symbols")));
      case "fixed" -> name(schema, outer, fixed(schema));
      case "array" -> new AvroType.Items(type(required(schema, "items"), outer));
      case "map" -> new AvroType.Values(type(required(schema, "values"), outer));
      case "bytes" ->
          isDecimal(schema)
              ? new AvroType.Decimal(number(schema, "scale"), -1)
              : new AvroType.Primitive(AvroType.Kind.BYTES);
      default -> byName(kind, outer);
    };
  }

  private AvroType composite(JsonObject schema, String outer) {
    var composite = new AvroType.Composite(schema.text("name", ""));
    name(schema, outer, composite);
    if (required(schema, "fields") instanceof JsonArray fields) {
      for (var field : fields.values()) {
        if (field instanceof JsonObject object) {
          composite
              .fields()
              .add(
                  new AvroType.Field(
                      object.text("name", ""),
                      type(required(object, "type"), namespace(schema, outer))));
        }
      }
    }
    return composite;
  }

  private static AvroType fixed(JsonObject schema) {
    int size = number(schema, "size");
    return isDecimal(schema)
        ? new AvroType.Decimal(number(schema, "scale"), size)
        : new AvroType.Fixed(size);
  }

  private AvroType name(JsonObject schema, String outer, AvroType type) {
    named.put(fullName(schema.text("name", ""), namespace(schema, outer)), type);
    return type;
  }

  private static String namespace(JsonObject schema, String outer) {
    var name = schema.text("name", "");
    int dot = name.lastIndexOf('.');
    return dot >= 0 ? name.substring(0, dot) : schema.text("namespace", outer);
  }

  private static String fullName(String name, String namespace) {
    return name.contains(".") || namespace.isEmpty() ? name : namespace + "." + name;
  }

  private static boolean isDecimal(JsonObject schema) {
    return schema.text("logicalType", "").equals("decimal");
  }

  private static int number(JsonObject schema, String name) {
    return schema.get(name) instanceof JsonLong(long value) && value >= 0 && value < 1 << 24
        ? (int) value
        : 0;
  }

  private static List<String> texts(JsonObject schema, String name) {
    return schema.get(name) instanceof JsonArray list
        ? list.values().stream().map(JsonValue::asText).toList()
        : List.of();
  }

  private static JsonValue required(JsonObject schema, String name) {
    @Nullable JsonValue value = schema.get(name);
    if (value == null) {
      throw new PoisonException("The schema's part %s has no %s".formatted(schema, name));
    }
    return value;
  }
}
