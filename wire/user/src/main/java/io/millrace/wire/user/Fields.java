package io.millrace.wire.user;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.store.entities.EntityStore;
import io.millrace.wire.http.HttpError;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The fields of a body; a field that is missing or of the wrong kind is said by its name.
record Fields(JsonObject json) {
  private static final int TEXT_LENGTH_MAX = 255;

  /// A text of 1 to 255 characters.
  String text(String name) {
    var text = optionalText(name).map(String::strip).orElse("");
    if (text.isEmpty()) {
      throw HttpError.badField(name, "should be specified!");
    }
    if (text.length() > TEXT_LENGTH_MAX) {
      throw HttpError.badField(
          name, "has %d characters; at most %d".formatted(text.length(), TEXT_LENGTH_MAX));
    }
    return text;
  }

  String text(String name, String fallback) {
    return isAbsent(name) ? fallback : optionalText(name).orElse(fallback);
  }

  Optional<String> optionalText(String name) {
    return switch (json.get(name)) {
      case JsonString(var text) -> Optional.of(text);
      case JsonNull _ -> Optional.empty();
      case null -> Optional.empty();
      default -> throw HttpError.badField(name, "is not a string");
    };
  }

  boolean flag(String name, boolean fallback) {
    return switch (json.get(name)) {
      case JsonBoolean flag -> flag.value();
      case JsonNull _ -> fallback;
      case null -> fallback;
      default -> throw HttpError.badField(name, "is neither true nor false");
    };
  }

  OptionalLong number(String name) {
    return switch (json.get(name)) {
      case JsonLong(long number) -> OptionalLong.of(number);
      case JsonNull _ -> OptionalLong.empty();
      case null -> OptionalLong.empty();
      default -> throw HttpError.badField(name, "is not a whole number");
    };
  }

  JsonObject object(String name, JsonObject fallback) {
    return switch (json.get(name)) {
      case JsonObject object -> object;
      case JsonNull _ -> fallback;
      case null -> fallback;
      default -> throw HttpError.badField(name, "is not an object");
    };
  }

  /// A reference as `{"entityType":…,"id":…}`; ThingsBoard's null UUID counts as none.
  Optional<EntityId> id(String name, EntityType type) {
    @Nullable JsonValue value = json.get(name);
    if (value == null || value instanceof JsonNull) {
      return Optional.empty();
    }
    if (!(value instanceof JsonObject id)) {
      throw HttpError.badField(name, "is not an object with entityType and id");
    }
    if (!id.text("entityType", type.name()).equals(type.name())) {
      throw HttpError.badField(name, "is not of type " + type);
    }
    var uuid = Request.uuid(name + ".id", id.text("id", ""));
    return uuid.equals(EntityStore.SYSTEM_TENANT.id())
        ? Optional.empty()
        : Optional.of(new EntityId(type, uuid));
  }

  boolean isAbsent(String name) {
    var value = json.get(name);
    return value == null || value instanceof JsonNull;
  }
}
