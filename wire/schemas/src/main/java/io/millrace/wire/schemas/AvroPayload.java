package io.millrace.wire.schemas;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;

/// Avro's binary encoding as JSON; bytes become base64, NaN and infinities null.
final class AvroPayload {
  private static final int DEPTH_MAX = 64;
  private static final int ITEMS_MAX = 1_000_000; // an array of nulls needs no bytes
  private final ByteReader in;
  private int items;

  private AvroPayload(ByteReader in) {
    this.in = in;
  }

  /// @throws PoisonException when the bytes are not of that type
  static JsonValue read(AvroType type, ByteReader in) {
    var value = new AvroPayload(in).value(type, 0);
    if (!in.isAtEnd()) {
      throw new PoisonException("%d bytes are left after the value".formatted(in.left()));
    }
    return value;
  }

  private JsonValue value(AvroType type, int depth) {
    if (depth > DEPTH_MAX) {
      throw new PoisonException("The value is nested more than %d deep".formatted(DEPTH_MAX));
    }
    return switch (type) {
      case AvroType.Primitive(var kind) -> primitive(kind);
      case AvroType.Decimal(int scale, int size) -> decimal(scale, size);
      case AvroType.Composite composite -> composite(composite, depth);
      case AvroType.Symbols(var symbols) -> new JsonString(symbols.get(index(symbols.size())));
      case AvroType.Items(var item) -> array(item, depth);
      case AvroType.Values(var each) -> map(each, depth);
      case AvroType.Union(var branches) -> value(branches.get(index(branches.size())), depth + 1);
      case AvroType.Fixed(int size) -> base64(in.take(size));
    };
  }

  private JsonValue primitive(AvroType.Kind kind) {
    return switch (kind) {
      case NULL -> JsonNull.NULL;
      case BOOLEAN -> JsonBoolean.of(in.next() != 0);
      case INT, LONG -> new JsonLong(in.zigzag());
      case FLOAT -> number(Float.intBitsToFloat(in.fixed32()));
      case DOUBLE -> number(Double.longBitsToDouble(in.fixed64()));
      case BYTES -> base64(in.take(in.zigzag()));
      case STRING -> new JsonString(PlainPayloads.text(in.take(in.zigzag())));
    };
  }

  private JsonValue decimal(int scale, int size) {
    var bytes = in.take(size < 0 ? in.zigzag() : size);
    return bytes.length == 0
        ? new JsonLong(0)
        : number(new BigDecimal(new BigInteger(bytes), scale).doubleValue());
  }

  private JsonObject composite(AvroType.Composite composite, int depth) {
    var object = JsonObject.builder();
    for (var field : composite.fields()) {
      object.put(field.name(), value(field.type(), depth + 1));
    }
    return object.build();
  }

  private JsonArray array(AvroType item, int depth) {
    var values = new ArrayList<JsonValue>();
    for (long count = block(); count != 0; count = block()) {
      for (long i = 0; i < count; i++) {
        values.add(value(item, depth + 1));
      }
    }
    return new JsonArray(values);
  }

  private JsonObject map(AvroType each, int depth) {
    var object = JsonObject.builder();
    for (long count = block(); count != 0; count = block()) {
      for (long i = 0; i < count; i++) {
        var key = PlainPayloads.text(in.take(in.zigzag()));
        object.put(key, value(each, depth + 1));
      }
    }
    return object.build();
  }

  /// How many items follow; a negative count has the block's size behind it.
  private long block() {
    long count = in.zigzag();
    if (count < 0) {
      in.zigzag();
      count = -count;
    }
    if (count < 0 || count > ITEMS_MAX - items) {
      throw new PoisonException("The value has more than %d items".formatted(ITEMS_MAX));
    }
    items += (int) count;
    return count;
  }

  private int index(int size) {
    long index = in.zigzag();
    if (index < 0 || index >= size) {
      throw new PoisonException("Choice %d of %d is none".formatted(index, size));
    }
    return (int) index;
  }

  static JsonValue number(double value) {
    return Double.isFinite(value) ? new JsonDouble(value) : JsonNull.NULL;
  }

  static JsonString base64(byte[] bytes) {
    return new JsonString(Base64.getEncoder().encodeToString(bytes));
  }
}
