package io.millrace.store.entities;

import io.millrace.base.model.EntityId;

/// Hears of changed rows after the SQL commit, on the thread that wrote them. Must not block.
public interface EntityListener {
  /// A row is new or different.
  void changed(EntityId id);

  /// A row is gone; rows that depended on it are told of before it.
  void deleted(EntityId id);
}
