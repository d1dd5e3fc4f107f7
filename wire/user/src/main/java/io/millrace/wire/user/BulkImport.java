package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.Point;
import io.millrace.store.attributes.AttributeStore;
import io.millrace.store.commit.Commit;
import io.millrace.store.timeseries.TimeseriesStore;
import io.millrace.wire.http.HttpError;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// ThingsBoard's import of many devices or assets from comma-separated text.
///
/// A row that cannot be taken is an error of that row; the others are imported.
final class BulkImport {
  private static final int ERRORS_MAX = 1_000;

  private final EngineWrites engine;
  private final AttributeStore attributes;
  private final TimeseriesStore timeseries;
  private final int rowsMax;

  BulkImport(
      EngineWrites engine, AttributeStore attributes, TimeseriesStore timeseries, int rowsMax) {
    this.engine = engine;
    this.attributes = attributes;
    this.timeseries = timeseries;
    this.rowsMax = rowsMax;
  }

  /// What a column holds; the names are ThingsBoard's.
  enum Column {
    NAME,
    TYPE,
    LABEL,
    DESCRIPTION,
    IS_GATEWAY,
    ACCESS_TOKEN,
    MQTT_CLIENT_ID,
    MQTT_USER_NAME,
    MQTT_PASSWORD,
    SHARED_ATTRIBUTE,
    SERVER_ATTRIBUTE,
    TIMESERIES
  }

  /// One row: the entity's own columns, and the values of the others by kind and key.
  record Row(Map<Column, String> own, Map<Column, Map<String, JsonValue>> values) {
    Optional<String> text(Column column) {
      return Optional.ofNullable(own.get(column)).filter(text -> !text.isEmpty());
    }
  }

  /// Makes or changes the entity of a row.
  interface Target {
    Done save(Row row, boolean mayUpdate) throws Exception;
  }

  /// An entity that was saved.
  record Done(EntityId entity, boolean isNew) {}

  private record ColumnAt(Column column, String key) {}

  Reply run(Request request, Target target) {
    var body = request.body();
    var mapping = new Fields(body.object("mapping", JsonObject.EMPTY));
    var columns = columns(mapping.json());
    var delimiter = mapping.text("delimiter", ",");
    var rows =
        CsvRows.read(
            body.text("file", ""), delimiter.isEmpty() ? ',' : delimiter.charAt(0), rowsMax);
    boolean mayUpdate = mapping.flag("update", false);
    int created = 0;
    int updated = 0;
    int failed = 0;
    var errors = new ArrayList<JsonValue>();
    for (int i = mapping.flag("header", false) ? 1 : 0; i < rows.size(); i++) {
      try {
        var done = imported(row(rows.get(i), columns), target, mayUpdate);
        created += done.isNew() ? 1 : 0;
        updated += done.isNew() ? 0 : 1;
      } catch (Exception e) {
        failed++;
        if (errors.size() < ERRORS_MAX) {
          errors.add(new JsonString("Line %d: %s".formatted(i + 1, e.getMessage())));
        }
      }
    }
    return Reply.of(
        JsonObject.builder()
            .put("created", created)
            .put("updated", updated)
            .put("errors", failed)
            .put("errorsList", new JsonArray(errors))
            .build());
  }

  private Done imported(Row row, Target target, boolean mayUpdate) throws Exception {
    if (row.text(Column.NAME).isEmpty()) {
      throw HttpError.badField("NAME", "is empty");
    }
    var done = target.save(row, mayUpdate);
    saveValues(done.entity(), row);
    return done;
  }

  private void saveValues(EntityId entity, Row row) throws Exception {
    if (row.values().isEmpty()) {
      return;
    }
    engine.on(
        entity,
        batch -> {
          save(batch.commit(), entity, AttributeScope.SHARED_SCOPE, row, Column.SHARED_ATTRIBUTE);
          save(batch.commit(), entity, AttributeScope.SERVER_SCOPE, row, Column.SERVER_ATTRIBUTE);
          var points = new ArrayList<Point>();
          row.values()
              .getOrDefault(Column.TIMESERIES, Map.of())
              .forEach((key, value) -> points.add(new Point(key, batch.now(), value)));
          if (!points.isEmpty()) {
            timeseries.save(batch.commit(), entity, points);
          }
          return points.size();
        });
  }

  private void save(Commit commit, EntityId entity, AttributeScope scope, Row row, Column column) {
    var saved = new ArrayList<Attribute>();
    row.values()
        .getOrDefault(column, Map.of())
        .forEach((key, value) -> saved.add(new Attribute(key, value, engine.now())));
    if (!saved.isEmpty()) {
      attributes.save(commit, entity, scope, saved);
    }
  }

  private static List<ColumnAt> columns(JsonObject mapping) {
    if (!(mapping.get("columns") instanceof JsonArray list) || list.values().isEmpty()) {
      throw HttpError.badField("mapping.columns", "is missing; say what each column holds");
    }
    return list.values().stream()
        .map(
            each -> {
              var json = each instanceof JsonObject object ? object : JsonObject.EMPTY;
              return new ColumnAt(
                  Request.choice("mapping.columns.type", Column.class, json.text("type", "")),
                  json.text("key", ""));
            })
        .toList();
  }

  private static Row row(List<String> fields, List<ColumnAt> columns) {
    if (fields.size() != columns.size()) {
      throw HttpError.badRequest(
          "%d fields, but %d columns are mapped".formatted(fields.size(), columns.size()));
    }
    var own = new EnumMap<Column, String>(Column.class);
    var values = new EnumMap<Column, Map<String, JsonValue>>(Column.class);
    for (int i = 0; i < fields.size(); i++) {
      var column = columns.get(i);
      if (column.column().compareTo(Column.SHARED_ATTRIBUTE) < 0) {
        own.put(column.column(), fields.get(i));
      } else if (!fields.get(i).isEmpty()) {
        values
            .computeIfAbsent(column.column(), _ -> new LinkedHashMap<>())
            .put(column.key(), value(fields.get(i)));
      }
    }
    return new Row(own, values);
  }

  /// Numbers and truth values are such; everything else is text.
  private static JsonValue value(String text) {
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return text.equalsIgnoreCase("true") ? JsonBoolean.TRUE : JsonBoolean.FALSE;
    }
    try {
      return new JsonLong(Long.parseLong(text));
    } catch (NumberFormatException notWhole) {
      return fraction(text); // tried next
    }
  }

  private static JsonValue fraction(String text) {
    try {
      double number = Double.parseDouble(text);
      return Double.isFinite(number) ? new JsonDouble(number) : new JsonString(text);
    } catch (NumberFormatException notANumber) {
      return new JsonString(text); // then it is text
    }
  }
}
