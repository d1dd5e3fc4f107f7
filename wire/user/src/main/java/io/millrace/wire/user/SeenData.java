package io.millrace.wire.user;

import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.Point;
import io.millrace.engine.live.LiveUpdates;
import io.millrace.engine.live.Watch;
import io.millrace.store.attributes.AttributeStore;
import io.millrace.store.timeseries.RangeQuery;
import io.millrace.store.timeseries.TimeseriesStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// An entity's data as sockets read and watch it: all of it, or what an entity view lets through.
final class SeenData {
  private final TimeseriesStore timeseries;
  private final AttributeStore attributes;
  private final LiveUpdates live;

  SeenData(TimeseriesStore timeseries, AttributeStore attributes, LiveUpdates live) {
    this.timeseries = timeseries;
    this.attributes = attributes;
    this.live = live;
  }

  /// The newest point of each key; through a view, the newest of its time.
  List<Point> latest(Sight sight, Set<String> wanted) {
    var entity = sight.entity();
    if (sight.isWhole()) {
      return wanted.isEmpty() ? timeseries.latest(entity) : timeseries.latest(entity, wanted);
    }
    long from = sight.from(0);
    long until = sight.until(Long.MAX_VALUE);
    return keys(sight, wanted).stream()
        .flatMap(key -> timeseries.read(entity, RangeQuery.newest(key, from, until, 1)).stream())
        .toList();
  }

  /// Points of a range, of the keys that the command names.
  List<Point> points(Sight sight, SocketCommand command, long wantedFrom, long wantedUntil) {
    long from = sight.from(wantedFrom);
    long until = sight.until(wantedUntil);
    if (!sight.isWhole() && from > until) {
      return List.of(); // nothing of what was asked is in the view's time
    }
    var range = RangeRequest.of(command, from, until);
    var budget = new PointBudget();
    var points = new ArrayList<Point>();
    for (var key : sight.isWhole() ? command.keys() : keys(sight, command.keys())) {
      var more = range.read(timeseries, sight.entity(), key);
      budget.take(more.size());
      points.addAll(more);
    }
    return points;
  }

  /// News of those keys, whenever they are; without keys, of all that are seen.
  Watch<Point> telemetry(Sight sight, Set<String> wanted, Runnable news) {
    var keys = sight.isWhole() ? wanted : keys(sight, wanted);
    return !sight.isWhole() && keys.isEmpty()
        ? new JoinedWatch<>(List.of())
        : live.telemetry(sight.entity(), keys, news);
  }

  List<Attribute> present(Sight sight, Set<AttributeScope> scopes, Set<String> wanted) {
    return scopes.stream().flatMap(scope -> read(sight, scope, wanted)).toList();
  }

  private Stream<Attribute> read(Sight sight, AttributeScope scope, Set<String> wanted) {
    var entity = sight.entity();
    if (sight.isWhole() && wanted.isEmpty()) {
      return attributes.read(entity, scope).stream();
    }
    var keys = sight.isWhole() ? wanted : keys(sight, scope, wanted);
    return keys.isEmpty() ? Stream.of() : attributes.read(entity, scope, keys).stream();
  }

  /// News of those attributes. A view lists its keys by scope, so each scope is watched by itself.
  Watch<Attribute> attributes(
      Sight sight, Set<AttributeScope> scopes, Set<String> wanted, Runnable news) {
    if (sight.isWhole()) {
      return live.attributes(sight.entity(), scopes, wanted, news);
    }
    var watches = new ArrayList<Watch<Attribute>>();
    for (var scope : scopes) {
      var keys = keys(sight, scope, wanted);
      if (!keys.isEmpty()) {
        watches.add(live.attributes(sight.entity(), Set.of(scope), keys, news));
      }
    }
    return new JoinedWatch<>(watches);
  }

  private static Set<String> keys(Sight sight, Set<String> wanted) {
    return Set.copyOf(sight.telemetryKeys(List.copyOf(wanted)));
  }

  private static Set<String> keys(Sight sight, AttributeScope scope, Set<String> wanted) {
    var listed = sight.attributeKeys(scope);
    return wanted.isEmpty()
        ? listed
        : Set.copyOf(wanted.stream().filter(listed::contains).toList());
  }
}
