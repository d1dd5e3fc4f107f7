package io.millrace.wire.user;

import io.millrace.wire.http.HttpError;
import java.util.ArrayList;
import java.util.List;

/// Reads and writes comma-separated text as RFC 4180 has it.
final class CsvRows {
  private final String text;
  private final char delimiter;
  private int at;

  private CsvRows(String text, char delimiter) {
    this.text = text;
    this.delimiter = delimiter;
  }

  /// All rows; empty lines are left out.
  static List<List<String>> read(String text, char delimiter, int rowsMax) {
    var csv = new CsvRows(text, delimiter);
    var rows = new ArrayList<List<String>>();
    while (csv.at < text.length()) {
      var row = csv.row();
      if (row.size() > 1 || !row.getFirst().isBlank()) {
        rows.add(row);
      }
      if (rows.size() > rowsMax) {
        throw HttpError.badField(
            "file", "has more than %d rows (user.importRowsMax)".formatted(rowsMax));
      }
    }
    return rows;
  }

  private List<String> row() {
    var row = new ArrayList<String>();
    boolean more = true;
    while (more) {
      row.add(at < text.length() && text.charAt(at) == '"' ? quoted() : plain());
      more = at < text.length() && text.charAt(at) == delimiter;
      if (more) {
        at++;
      }
    }
    skipLineEnd();
    return row;
  }

  private String plain() {
    int from = at;
    while (at < text.length() && text.charAt(at) != delimiter && !isLineEnd(text.charAt(at))) {
      at++;
    }
    return text.substring(from, at).strip();
  }

  private String quoted() {
    var field = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '"') {
        field.append(c);
      } else if (at < text.length() && text.charAt(at) == '"') {
        field.append('"');
        at++;
      } else {
        plain(); // what stands between the quote and the delimiter
        return field.toString();
      }
    }
    throw HttpError.badField("file", "has a quote that is not closed");
  }

  private void skipLineEnd() {
    if (at < text.length() && text.charAt(at) == '\r') {
      at++;
    }
    if (at < text.length() && text.charAt(at) == '\n') {
      at++;
    }
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }

  static String line(List<String> fields) {
    return String.join(",", fields.stream().map(CsvRows::field).toList()) + "\r\n";
  }

  private static String field(String text) {
    boolean isPlain = text.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
    return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
