package io.millrace.store.realtime;

import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;

/// What a `{".sv": …}` becomes when it is written.
final class ServerValue {
  static final String NAME = ".sv";

  private ServerValue() {}

  /// The number that stands for `object`, an object with the member `.sv`.
  ///
  /// @param existing what stands at the place until now
  static JsonValue resolve(JsonObject object, Node existing, long nowMs) {
    return switch (object.get(NAME)) {
      case JsonString(var name) when name.equals("timestamp") -> new JsonLong(nowMs);
      case JsonObject call when call.get("increment") instanceof JsonLong by -> sum(existing, by);
      case JsonObject call when call.get("increment") instanceof JsonDouble by -> sum(existing, by);
      case null, default ->
          throw BadDataException.data(
              "Invalid data; "
                  + object
                  + " is not a server value: known are"
                  + " {\".sv\": \"timestamp\"} and {\".sv\": {\"increment\": NUMBER}}");
    };
  }

  private static JsonValue sum(Node existing, JsonValue by) {
    if (!(existing instanceof Leaf leaf) || !Numbers.isNumber(leaf.value())) {
      return Leaf.canonical(by); // RTDB: anything but a number counts as 0
    }
    if (leaf.value() instanceof JsonLong(var a) && by instanceof JsonLong(var b)) {
      long sum = a + b;
      if (((a ^ sum) & (b ^ sum)) >= 0) {
        return new JsonLong(sum);
      }
    }
    double sum = Numbers.asDouble(leaf.value()) + Numbers.asDouble(by);
    if (!Double.isFinite(sum)) {
      throw BadDataException.data("Invalid data; the incremented number is too large");
    }
    return Leaf.canonical(new JsonDouble(sum));
  }
}
