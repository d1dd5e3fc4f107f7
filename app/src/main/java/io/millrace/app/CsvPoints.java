package io.millrace.app;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.model.Point;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Telemetry as CSV (RFC 4180): `entityType,entityId,name,ts,key,value`, values as JSON, so that
/// `"20"` the word and `20` the number stay what they are.
final class CsvPoints {
  static final String HEADER = "entityType,entityId,name,ts,key,value";
  private static final int COLUMNS = 6;
  private static final int ROW_CHARACTERS_MAX = 1 << 20;

  private CsvPoints() {}

  static void write(ExportedPoint row, Writer out) throws IOException {
    out.write(row.entity().type().name());
    out.write(',');
    out.write(row.entity().id().toString());
    out.write(',');
    out.write(quoted(row.name()));
    out.write(',');
    out.write(Long.toString(row.point().ts()));
    out.write(',');
    out.write(quoted(row.point().key()));
    out.write(',');
    out.write(quoted(row.point().value().toString()));
    out.write("\n");
  }

  private static String quoted(String text) {
    boolean isPlain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  /// The fields of the next row, which may go over several lines; null at the end.
  ///
  /// @throws IllegalArgumentException when a quote is never closed
  static @Nullable List<String> row(BufferedReader in) throws IOException {
    var line = in.readLine();
    if (line == null) {
      return null;
    }
    var row = new StringBuilder(line);
    while (row.chars().filter(c -> c == '"').count() % 2 != 0) {
      var more = in.readLine();
      if (more == null || row.length() > ROW_CHARACTERS_MAX) {
        throw new IllegalArgumentException("a quote is not closed");
      }
      row.append('\n').append(more);
    }
    return fields(row.toString());
  }

  private static List<String> fields(String row) {
    var fields = new ArrayList<String>(COLUMNS);
    var field = new StringBuilder();
    boolean isQuoted = false;
    for (int i = 0; i < row.length(); i++) {
      char c = row.charAt(i);
      if (c == '"' && isQuoted && i + 1 < row.length() && row.charAt(i + 1) == '"') {
        field.append(c);
        i++;
      } else if (c == '"') {
        isQuoted = !isQuoted;
      } else if (c == ',' && !isQuoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }

  /// What a row means; a value that is not JSON is a word.
  ///
  /// @throws IllegalArgumentException saying what is wrong with it
  static ExportedPoint read(List<String> fields) {
    if (fields.size() != COLUMNS) {
      throw new IllegalArgumentException("has %d fields, not %s".formatted(fields.size(), HEADER));
    }
    EntityId entity;
    try {
      entity = EntityId.of(EntityType.valueOf(fields.get(0)), fields.get(1));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'%s,%s' is no entity".formatted(fields.get(0), fields.get(1)), e);
    }
    long ts;
    try {
      ts = Long.parseLong(fields.get(3));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "ts '%s' is no number of milliseconds".formatted(fields.get(3)), e);
    }
    if (fields.get(4).isEmpty()) {
      throw new IllegalArgumentException("has no key");
    }
    return new ExportedPoint(
        entity, fields.get(2), new Point(fields.get(4), ts, value(fields.get(5))));
  }

  private static JsonValue value(String text) {
    try {
      return Json.parse(text.getBytes(StandardCharsets.UTF_8));
    } catch (JsonSyntaxException e) {
      return new JsonString(text);
    }
  }
}
