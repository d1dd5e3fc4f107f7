package io.millrace.engine.fields;

import io.millrace.base.model.EntityId;
import io.millrace.store.entities.CalculatedField;

/// A stored field, ready to compute.
record Field(CalculatedField row, Formula formula, DebugRing debug) {
  EntityId id() {
    return row.id();
  }

  EntityId owner() {
    return row.entity();
  }

  long version() {
    return row.version();
  }
}
