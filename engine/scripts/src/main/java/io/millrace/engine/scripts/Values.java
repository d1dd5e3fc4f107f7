package io.millrace.engine.scripts;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;

/// JSON as scripts see it: String, Boolean, `JsonNull.NULL`, [ScriptObject], [ScriptArray]; numbers
/// are Double in JavaScript, and Integer, Long or Double in TBEL.
final class Values {
  private static final long INDEX_MAX =
      4_294_967_294L; // ECMAScript: an array index is below 2^32-1

  private Values() {}

  static Object of(JsonValue json, boolean doubles) {
    return json instanceof JsonObject || json instanceof JsonArray
        ? container(json, doubles)
        : leaf(json, doubles);
  }

  static Object leaf(JsonValue json, boolean doubles) {
    return switch (json) {
      case JsonDouble(double number) -> number;
      case JsonLong(long number) -> doubles ? (Object) (double) number : whole(number);
      case JsonString(var text) -> text;
      case JsonBoolean truth -> truth.value();
      case JsonNull nothing -> nothing;
      case JsonObject _, JsonArray _ -> throw new IllegalArgumentException("Not a leaf: " + json);
    };
  }

  static Object whole(long number) {
    return number == (int) number ? (Object) (int) number : (Object) number;
  }

  static Thing container(JsonValue json, boolean doubles) {
    return switch (json) {
      case JsonObject object -> new ScriptObject(object, doubles);
      case JsonArray array -> new ScriptArray(array, doubles);
      default -> throw new IllegalArgumentException("Not a container: " + json);
    };
  }

  /// The array index that a key spells, or -1.
  static long arrayIndex(String key) {
    int length = key.length();
    if (length == 0 || length > 10 || (length > 1 && key.charAt(0) == '0')) {
      return -1;
    }
    long index = 0;
    for (int i = 0; i < length; i++) {
      int digit = key.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      index = index * 10 + digit;
    }
    return index <= INDEX_MAX ? index : -1;
  }
}
