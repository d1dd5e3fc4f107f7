package io.millrace.wire.user;

import io.millrace.engine.live.Watch;
import java.util.List;

/// Several watches that are taken as one; of none, nothing ever comes.
record JoinedWatch<T>(List<Watch<T>> watches) implements Watch<T> {
  @Override
  public List<T> take() {
    return watches.stream().flatMap(watch -> watch.take().stream()).toList();
  }

  @Override
  public void close() {
    watches.forEach(Watch::close);
  }
}
