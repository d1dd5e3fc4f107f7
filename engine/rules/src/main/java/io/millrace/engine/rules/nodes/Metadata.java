package io.millrace.engine.rules.nodes;

import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;

/// What a script made of a message's metadata.
final class Metadata {
  private Metadata() {}

  /// Metadata are texts: other values are written as such, null ones left out.
  static JsonObject texts(JsonObject values) {
    for (int i = 0; i < values.size(); i++) {
      if (!(values.value(i) instanceof JsonString)) {
        return converted(values);
      }
    }
    return values;
  }

  private static JsonObject converted(JsonObject values) {
    var texts = JsonObject.builder();
    values.forEach(
        (name, value) -> {
          if (value != JsonNull.NULL) {
            texts.put(name, value.asText());
          }
        });
    return texts.build();
  }
}
