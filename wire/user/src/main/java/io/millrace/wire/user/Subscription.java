package io.millrace.wire.user;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.engine.live.Watch;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// One subscription of a socket: what it watches, and how news of it look.
///
/// News that come before the first answer was sent wait in the watch.
final class Subscription<T> implements AutoCloseable {
  private final EntityId entity;
  private final Function<List<T>, JsonObject> frame;
  private final Watch<T> watch;
  private volatile boolean answered;

  /// How to begin watching; `news` as in [io.millrace.engine.live.LiveUpdates].
  interface Beginning<T> {
    Watch<T> watch(Runnable news);
  }

  Subscription(
      EntityId entity,
      Beginning<T> beginning,
      Function<List<T>, JsonObject> frame,
      SocketWriter writer) {
    this.entity = entity;
    this.frame = frame;
    this.watch =
        beginning.watch(
            () -> {
              if (answered) {
                writer.hasNews(this);
              }
            });
  }

  /// The first answer is on its way: from now on news follow.
  void answered(SocketWriter writer) {
    answered = true;
    writer.hasNews(this);
  }

  /// The next frame; empty when nothing happened.
  Optional<JsonObject> next() {
    var news = watch.take();
    return news.isEmpty() ? Optional.empty() : Optional.of(frame.apply(news));
  }

  EntityId entity() {
    return entity;
  }

  @Override
  public void close() {
    watch.close();
  }
}
