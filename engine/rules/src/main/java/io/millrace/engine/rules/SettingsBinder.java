package io.millrace.engine.rules;

import io.millrace.base.config.Default;
import io.millrace.base.config.Limit;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Node settings: from configuration JSON to a record.
///
/// A member that is absent or null takes its `@Default`; without one it is empty, 0 or false.
/// Members that the record does not know are left alone. A text is taken for a number or a truth
/// value where it reads as one, because older ThingsBoard versions exported such.
public final class SettingsBinder {
  private SettingsBinder() {}

  /// The settings that the JSON gives.
  ///
  /// @throws IllegalArgumentException naming the member that cannot be taken
  public static <S extends Record> S bind(Class<S> type, JsonObject json) {
    var components = type.getRecordComponents();
    var values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] = member(components[i], json);
    }
    return make(type, components, values);
  }

  private static Object member(RecordComponent component, JsonObject json) {
    var value = json.get(component.getName());
    var given = value == null || value == JsonNull.NULL ? fallback(component) : value;
    try {
      var converted = convert(component.getGenericType(), given);
      check(component, converted);
      return converted;
    } catch (NotBuiltException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Setting %s=%s: %s".formatted(component.getName(), given, e.getMessage()), e);
    }
  }

  private static void check(RecordComponent component, Object value) {
    var limit = component.getAnnotation(Limit.class);
    if (limit != null
        && value instanceof Number number
        && (number.doubleValue() < limit.min() || number.doubleValue() > limit.max())) {
      throw new IllegalArgumentException(
          "this must be %d to %d.".formatted(limit.min(), limit.max()));
    }
  }

  private static @Nullable JsonValue fallback(RecordComponent component) {
    var annotation = component.getAnnotation(Default.class);
    if (annotation == null) {
      return null;
    }
    return List.class.isAssignableFrom(component.getType())
        ? words(annotation.value())
        : new JsonString(annotation.value());
  }

  private static JsonArray words(String list) {
    return new JsonArray(
        Arrays.stream(list.split(","))
            .map(String::strip)
            .filter(word -> !word.isEmpty())
            .<JsonValue>map(JsonString::new)
            .toList());
  }

  private static Object convert(Type type, @Nullable JsonValue value) {
    if (type instanceof ParameterizedType generic) {
      var arguments = generic.getActualTypeArguments();
      return generic.getRawType() == Map.class
          ? map(arguments[1], value)
          : list(arguments[0], value);
    }
    return convert((Class<?>) type, value);
  }

  private static Object convert(Class<?> type, @Nullable JsonValue value) {
    if (type == String.class) {
      return value == null ? "" : value.asText();
    } else if (type == int.class) {
      return Math.toIntExact(whole(value));
    } else if (type == long.class) {
      return whole(value);
    } else if (type == double.class) {
      return number(value);
    } else if (type == boolean.class) {
      return truth(value);
    } else if (type == JsonObject.class) {
      return value instanceof JsonObject object ? object : JsonObject.EMPTY;
    } else if (type == JsonValue.class) {
      return value == null ? JsonNull.NULL : value;
    } else if (type.isEnum()) {
      return word(type, value);
    } else if (type.isRecord()) {
      return record(type, value);
    }
    throw new IllegalStateException("A node setting cannot be a " + type);
  }

  private static long whole(@Nullable JsonValue value) {
    return switch (value) {
      case null -> 0;
      case JsonLong(long number) -> number;
      case JsonDouble(double number) when number == Math.rint(number) -> (long) number;
      case JsonString(var text) when text.isBlank() -> 0;
      case JsonString(var text) -> parse(text, Long::parseLong, "a whole number");
      default -> throw new IllegalArgumentException("this must be a whole number.");
    };
  }

  private static double number(@Nullable JsonValue value) {
    return switch (value) {
      case null -> 0;
      case JsonLong(long number) -> number;
      case JsonDouble(double number) -> number;
      case JsonString(var text) when text.isBlank() -> 0;
      case JsonString(var text) -> parse(text, Double::parseDouble, "a number");
      default -> throw new IllegalArgumentException("this must be a number.");
    };
  }

  private static boolean truth(@Nullable JsonValue value) {
    return switch (value) {
      case null -> false;
      case JsonBoolean literal -> literal.value();
      case JsonString(var text) when text.isBlank() || text.equalsIgnoreCase("false") -> false;
      case JsonString(var text) when text.equalsIgnoreCase("true") -> true;
      default -> throw new IllegalArgumentException("this must be true or false.");
    };
  }

  private static <T> T parse(String text, java.util.function.Function<String, T> parser, String a) {
    try {
      return parser.apply(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("this must be %s.".formatted(a), e);
    }
  }

  private static Object word(Class<?> type, @Nullable JsonValue value) {
    var constants = type.getEnumConstants();
    for (var constant : constants) {
      if (value != null && ((Enum<?>) constant).name().equals(value.asText())) {
        return constant;
      }
    }
    throw new IllegalArgumentException("choose one of " + Arrays.toString(constants) + ".");
  }

  private static Object record(Class<?> type, @Nullable JsonValue value) {
    if (value != null && !(value instanceof JsonObject)) {
      throw new IllegalArgumentException("this must be an object.");
    }
    var object = value instanceof JsonObject given ? given : JsonObject.EMPTY;
    return bind(type.asSubclass(Record.class), object);
  }

  private static List<Object> list(Type element, @Nullable JsonValue value) {
    var elements = new ArrayList<>();
    if (value instanceof JsonArray array) {
      array.values().forEach(each -> elements.add(convert(element, each)));
    } else if (value != null) {
      throw new IllegalArgumentException("this must be a list.");
    }
    return List.copyOf(elements);
  }

  private static Map<String, Object> map(Type element, @Nullable JsonValue value) {
    var members = new LinkedHashMap<String, Object>();
    if (value instanceof JsonObject object) {
      object.forEach((name, each) -> members.put(name, convert(element, each)));
    } else if (value != null) {
      throw new IllegalArgumentException("this must be an object.");
    }
    return members;
  }

  private static <S extends Record> S make(
      Class<S> type, RecordComponent[] components, Object[] values) {
    var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw refused;
      }
      throw new IllegalStateException("Settings " + type + " cannot be made", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Settings " + type + " cannot be made", e);
    }
  }
}
