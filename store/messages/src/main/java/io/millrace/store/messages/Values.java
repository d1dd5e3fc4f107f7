package io.millrace.store.messages;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.json.JsonValue;

/// JSON values as a tag and what it needs; reading gives exactly what was written.
final class Values {
  private static final int NULL = 0;
  private static final int FALSE = 1;
  private static final int TRUE = 2;
  private static final int WHOLE = 3;
  private static final int BITS = 4;
  private static final int HUNDREDTHS = 5;
  private static final int TEXT = 6;
  private static final int NESTED = 7;
  private static final double HUNDREDTHS_MAX = 1L << 45;

  private Values() {}

  static void write(JsonValue value, BlockOutput out) {
    switch (value) {
      case JsonDouble(var number) -> number(number, out);
      case JsonLong(var whole) -> {
        out.u8(WHOLE);
        out.zigzag(whole);
      }
      case JsonString(var text) -> {
        out.u8(TEXT);
        out.text(text);
      }
      case JsonBoolean truth -> out.u8(truth == JsonBoolean.TRUE ? TRUE : FALSE);
      case JsonNull _ -> out.u8(NULL);
      case JsonObject _, JsonArray _ -> {
        out.u8(NESTED);
        out.sized(Json.bytes(value));
      }
    }
  }

  /// Most sensors have two decimals at most; then two or three bytes do.
  private static void number(double number, BlockOutput out) {
    double scaled = Math.rint(number * 100);
    boolean isExact =
        Math.abs(scaled) < HUNDREDTHS_MAX
            && Double.doubleToRawLongBits((long) scaled / 100.0)
                == Double.doubleToRawLongBits(number); // -0.0 is another number
    if (isExact) {
      out.u8(HUNDREDTHS);
      out.zigzag((long) scaled);
    } else {
      out.u8(BITS);
      out.u64(Double.doubleToRawLongBits(number));
    }
  }

  static JsonValue read(BlockInput in) {
    int tag = in.u8();
    return switch (tag) {
      case NULL -> JsonNull.NULL;
      case FALSE -> JsonBoolean.FALSE;
      case TRUE -> JsonBoolean.TRUE;
      case WHOLE -> new JsonLong(in.zigzag());
      case BITS -> finite(Double.longBitsToDouble(in.u64()));
      case HUNDREDTHS -> new JsonDouble(in.zigzag() / 100.0);
      case TEXT -> new JsonString(in.text());
      case NESTED -> json(in.sized());
      default -> throw new DamagedBlockException("no value has tag " + tag);
    };
  }

  static JsonValue json(byte[] text) {
    try {
      return Json.parse(text);
    } catch (JsonSyntaxException e) {
      throw new DamagedBlockException(String.valueOf(e.getMessage()));
    }
  }

  private static JsonValue finite(double number) {
    if (!Double.isFinite(number)) {
      throw new DamagedBlockException("a number that JSON does not have");
    }
    return new JsonDouble(number);
  }
}
