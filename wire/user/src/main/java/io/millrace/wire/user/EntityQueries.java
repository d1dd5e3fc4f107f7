package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.store.entities.PageLink;
import io.millrace.wire.http.HttpError;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Answers ThingsBoard's EntityDataQuery and EntityCountQuery for the current caller.
final class EntityQueries {
  private final EntityFilter filter;
  private final EntityValues values;

  EntityQueries(EntityFilter filter, EntityValues values) {
    this.filter = filter;
    this.values = values;
  }

  /// One page of what a query finds.
  ///
  /// @param keys what to show of each: `entityFields`, then `latestValues`
  record Found(List<EntityRow> rows, List<EntityKey> keys, int pageSize, int page, long total) {
    int totalPages() {
      return (int) ((total + pageSize - 1) / pageSize);
    }

    boolean hasNext() {
      return page + 1 < totalPages();
    }
  }

  /// All entities that the query's filters leave, in no order.
  List<EntityRow> matching(JsonObject query) {
    var rows = filter.find(new Fields(query).object("entityFilter", JsonObject.EMPTY));
    var filters = KeyFilter.of(query, values);
    if (filters.isEmpty()) {
      return rows;
    }
    boolean isOr = query.text("keyFiltersOperation", "AND").equalsIgnoreCase("OR");
    return rows.stream()
        .filter(
            row ->
                isOr
                    ? filters.stream().anyMatch(each -> each.takes(row, values))
                    : filters.stream().allMatch(each -> each.takes(row, values)))
        .toList();
  }

  Found find(JsonObject query) {
    var link = new Fields(new Fields(query).object("pageLink", JsonObject.EMPTY));
    int pageSize =
        bounded("pageSize", link.number("pageSize").orElse(10), 1, PageLink.PAGE_SIZE_MAX);
    int page = bounded("page", link.number("page").orElse(0), 0, Integer.MAX_VALUE);
    var keys =
        Stream.concat(
                EntityKey.list(query, "entityFields").stream(),
                EntityKey.list(query, "latestValues").stream())
            .toList();
    var rows = searched(matching(query), keys, link.text("textSearch", ""));
    var shown =
        rows.stream()
            .sorted(order(link.object("sortOrder", JsonObject.EMPTY)))
            .skip((long) page * pageSize)
            .limit(pageSize)
            .toList();
    return new Found(shown, keys, pageSize, page, rows.size());
  }

  /// ThingsBoard's PageData of EntityData.
  JsonObject page(Found found) {
    var data = found.rows().stream().<JsonValue>map(row -> values.data(row, found.keys())).toList();
    return Reply.page(new JsonArray(data), found.totalPages(), found.total(), found.hasNext());
  }

  // ThingsBoard: the text may stand in any column that is shown
  private List<EntityRow> searched(List<EntityRow> rows, List<EntityKey> keys, String text) {
    if (text.isBlank()) {
      return rows;
    }
    var wanted = text.toLowerCase(Locale.ROOT);
    return rows.stream()
        .filter(
            row ->
                Stream.concat(
                        Stream.of(row.name(), row.field("label"), row.field("type")),
                        keys.stream()
                            .flatMap(key -> values.of(row, key).stream())
                            .map(value -> value.value().asText()))
                    .anyMatch(column -> column.toLowerCase(Locale.ROOT).contains(wanted)))
        .toList();
  }

  private Comparator<EntityRow> order(JsonObject sortOrder) {
    var byId = Comparator.comparing((EntityRow row) -> row.id().id());
    if (!(sortOrder.get("key") instanceof JsonObject json)) {
      return Comparator.comparingLong((EntityRow row) -> Long.parseLong(row.field("createdTime")))
          .reversed()
          .thenComparing(byId);
    }
    var key = EntityKey.of(json);
    boolean isDown = sortOrder.text("direction", "ASC").equalsIgnoreCase("DESC");
    Comparator<JsonValue> up = EntityQueries::compare;
    var byValue = isDown ? up.reversed() : up;
    var known = new HashMap<EntityRow, JsonValue>(); // each value is read once, not per comparison
    Comparator<EntityRow> order =
        (a, b) ->
            missingLast(
                known.computeIfAbsent(a, row -> value(row, key)),
                known.computeIfAbsent(b, row -> value(row, key)),
                byValue);
    return order.thenComparing(byId);
  }

  private JsonValue value(EntityRow row, EntityKey key) {
    return values.of(row, key).map(EntityValues.Value::value).orElse(JsonNull.NULL);
  }

  private static int missingLast(JsonValue a, JsonValue b, Comparator<JsonValue> order) {
    if (a instanceof JsonNull || b instanceof JsonNull) {
      return Boolean.compare(a instanceof JsonNull, b instanceof JsonNull);
    }
    return order.compare(a, b);
  }

  /// Numbers as numbers, before everything else as text.
  private static int compare(JsonValue a, JsonValue b) {
    var first = KeyFilter.number(a);
    var second = KeyFilter.number(b);
    if (first.isPresent() && second.isPresent()) {
      return Double.compare(first.getAsDouble(), second.getAsDouble());
    }
    if (first.isPresent() != second.isPresent()) {
      return first.isPresent() ? -1 : 1;
    }
    return a.asText().compareToIgnoreCase(b.asText());
  }

  private static int bounded(String name, long value, int min, int max) {
    if (value < min || value > max) {
      throw HttpError.badField(name, "is %d, not %d to %d".formatted(value, min, max));
    }
    return (int) value;
  }
}
