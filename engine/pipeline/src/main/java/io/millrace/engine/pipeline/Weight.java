package io.millrace.engine.pipeline;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import java.util.List;

/// Roughly what a value holds of the heap, so that queues can be bounded in bytes.
final class Weight {
  private static final long MESSAGE_BYTES = 128;
  private static final long OBJECT_BYTES = 64;
  private static final long MEMBER_BYTES = 32;

  private Weight() {}

  static long of(List<TelemetryRow> rows) {
    long sum = MESSAGE_BYTES;
    for (int i = 0; i < rows.size(); i++) {
      sum += of(rows.get(i).values());
    }
    return sum;
  }

  static long of(JsonValue value) {
    return switch (value) {
      case JsonObject object -> of(object);
      case JsonArray array -> array.values().stream().mapToLong(Weight::of).sum() + OBJECT_BYTES;
      case JsonString text -> text.value().length() + OBJECT_BYTES;
      case JsonLong _, JsonDouble _ -> 16;
      case JsonBoolean _, JsonNull _ -> 0;
    };
  }

  private static long of(JsonObject object) {
    long sum = OBJECT_BYTES;
    for (int i = 0; i < object.size(); i++) {
      sum += MEMBER_BYTES + object.name(i).length() + of(object.value(i));
    }
    return sum;
  }
}
