package io.millrace.store.entities;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The SQL of one table, made from the names of its columns.
///
/// @param own the columns that only this table has, in the order of their values
record Columns(String table, List<String> own) {
  String insert() {
    var names = new ArrayList<>(List.of("id", "created_time", "version", "search_text"));
    names.addAll(own);
    var values = names.stream().map(name -> ":" + name).collect(Collectors.joining(", "));
    return "INSERT INTO %s (%s) VALUES (%s)".formatted(table, String.join(", ", names), values);
  }

  String update() {
    var names = new ArrayList<>(List.of("version", "search_text"));
    names.addAll(own);
    var sets = names.stream().map(name -> name + " = :" + name).collect(Collectors.joining(", "));
    return "UPDATE %s SET %s WHERE id = :id AND version = :version_before".formatted(table, sets);
  }

  String delete() {
    return "DELETE FROM %s WHERE id = ?".formatted(table);
  }

  String select(String where) {
    return "SELECT * FROM %s WHERE %s".formatted(table, where);
  }

  String count(String where) {
    return "SELECT count(*) FROM %s WHERE %s".formatted(table, where);
  }
}
