package io.millrace.engine.fields;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.AttributeScope;
import io.millrace.engine.rules.ValueChange;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// One argument of a field.
///
/// @param scope of an attribute; of anything else it says nothing
/// @param fallback when there is no value; null for none
/// @param limit most points of a rolling argument
/// @param windowMs how far back a rolling argument reaches
record Argument(
    Source source,
    Kind kind,
    String key,
    AttributeScope scope,
    JsonValue fallback,
    int limit,
    long windowMs) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]+)?");

  /// ThingsBoard's argument types.
  enum Kind {
    TS_LATEST,
    ATTRIBUTE,
    TS_ROLLING
  }

  /// The latest telemetry of a key of the field's own entity.
  static Argument own(String key) {
    return new Argument(
        new Source.Own(), Kind.TS_LATEST, key, AttributeScope.SERVER_SCOPE, JsonNull.NULL, 0, 0);
  }

  /// Reads `arguments` of a configuration.
  ///
  /// @throws IllegalArgumentException saying which argument is wrong and how
  static Map<String, Argument> readAll(JsonObject configuration, Config config) {
    var json =
        configuration.get("arguments") instanceof JsonObject given ? given : JsonObject.EMPTY;
    if (json.isEmpty()) {
      throw new IllegalArgumentException("Arguments map cannot be empty.");
    }
    if (json.size() > config.argumentsMax()) {
      throw new IllegalArgumentException(
          "%d arguments; fields.argumentsMax=%d".formatted(json.size(), config.argumentsMax()));
    }
    var arguments = new LinkedHashMap<String, Argument>();
    json.forEach(
        (name, value) -> {
          checkName(name);
          try {
            arguments.put(
                name, read(value instanceof JsonObject one ? one : JsonObject.EMPTY, config));
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                "Argument '%s': %s".formatted(name, e.getMessage()), e);
          }
        });
    return Collections.unmodifiableMap(arguments);
  }

  private static void checkName(String name) {
    if (name.equals("ctx")) {
      throw new IllegalArgumentException("Argument name 'ctx' is reserved and cannot be used.");
    }
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "Argument name '%s' is not a name: letters, digits and _, no digit first."
              .formatted(name));
    }
  }

  private static Argument read(JsonObject json, Config config) {
    var ref = json.get("refEntityKey") instanceof JsonObject given ? given : JsonObject.EMPTY;
    var kind = choice(Kind.class, "refEntityKey.type", ref.text("type", ""));
    var key = ref.text("key", "");
    if (key.isBlank()) {
      throw new IllegalArgumentException("refEntityKey.key must be specified.");
    }
    var scope = AttributeScope.SERVER_SCOPE;
    if (kind == Kind.ATTRIBUTE) {
      scope = choice(AttributeScope.class, "refEntityKey.scope", ref.text("scope", ""));
    }
    return new Argument(
        Source.of(json),
        kind,
        key,
        scope,
        fallback(json.get("defaultValue") instanceof JsonString(var text) ? text : ""),
        (int) Math.min(positive(json, "limit", kind), config.rollingPointsMax()),
        positive(json, "timeWindow", kind));
  }

  private static long positive(JsonObject json, String name, Kind kind) {
    if (kind != Kind.TS_ROLLING) {
      return 0;
    }
    if (json.get(name) instanceof JsonLong(long number) && number > 0) {
      return number;
    }
    throw new IllegalArgumentException("A rolling argument needs a %s above 0.".formatted(name));
  }

  /// ThingsBoard: a default is a number or a truth value if it reads like one.
  private static JsonValue fallback(String text) {
    if (text.isEmpty()) {
      return JsonNull.NULL;
    }
    if (NUMBER.matcher(text).matches()) {
      return text.indexOf('.') < 0
          ? new JsonLong(Long.parseLong(text))
          : new JsonDouble(Double.parseDouble(text));
    }
    return switch (text) {
      case "true" -> JsonBoolean.TRUE;
      case "false" -> JsonBoolean.FALSE;
      default -> new JsonString(text);
    };
  }

  static <E extends Enum<E>> E choice(Class<E> type, String name, String text) {
    for (var each : type.getEnumConstants()) {
      if (each.name().equals(text)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "%s=\"%s\" is not one of %s."
            .formatted(name, text, java.util.Arrays.toString(type.getEnumConstants())));
  }

  /// Whether it may be one of those values, if they are of its source.
  boolean isOf(ValueChange change) {
    return switch (change) {
      case ValueChange.Telemetry telemetry ->
          kind != Kind.ATTRIBUTE
              && telemetry.points().stream().anyMatch(point -> point.key().equals(key));
      case ValueChange.Attributes attributes ->
          kind == Kind.ATTRIBUTE
              && attributes.scope() == scope
              && attributes.attributes().stream().anyMatch(each -> each.key().equals(key));
    };
  }
}
