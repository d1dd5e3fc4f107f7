package io.millrace.wire.user;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.wire.http.HttpError;
import org.jspecify.annotations.Nullable;

/// Checks `retention` of a device profile or tenant: `{"days": 90, "keys": {"energy": 3650},
/// "sparedByBudget": true}`.
final class RetentionPlan {
  private static final long DAYS_MAX = 1_000_000;

  private RetentionPlan() {}

  static JsonObject checked(JsonObject in) {
    check(in);
    return in;
  }

  static void check(JsonObject in) {
    var plan = ValueKinds.object(in, "retention");
    days("retention.days", plan.get("days"));
    ValueKinds.object(plan, "keys").forEach((key, days) -> days("retention.keys." + key, days));
    if (plan.get("sparedByBudget") != null
        && !(plan.get("sparedByBudget") instanceof JsonBoolean)) {
      throw HttpError.badField("retention.sparedByBudget", "is neither true nor false");
    }
  }

  private static void days(String name, @Nullable JsonValue value) {
    if (value != null && (!(value instanceof JsonLong(long days)) || days < 0 || days > DAYS_MAX)) {
      throw HttpError.badField(
          name, "is %s, not 0 (for ever) to %d whole days".formatted(value, DAYS_MAX));
    }
  }
}
