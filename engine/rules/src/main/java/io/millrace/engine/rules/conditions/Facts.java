package io.millrace.engine.rules.conditions;

import io.millrace.base.json.JsonValue;
import org.jspecify.annotations.Nullable;

/// Where a condition gets its values from, at one moment.
public interface Facts {
  /// The value of that key of the originator; null when there is none.
  @Nullable JsonValue value(ConditionKey key);

  /// A server attribute of the originator's customer or tenant, or any attribute of its own; null
  /// when there is none.
  @Nullable JsonValue attribute(Owner owner, String name);

  /// Whose attribute makes a threshold.
  enum Owner {
    DEVICE,
    CUSTOMER,
    TENANT
  }
}
