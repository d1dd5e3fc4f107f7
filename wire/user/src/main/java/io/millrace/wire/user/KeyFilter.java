package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.access.Caller;
import io.millrace.wire.http.HttpError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// ThingsBoard's key filters: what the value of a key must be like.
///
/// A value that is missing passes only where the filter says what it must not be.
final class KeyFilter {
  private static final int DEPTH_MAX = 20;

  private final EntityKey key;
  private final Predicate<JsonValue> test;

  private KeyFilter(EntityKey key, Predicate<JsonValue> test) {
    this.key = key;
    this.test = test;
  }

  /// The `keyFilters` of a query, their values from elsewhere looked up for the current caller.
  static List<KeyFilter> of(JsonObject query, EntityValues values) {
    if (!(query.get("keyFilters") instanceof JsonArray list)) {
      return List.of();
    }
    var filters = new ArrayList<KeyFilter>();
    for (var each : list.values()) {
      var json = object("keyFilters", each);
      var predicate = new Predicates(values).of(object("predicate", json.get("predicate")), 0);
      filters.add(new KeyFilter(EntityKey.of(object("key", json.get("key"))), predicate));
    }
    return filters;
  }

  boolean takes(EntityRow row, EntityValues values) {
    return test.test(values.of(row, key).map(EntityValues.Value::value).orElse(JsonNull.NULL));
  }

  private static JsonObject object(String name, @Nullable JsonValue value) {
    if (value instanceof JsonObject object) {
      return object;
    }
    throw HttpError.badField(name, "is not an object");
  }

  /// Makes tests of `predicate` objects.
  private record Predicates(EntityValues values) {
    Predicate<JsonValue> of(JsonObject json, int depth) {
      if (depth > DEPTH_MAX) {
        throw HttpError.badField("predicate", "is nested deeper than " + DEPTH_MAX);
      }
      return switch (json.text("type", "").toUpperCase(Locale.ROOT)) {
        case "STRING" -> string(json);
        case "NUMERIC" -> numeric(json);
        case "BOOLEAN" -> bool(json);
        case "COMPLEX" -> complex(json, depth);
        default ->
            throw HttpError.badField(
                "predicate.type",
                "is '%s', not STRING, NUMERIC, BOOLEAN or COMPLEX"
                    .formatted(json.text("type", "")));
      };
    }

    private Predicate<JsonValue> complex(JsonObject json, int depth) {
      var parts = new ArrayList<Predicate<JsonValue>>();
      if (json.get("predicates") instanceof JsonArray list) {
        list.values().forEach(each -> parts.add(of(object("predicates", each), depth + 1)));
      }
      boolean isOr = json.text("operation", "AND").equalsIgnoreCase("OR");
      return isOr
          ? value -> parts.stream().anyMatch(part -> part.test(value))
          : value -> parts.stream().allMatch(part -> part.test(value));
    }

    private Predicate<JsonValue> string(JsonObject json) {
      boolean ignoresCase = json.get("ignoreCase") == JsonBoolean.TRUE;
      var wanted = folded(wanted(json).map(JsonValue::asText).orElse(""), ignoresCase);
      var operation = json.text("operation", "").toUpperCase(Locale.ROOT);
      var list = Arrays.stream(wanted.split(",")).map(String::strip).toList();
      return value -> {
        if (value instanceof JsonNull) {
          return operation.startsWith("NOT_");
        }
        var text = folded(value.asText(), ignoresCase);
        return switch (operation) {
          case "EQUAL" -> text.equals(wanted);
          case "NOT_EQUAL" -> !text.equals(wanted);
          case "STARTS_WITH" -> text.startsWith(wanted);
          case "ENDS_WITH" -> text.endsWith(wanted);
          case "CONTAINS" -> text.contains(wanted);
          case "NOT_CONTAINS" -> !text.contains(wanted);
          case "IN" -> list.contains(text);
          case "NOT_IN" -> !list.contains(text);
          default -> throw unknown(operation);
        };
      };
    }

    private Predicate<JsonValue> numeric(JsonObject json) {
      var given = wanted(json).orElse(new JsonLong(0));
      double wanted =
          number(given)
              .orElseThrow(
                  () ->
                      HttpError.badField(
                          "predicate.value", "is '%s', not a number".formatted(given.asText())));
      var operation = json.text("operation", "").toUpperCase(Locale.ROOT);
      return value -> {
        var found = number(value);
        if (found.isEmpty()) {
          return operation.equals("NOT_EQUAL");
        }
        int order = Double.compare(found.getAsDouble(), wanted);
        return switch (operation) {
          case "EQUAL" -> order == 0;
          case "NOT_EQUAL" -> order != 0;
          case "GREATER" -> order > 0;
          case "LESS" -> order < 0;
          case "GREATER_OR_EQUAL" -> order >= 0;
          case "LESS_OR_EQUAL" -> order <= 0;
          default -> throw unknown(operation);
        };
      };
    }

    private Predicate<JsonValue> bool(JsonObject json) {
      var wanted = wanted(json).map(JsonValue::asText).orElse("false");
      boolean isNot = json.text("operation", "EQUAL").equalsIgnoreCase("NOT_EQUAL");
      return value ->
          value instanceof JsonNull ? isNot : value.asText().equalsIgnoreCase(wanted) != isNot;
    }

    /// ThingsBoard: `userValue`, else what the dynamic value names, else `defaultValue`.
    private Optional<JsonValue> wanted(JsonObject json) {
      var value = json.get("value");
      if (!(value instanceof JsonObject choice)) {
        return Optional.ofNullable(value).filter(given -> !(given instanceof JsonNull));
      }
      return given(choice, "userValue")
          .or(() -> dynamic(choice))
          .or(() -> given(choice, "defaultValue"));
    }

    private static Optional<JsonValue> given(JsonObject choice, String name) {
      return Optional.ofNullable(choice.get(name)).filter(value -> !(value instanceof JsonNull));
    }

    private Optional<JsonValue> dynamic(JsonObject choice) {
      if (!(choice.get("dynamicValue") instanceof JsonObject dynamic)) {
        return Optional.empty();
      }
      var caller = Caller.current();
      var customer = caller.customerId();
      var key = dynamic.text("sourceAttribute", "");
      return switch (dynamic.text("sourceType", "")) {
        case "CURRENT_USER" -> values.serverAttribute(caller.userId(), key);
        case "CURRENT_CUSTOMER" ->
            customer == null ? Optional.empty() : values.serverAttribute(customer, key);
        case "CURRENT_TENANT" ->
            caller.isCustomerUser()
                ? Optional.empty()
                : values.serverAttribute(caller.tenantId(), key);
        default -> Optional.empty();
      };
    }

    private static String folded(String text, boolean ignoresCase) {
      return ignoresCase ? text.toLowerCase(Locale.ROOT) : text;
    }

    private static HttpError unknown(String operation) {
      return HttpError.badField("predicate.operation", "is '%s'".formatted(operation));
    }
  }

  static OptionalDouble number(JsonValue value) {
    return switch (value) {
      case JsonLong(long number) -> OptionalDouble.of((double) number);
      case JsonDouble(double number) -> OptionalDouble.of(number);
      case JsonBoolean flag -> OptionalDouble.of(flag.value() ? 1 : 0);
      case JsonString(var text) -> parsed(text);
      default -> OptionalDouble.empty();
    };
  }

  private static OptionalDouble parsed(String text) {
    try {
      return OptionalDouble.of(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return OptionalDouble.empty(); // a word is no number; filters on numbers pass it by
    }
  }
}
