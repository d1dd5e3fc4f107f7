package io.millrace.engine.alarms;

/// How bad it is, worst first; the names are ThingsBoard's.
public enum AlarmSeverity {
  CRITICAL,
  MAJOR,
  MINOR,
  WARNING,
  INDETERMINATE
}
