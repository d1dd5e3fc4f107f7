package io.millrace.engine.live;

import java.util.List;

/// One watcher's interest, and what happened since it last looked.
///
/// @param <T> what is watched
public interface Watch<T> extends AutoCloseable {
  /// What happened since the last call, oldest first; empty when nothing did. A watcher that was
  /// too slow gets only the latest of each key. Any thread.
  List<T> take();

  /// No more news; harmless when called again.
  @Override
  void close();
}
