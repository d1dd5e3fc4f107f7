package io.millrace.wire.user;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.engine.live.Watch;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// A subscription to one watch: what it watches, and how news of it look.
///
/// News that come before the first answer was sent wait in the watch.
final class WatchSubscription<T> implements Subscription {
  private final List<EntityId> entities;
  private final Function<List<T>, JsonObject> frame;
  private final Watch<T> watch;
  private Predicate<T> wanted = _ -> true;
  private volatile boolean answered;

  /// How to begin watching; `news` as in [io.millrace.engine.live.LiveUpdates].
  interface Beginning<T> {
    Watch<T> watch(Runnable news);
  }

  WatchSubscription(
      List<EntityId> entities,
      Beginning<T> beginning,
      Function<List<T>, JsonObject> frame,
      SocketWriter writer) {
    this.entities = entities;
    this.frame = frame;
    this.watch =
        beginning.watch(
            () -> {
              if (answered) {
                writer.hasNews(this);
              }
            });
  }

  /// Before it is answered: tells only such news.
  WatchSubscription<T> only(Predicate<T> chosen) {
    wanted = chosen;
    return this;
  }

  @Override
  public void answered(SocketWriter writer) {
    answered = true;
    writer.hasNews(this);
  }

  @Override
  public Optional<JsonObject> next() {
    var news = watch.take().stream().filter(wanted).toList();
    return news.isEmpty() ? Optional.empty() : Optional.of(frame.apply(news));
  }

  @Override
  public List<EntityId> entities() {
    return entities;
  }

  @Override
  public void refresh(SocketWriter writer) {} // news come by themselves

  @Override
  public void close() {
    watch.close();
  }
}
