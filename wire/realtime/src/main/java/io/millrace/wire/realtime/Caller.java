package io.millrace.wire.realtime;

/// Who asks.
enum Caller {
  /// May do everything.
  ADMIN,
  /// Known by nothing.
  NOBODY
}
