package io.millrace.engine.alarms;

/// What became of an alarm.
public record AlarmChange(Kind kind, Alarm alarm) {
  /// Named for the message that ThingsBoard's engine makes of it.
  public enum Kind {
    CREATED,
    UPDATED,
    SEVERITY_UPDATED,
    ACKNOWLEDGED,
    CLEARED,
    ASSIGNED,
    UNASSIGNED,
    DELETED,
    /// The alarm already was as asked; nothing was written.
    UNCHANGED
  }
}
