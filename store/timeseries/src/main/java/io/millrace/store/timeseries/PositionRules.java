package io.millrace.store.timeseries;

/// How the positions of a key are to be understood.
///
/// @param longitudeKey the key of the longitude, when the key itself is the latitude; empty: its
///     values are both
/// @param maxKmPerHour faster is a jump of the receiver: that position is not believed
/// @param minMeters a shorter step is the receiver's noise, not a way
public record PositionRules(String longitudeKey, double maxKmPerHour, double minMeters) {
  public PositionRules {
    if (!(maxKmPerHour > 0) || !(minMeters >= 0)) {
      throw new IllegalArgumentException(
          "maxKmPerHour=%s, minMeters=%s: the first is above 0, the second not below"
              .formatted(maxKmPerHour, minMeters));
    }
  }
}
