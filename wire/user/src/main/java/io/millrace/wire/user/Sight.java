package io.millrace.wire.user;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a caller sees of an entity's data: all of it, or what an entity view lets through of its
/// target.
///
/// @param view what the view lists; empty: there is no view, everything is seen
record Sight(EntityId entity, Optional<JsonObject> view) {
  static Sight of(EntityId entity, Guard guard) {
    guard.tenantOf(entity);
    if (entity.type() != EntityType.ENTITY_VIEW) {
      return new Sight(entity, Optional.empty());
    }
    var view = guard.entityView(entity);
    return new Sight(view.target(), Optional.of(view.details()));
  }

  /// Of those keys, the ones that are seen; no keys means all.
  List<String> telemetryKeys(List<String> wanted) {
    if (view.isEmpty()) {
      return wanted;
    }
    var listed = EntityFilter.texts(keys(), "timeseries");
    return wanted.isEmpty() ? listed : wanted.stream().filter(listed::contains).toList();
  }

  /// ThingsBoard: a view's keys of client, server and shared attributes.
  Set<String> attributeKeys(AttributeScope scope) {
    var name =
        switch (scope) {
          case CLIENT_SCOPE -> "cs";
          case SERVER_SCOPE -> "ss";
          case SHARED_SCOPE -> "sh";
        };
    return keys().get("attributes") instanceof JsonObject attributes
        ? Set.copyOf(EntityFilter.texts(attributes, name))
        : Set.of();
  }

  /// Whether everything is seen: there is no view.
  boolean isWhole() {
    return view.isEmpty();
  }

  /// Whether what happened then is seen.
  boolean isInTime(long ts) {
    return from(ts) == ts && until(ts) == ts;
  }

  long from(long from) {
    return Math.max(from, number("startTimeMs", Long.MIN_VALUE));
  }

  long until(long until) {
    long end = number("endTimeMs", 0);
    return end > 0 ? Math.min(until, end) : until;
  }

  private JsonObject keys() {
    return view.map(details -> details.get("keys"))
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .orElse(JsonObject.EMPTY);
  }

  private long number(String name, long fallback) {
    return view.map(details -> new Fields(details).number(name).orElse(fallback)).orElse(fallback);
  }
}
