package io.millrace.engine.alarms;

import io.millrace.store.commit.Commit;

/// Is told of every change of an alarm, after the commit that holds it is durable.
///
/// Runs on the committing thread: hand longer work on.
@FunctionalInterface
public interface AlarmListener {
  void changed(AlarmChange change);

  /// The change is being added to `commit`, which may still be refused: to add what must become
  /// durable with it.
  default void changing(Commit commit, AlarmChange change) {}
}
