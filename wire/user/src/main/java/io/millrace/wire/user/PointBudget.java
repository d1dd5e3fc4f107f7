package io.millrace.wire.user;

import io.millrace.wire.http.HttpError;

/// Bounds the points of one answer, all keys together.
final class PointBudget {
  static final int MAX = 1_000_000;
  private int left = MAX;

  /// Counts points that were read.
  void take(int points) {
    left -= points;
    if (left < 0) {
      throw HttpError.badRequest(
          "The answer has more than %d points; ask for a shorter range, fewer keys, or an interval"
              .formatted(MAX));
    }
  }
}
