package io.millrace.store.timeseries;

/// The order of points in time.
public enum Order {
  ASC,
  DESC
}
