package io.millrace.store.timeseries;

/// How the points of one interval become one; the names are ThingsBoard's.
public enum Aggregation {
  /// Not at all: the points themselves.
  NONE,
  MIN,
  MAX,
  AVG,
  SUM,
  COUNT
}
