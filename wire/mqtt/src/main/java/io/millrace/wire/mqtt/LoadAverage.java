package io.millrace.wire.mqtt;

import java.util.Locale;

/// How much of something passed per minute, smoothed over 1, 5 and 15 minutes as Mosquitto does.
final class LoadAverage {
  private static final int[] MINUTES = {1, 5, 15};

  private final double[] perMinute = new double[MINUTES.length];
  private long before;

  /// Takes the count as it stands now.
  void update(long count, double passedSeconds) {
    double rate = (count - before) * 60 / passedSeconds;
    before = count;
    for (int i = 0; i < MINUTES.length; i++) {
      double keep = Math.exp(-passedSeconds / (60.0 * MINUTES[i]));
      perMinute[i] = rate + keep * (perMinute[i] - rate);
    }
  }

  interface Line {
    void is(String name, String value);
  }

  /// Tells `name/1min`, `name/5min` and `name/15min`.
  void tell(String name, Line line) {
    for (int i = 0; i < MINUTES.length; i++) {
      line.is(name + "/" + MINUTES[i] + "min", String.format(Locale.ROOT, "%.2f", perMinute[i]));
    }
  }
}
