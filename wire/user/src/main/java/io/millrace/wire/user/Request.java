package io.millrace.wire.user;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.store.entities.PageLink;
import io.millrace.wire.http.HttpError;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One request's parameters and body; whatever is wrong with one of them is said by its name.
record Request(RoutingContext context) implements RangeRequest.Parameters {

  String path(String name) {
    @Nullable String value = context.pathParam(name);
    if (value == null) {
      throw new IllegalStateException("The route has no parameter " + name);
    }
    return value;
  }

  long pathNumber(String name) {
    return number(name, path(name));
  }

  UUID uuid(String name) {
    return uuid(name, path(name));
  }

  EntityId id(String name, EntityType type) {
    return new EntityId(type, uuid(name));
  }

  /// The entity of a path with `{entityType}/{entityId}`.
  EntityId entity() {
    return new EntityId(
        choice("entityType", EntityType.class, path("entityType")), uuid("entityId"));
  }

  Optional<String> query(String name) {
    @Nullable String value = context.request().getParam(name);
    return value == null || value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  @Override
  public Optional<String> text(String name) {
    return query(name);
  }

  String required(String name) {
    return query(name)
        .orElseThrow(
            () -> HttpError.badRequest("Required request parameter '" + name + "' is not present"));
  }

  OptionalLong number(String name) {
    return query(name)
        .map(text -> OptionalLong.of(number(name, text)))
        .orElseGet(OptionalLong::empty);
  }

  @Override
  public long number(String name, long fallback) {
    return number(name).orElse(fallback);
  }

  boolean flag(String name, boolean fallback) {
    return query(name).map(Boolean::parseBoolean).orElse(fallback);
  }

  /// A comma-separated list; empty when absent.
  List<String> list(String name) {
    return query(name)
        .map(
            text ->
                Arrays.stream(text.split(","))
                    .map(String::strip)
                    .filter(t -> !t.isEmpty())
                    .toList())
        .orElseGet(List::of);
  }

  <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
    return query(name).map(text -> choice(name, type, text));
  }

  <E extends Enum<E>> List<E> choices(String name, Class<E> type) {
    return list(name).stream().map(text -> choice(name, type, text)).toList();
  }

  static <E extends Enum<E>> E choice(String name, Class<E> type, String text) {
    try {
      return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw HttpError.badField(
          name, "is '%s', not one of %s".formatted(text, Arrays.toString(type.getEnumConstants())));
    }
  }

  /// ThingsBoard's page parameters; `pageSize` and `page` are required.
  PageLink pageLink() {
    long size = number("pageSize", required("pageSize"));
    long page = number("page", required("page"));
    if (size < 1 || size > PageLink.PAGE_SIZE_MAX) {
      throw HttpError.badField(
          "pageSize", "is %d, not 1 to %d".formatted(size, PageLink.PAGE_SIZE_MAX));
    }
    if (page < 0 || page > Integer.MAX_VALUE) {
      throw HttpError.badField("page", "is %d; pages count from 0".formatted(page));
    }
    return new PageLink(
        (int) size,
        (int) page,
        query("textSearch").orElse(""),
        query("sortProperty").orElse("createdTime"),
        isAscending());
  }

  boolean isAscending() {
    return query("sortOrder").map(order -> order.equalsIgnoreCase("ASC")).orElse(false);
  }

  JsonValue bodyValue() {
    var buffer = context.body().buffer();
    if (buffer == null || buffer.length() == 0) {
      throw HttpError.badRequest("The request has no body; send JSON");
    }
    return Json.parse(buffer.getBytes());
  }

  JsonObject bodyObject() {
    if (bodyValue() instanceof JsonObject object) {
      return object;
    }
    throw HttpError.badRequest("The body is not a JSON object");
  }

  Fields body() {
    return new Fields(bodyObject());
  }

  /// Where the request comes from, without the port.
  String address() {
    var address = context.request().remoteAddress();
    return address == null ? "" : address.hostAddress();
  }

  static UUID uuid(String name, String text) {
    try {
      if (text.length() == 36) {
        return UUID.fromString(text);
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw HttpError.badField(name, "is '%s', not a UUID".formatted(text));
  }

  static long number(String name, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw HttpError.badField(name, "is '%s', not a whole number".formatted(text));
    }
  }
}
