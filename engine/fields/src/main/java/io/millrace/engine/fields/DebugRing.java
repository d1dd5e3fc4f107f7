package io.millrace.engine.fields;

import java.util.ArrayDeque;
import java.util.List;

/// The latest computations of one field. Any thread.
final class DebugRing {
  private final int most;
  private final ArrayDeque<FieldEvent> events = new ArrayDeque<>();
  private boolean isFailing;

  DebugRing(int most) {
    this.most = most;
  }

  synchronized void add(FieldEvent event) {
    if (most == 0) {
      return;
    }
    if (events.size() == most) {
      events.removeFirst();
    }
    events.add(event);
  }

  /// Notes whether the last computation failed.
  ///
  /// @return true when it is the first to fail since one did not
  synchronized boolean failed(boolean failed) {
    boolean isNews = failed && !isFailing;
    isFailing = failed;
    return isNews;
  }

  /// Oldest first.
  synchronized List<FieldEvent> all() {
    return List.copyOf(events);
  }
}
