package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.engine.live.LiveUpdates;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/// The page that a query found, and what changes in it.
final class EntityDataSubscription implements Subscription {
  private final long id;
  private final JsonObject query;
  private final EntityQueries queries;
  private final EntityValues values;
  private final EntityPoints points;
  private final LiveUpdates live;
  private final SocketWriter writer;
  private final List<RowWatch> watches = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<RowWatch> withNews = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean told = new AtomicBoolean();
  private final Set<EntityKey> latestKeys = new HashSet<>();
  private final Set<String> seriesKeys = new HashSet<>();
  private volatile List<EntityRow> rows = List.of();
  private volatile boolean answered;

  EntityDataSubscription(
      long id,
      JsonObject query,
      EntityQueries queries,
      EntityValues values,
      EntityPoints points,
      LiveUpdates live,
      SocketWriter writer) {
    this.id = id;
    this.query = query;
    this.queries = queries;
    this.values = values;
    this.points = points;
    this.live = live;
    this.writer = writer;
  }

  /// Watches first, then answers the page, so that nothing falls between.
  synchronized void begin(SocketCommand command) {
    var found = queries.find(query);
    rows = found.rows();
    note(command.json());
    watch();
    answer(found, command.json());
  }

  private void answer(EntityQueries.Found found, JsonObject command) {
    var keys = Stream.concat(found.keys().stream(), latestKeys.stream()).distinct().toList();
    var budget = new PointBudget();
    var data =
        found.rows().stream()
            .<JsonValue>map(row -> points.with(values.data(row, keys), row.id(), command, budget))
            .toList();
    var page = Reply.page(new JsonArray(data), found.totalPages(), found.total(), found.hasNext());
    writer.send(EntityDataSubscriber.data(id, page, JsonNull.NULL));
    answered(writer);
  }

  /// A later command of the same id: more keys of what the query found.
  synchronized void more(SocketCommand command, SocketWriter to) {
    note(command.json());
    closeWatches();
    watch();
    var keys = EntityDataSubscriber.keys(command.json(), "latestCmd");
    var budget = new PointBudget();
    var update =
        rows.stream()
            .<JsonValue>map(
                row -> points.with(values.data(row, keys), row.id(), command.json(), budget))
            .toList();
    to.send(EntityDataSubscriber.data(id, JsonNull.NULL, new JsonArray(update)));
  }

  private void note(JsonObject command) {
    latestKeys.addAll(EntityDataSubscriber.keys(command, "latestCmd"));
    if (command.get("tsCmd") instanceof JsonObject part) {
      seriesKeys.addAll(new SocketCommand(SocketCommand.Kind.ENTITY_DATA, part).keys());
    }
  }

  private void watch() {
    var latest = Set.copyOf(latestKeys);
    var series = Set.copyOf(seriesKeys);
    if (latest.isEmpty() && series.isEmpty()) {
      return;
    }
    for (var row : rows) {
      watches.add(RowWatch.begin(row.id(), latest, series, live, this::news));
    }
  }

  private void news(RowWatch watch) {
    withNews.add(watch);
    if (answered && told.compareAndSet(false, true)) {
      writer.hasNews(this);
    }
  }

  @Override
  public void answered(SocketWriter to) {
    answered = true;
    if (told.compareAndSet(false, true)) {
      to.hasNews(this);
    }
  }

  @Override
  public Optional<JsonObject> next() {
    told.set(false);
    var waiting = new LinkedHashSet<RowWatch>();
    for (var watch = withNews.poll(); watch != null; watch = withNews.poll()) {
      waiting.add(watch); // points and attributes tell apart
    }
    var changed =
        waiting.stream().flatMap(watch -> watch.news().stream()).<JsonValue>map(d -> d).toList();
    return changed.isEmpty()
        ? Optional.empty()
        : Optional.of(EntityDataSubscriber.data(id, JsonNull.NULL, new JsonArray(changed)));
  }

  @Override
  public List<EntityId> entities() {
    return rows.stream().map(EntityRow::id).toList();
  }

  // ThingsBoard: a dynamic page is looked at again and again
  @Override
  public synchronized void refresh(SocketWriter to) {
    if (!(query.get("pageLink") instanceof JsonObject link)
        || link.get("dynamic") != JsonBoolean.TRUE) {
      return;
    }
    var found = queries.find(query);
    var before = rows.stream().map(EntityRow::id).toList();
    if (!found.rows().stream().map(EntityRow::id).toList().equals(before)) {
      closeWatches();
      rows = found.rows();
      watch();
      answer(found, JsonObject.EMPTY);
    }
  }

  private void closeWatches() {
    watches.forEach(RowWatch::close);
    watches.clear();
  }

  @Override
  public synchronized void close() {
    closeWatches();
  }
}
