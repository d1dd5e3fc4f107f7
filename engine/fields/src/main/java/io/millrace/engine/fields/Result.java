package io.millrace.engine.fields;

import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;

/// Values that a field gives to an entity.
///
/// @param ts their time; [#NOW] for that of saving
/// @param values an object of values, or a list of `{ts, values}`
record Result(EntityId target, long ts, JsonValue values) {
  static final long NOW = -1;
}
