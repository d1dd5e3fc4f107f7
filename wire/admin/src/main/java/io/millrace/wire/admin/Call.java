package io.millrace.wire.admin;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.engine.access.Caller;
import io.millrace.wire.http.HttpError;
import io.millrace.wire.mqtt.BrokerView;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One request of an operator: parameters and body, faults named.
record Call(RoutingContext context, Caller caller, Config config) {
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

  String required(String name) {
    return query(name)
        .orElseThrow(
            () -> HttpError.badRequest("Required request parameter '" + name + "' is not present"));
  }

  long number(String name, long fallback, long min, long max) {
    var text = query(name);
    if (text.isEmpty()) {
      return fallback;
    }
    try {
      long value = Long.parseLong(text.get());
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw HttpError.badField(
        name, "is '%s', not a whole number from %d to %d".formatted(text.get(), min, max));
  }

  int pageSize() {
    return (int) number("pageSize", Math.min(100, config.pageRowsMax()), 1, config.pageRowsMax());
  }

  /// ThingsBoard's page parameters, with defaults.
  BrokerView.Query page() {
    int size = pageSize();
    long page = number("page", 0, 0, Integer.MAX_VALUE / size);
    return new BrokerView.Query(query("textSearch").orElse(""), owner(), (int) (page * size), size);
  }

  /// Of whom the caller may see clients: an administrator of a tenant sees its own devices and
  /// those clients that are nobody's.
  String owner() {
    return caller.isSystemAdministrator() ? "" : caller.tenantId().id().toString();
  }

  JsonObject body() {
    var buffer = context.body().buffer();
    if (buffer == null || buffer.length() == 0) {
      throw HttpError.badRequest("The request has no body; send a JSON object");
    }
    if (Json.parse(buffer.getBytes()) instanceof JsonObject object) {
      return object;
    }
    throw HttpError.badRequest("The body is not a JSON object");
  }
}
