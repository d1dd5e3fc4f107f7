package io.millrace.engine.alarms;

/// Is told of every change of an alarm, after the commit that holds it is durable.
///
/// Runs on the committing thread: hand longer work on.
@FunctionalInterface
public interface AlarmListener {
  void changed(AlarmChange change);
}
