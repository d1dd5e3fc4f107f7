package io.millrace.engine.rules.nodes;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.engine.rules.RuleMessage;

/// Which part of a message a node works on; ThingsBoard's names.
enum KeySource {
  DATA,
  METADATA;

  /// The part as an object; a body that is none is empty.
  JsonObject of(RuleMessage message) {
    return this == METADATA
        ? message.metadata()
        : message.body() instanceof JsonObject body ? body : JsonObject.EMPTY;
  }

  /// The message with that part replaced; in metadata every value becomes text.
  RuleMessage with(RuleMessage message, JsonObject part) {
    return this == METADATA ? message.withMetadata(texts(part)) : message.withBody(part);
  }

  /// The message with these members added to the part.
  ///
  /// @throws IllegalArgumentException when the body is to take them and is not an object
  RuleMessage add(RuleMessage message, JsonObject members) {
    if (this == DATA && !(message.body() instanceof JsonObject)) {
      throw new IllegalArgumentException(
          "The body %s is not an object, so nothing can be added to it.".formatted(message.body()));
    }
    var part = of(message).toBuilder();
    members.forEach(part::put);
    return with(message, part.build());
  }

  /// Configurations of version 0 say `fromMetadata`, those of version 1 may use `old`.
  static JsonObject upgrade(JsonObject configuration, String name, String old) {
    if (configuration.has(name)) {
      return configuration;
    }
    var before = configuration.get(old);
    if (before == null) {
      before = configuration.get("fromMetadata");
    }
    if (before == null) {
      return configuration;
    }
    boolean isMetadata = before.asText().equals("true") || before.asText().equals(METADATA.name());
    return configuration.with(name, new JsonString((isMetadata ? METADATA : DATA).name()));
  }

  private static JsonObject texts(JsonObject values) {
    var texts = JsonObject.builder();
    values.forEach((name, value) -> texts.put(name, value.asText()));
    return texts.build();
  }
}
