package io.millrace.wire.kafka;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.wire.http.HttpError;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One request's parameters and body; whatever is wrong with one of them is said by its name.
record KafkaRequest(RoutingContext context) {

  String path(String name) {
    @Nullable String value = context.pathParam(name);
    if (value == null) {
      throw new IllegalStateException("The route has no parameter " + name);
    }
    return value;
  }

  Optional<String> query(String name) {
    @Nullable String value = context.request().getParam(name);
    return value == null || value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  OptionalLong number(String name) {
    var text = query(name);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text.get()));
    } catch (NumberFormatException e) {
      throw HttpError.badField(name, "is '%s', not a whole number".formatted(text.get()));
    }
  }

  /// @throws HttpError when it is outside of the limits
  int number(String name, int fallback, int min, int max) {
    long value = number(name).orElse(fallback);
    return within(name, value, min, max);
  }

  boolean flag(String name) {
    return query(name).map(Boolean::parseBoolean).orElse(false);
  }

  JsonObject body() {
    if (bodyValue() instanceof JsonObject object) {
      return object;
    }
    throw HttpError.badRequest("The body is not a JSON object");
  }

  boolean hasBody() {
    var buffer = context.body().buffer();
    return buffer != null && buffer.length() > 0;
  }

  JsonValue bodyValue() {
    var buffer = context.body().buffer();
    if (buffer == null || buffer.length() == 0) {
      throw HttpError.badRequest("The request has no body; send JSON");
    }
    return Json.parse(buffer.getBytes());
  }

  /// A whole number in a body.
  static OptionalLong number(JsonObject body, String name) {
    var value = body.get(name);
    if (value == null || value == io.millrace.base.json.JsonNull.NULL) {
      return OptionalLong.empty();
    }
    if (value instanceof JsonLong(long number)) {
      return OptionalLong.of(number);
    }
    throw HttpError.badField(name, "is %s, not a whole number".formatted(value));
  }

  static int within(String name, long value, int min, int max) {
    if (value < min || value > max) {
      throw HttpError.badField(name, "is %d, not %d to %d".formatted(value, min, max));
    }
    return (int) value;
  }
}
