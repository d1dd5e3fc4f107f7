package io.millrace.store.timeseries;

/// Points that were deleted: of one key, or of all, from `fromTs` to before `untilTs`.
record Erasure(int keyId, long fromTs, long untilTs) {
  /// Instead of a key's number: all keys.
  static final int ALL = 0;

  static final Erasure EVERYTHING = new Erasure(ALL, Long.MIN_VALUE, Long.MAX_VALUE);

  boolean isOf(int key) {
    return keyId == ALL || keyId == key;
  }

  boolean covers(int key, long ts) {
    return isOf(key) && ts >= fromTs && ts < untilTs;
  }

  static Series applied(Iterable<Erasure> erasures, int key, Series series) {
    var rest = series;
    for (var erasure : erasures) {
      if (erasure.isOf(key)) {
        rest = rest.without(erasure.fromTs, erasure.untilTs);
      }
    }
    return rest;
  }
}
