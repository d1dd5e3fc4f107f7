package io.millrace.wire.user;

import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.store.entities.Customer;
import io.millrace.store.entities.EntityView;
import io.millrace.wire.http.HttpError;
import java.util.Optional;

/// ThingsBoard's JSON of an entity view.
final class EntityViewJson {
  private static final JsonLong ZERO = new JsonLong(0);

  private EntityViewJson() {}

  static JsonObject of(EntityView view) {
    return JsonObject.builder()
        .put("id", EntityJson.id(view.id()))
        .put("createdTime", view.createdTime())
        .put("tenantId", EntityJson.id(view.tenantId()))
        .put("customerId", EntityJson.customer(view.customerId()))
        .put("name", view.name())
        .put("type", view.type())
        .put("entityId", EntityJson.id(view.target()))
        .put("keys", member(view, "keys", JsonNull.NULL))
        .put("startTimeMs", member(view, "startTimeMs", ZERO))
        .put("endTimeMs", member(view, "endTimeMs", ZERO))
        .put("additionalInfo", member(view, "additionalInfo", JsonNull.NULL))
        .put("externalId", JsonNull.NULL)
        .put("version", view.version())
        .build();
  }

  /// EntityViewInfo: what a list shows beside the view itself.
  static JsonObject info(EntityView view, Optional<Customer> customer) {
    return of(view).toBuilder()
        .put("customerTitle", EntityJson.textOrNull(customer.map(Customer::title).orElse("")))
        .put("customerIsPublic", customer.map(Customer::isPublic).orElse(false))
        .build();
  }

  /// What is kept of a body: the keys and the time; what it leaves out stays.
  static JsonObject details(JsonObject before, Fields body) {
    long start = body.number("startTimeMs").orElse(0);
    long end = body.number("endTimeMs").orElse(0);
    if (end > 0 && start > end) {
      throw HttpError.badField(
          "startTimeMs",
          "is %d, after endTimeMs %d; a view ends after it begins".formatted(start, end));
    }
    body.object("keys", JsonObject.EMPTY);
    var details = before;
    for (var name : new String[] {"keys", "startTimeMs", "endTimeMs", "additionalInfo"}) {
      var value = body.json().get(name);
      if (value != null) {
        details = details.with(name, value);
      }
    }
    return details;
  }

  private static JsonValue member(EntityView view, String name, JsonValue absent) {
    var value = view.details().get(name);
    return value == null ? absent : value;
  }
}
