package io.millrace.store.entities;

import io.millrace.base.model.EntityId;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// One SQL transaction, and the news to tell once it is committed.
final class Transaction {
  final Handle handle;
  final List<News> news = new ArrayList<>();
  RuleChains.Change remark = RuleChains.Change.UNSIGNED;
  final List<Runnable> forgets = new ArrayList<>();

  Transaction(Handle handle) {
    this.handle = handle;
  }

  void changed(EntityId id) {
    news.add(new News(id, false));
  }

  void deleted(EntityId id) {
    news.add(new News(id, true));
  }

  /// Drops something from memory once the transaction is committed.
  void forget(Runnable from) {
    forgets.add(from);
  }

  /// What happened to a row.
  record News(EntityId id, boolean isDeleted) {}
}
