package io.millrace.wire.user;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.Point;
import io.millrace.engine.live.LiveUpdates;
import io.millrace.engine.live.Watch;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// What changes in one entity of a page: its points, and its attributes by scope.
final class RowWatch implements AutoCloseable {
  private final EntityId entity;
  private final Set<EntityKey> latestKeys;
  private final Set<String> seriesKeys;
  private final List<Watch<Point>> points = new ArrayList<>();
  private final Map<AttributeScope, Watch<Attribute>> attributes =
      new EnumMap<>(AttributeScope.class);

  private RowWatch(EntityId entity, Set<EntityKey> latestKeys, Set<String> seriesKeys) {
    this.entity = entity;
    this.latestKeys = latestKeys;
    this.seriesKeys = seriesKeys;
  }

  /// Begins to watch.
  ///
  /// @param news as in `LiveUpdates`: must not block
  static RowWatch begin(
      EntityId entity,
      Set<EntityKey> latestKeys,
      Set<String> seriesKeys,
      LiveUpdates live,
      Consumer<RowWatch> news) {
    var watch = new RowWatch(entity, latestKeys, seriesKeys);
    var keys = new HashSet<>(seriesKeys);
    watch.keys(EntityKey.Type.TIME_SERIES).forEach(keys::add);
    if (!keys.isEmpty()) {
      watch.points.add(live.telemetry(entity, keys, () -> news.accept(watch)));
    }
    for (var scope : AttributeScope.values()) {
      var names =
          latestKeys.stream()
              .filter(key -> key.type().scopes().contains(scope))
              .map(EntityKey::key)
              .collect(Collectors.toSet());
      if (!names.isEmpty()) {
        watch.attributes.put(
            scope, live.attributes(entity, Set.of(scope), names, () -> news.accept(watch)));
      }
    }
    return watch;
  }

  EntityId entity() {
    return entity;
  }

  /// EntityData with what has changed since the last call; empty when nothing has.
  Optional<JsonObject> news() {
    Map<String, JsonObject.Builder> latest = new LinkedHashMap<>();
    Map<String, List<Point>> series = new LinkedHashMap<>();
    points.forEach(watch -> watch.take().forEach(point -> add(point, latest, series)));
    attributes.forEach(
        (scope, watch) -> watch.take().forEach(attribute -> add(scope, attribute, latest)));
    if (latest.isEmpty() && series.isEmpty()) {
      return Optional.empty();
    }
    var shownLatest = JsonObject.builder();
    latest.forEach((type, values) -> shownLatest.put(type, values.build()));
    var shownSeries = JsonObject.builder();
    series.forEach((key, list) -> shownSeries.put(key, EntityPoints.shape(list)));
    return Optional.of(
        JsonObject.builder()
            .put("entityId", EntityJson.id(entity))
            .put("latest", shownLatest.build())
            .put("timeseries", shownSeries.build())
            .put("aggLatest", JsonObject.EMPTY)
            .build());
  }

  private void add(
      Point point, Map<String, JsonObject.Builder> latest, Map<String, List<Point>> series) {
    if (latestKeys.contains(new EntityKey(EntityKey.Type.TIME_SERIES, point.key()))) {
      latest
          .computeIfAbsent("TIME_SERIES", _ -> JsonObject.builder())
          .put(point.key(), EntityValues.shape(point.ts(), point.value()));
    }
    if (seriesKeys.contains(point.key())) {
      series.computeIfAbsent(point.key(), _ -> new ArrayList<>()).add(point);
    }
  }

  private void add(
      AttributeScope scope, Attribute attribute, Map<String, JsonObject.Builder> latest) {
    for (var key : latestKeys) {
      if (key.key().equals(attribute.key()) && key.type().scopes().contains(scope)) {
        latest
            .computeIfAbsent(key.type().name(), _ -> JsonObject.builder())
            .put(key.key(), EntityValues.shape(attribute.lastUpdateTs(), attribute.value()));
      }
    }
  }

  private List<String> keys(EntityKey.Type type) {
    return latestKeys.stream().filter(key -> key.type() == type).map(EntityKey::key).toList();
  }

  @Override
  public void close() {
    points.forEach(Watch::close);
    attributes.values().forEach(Watch::close);
  }
}
