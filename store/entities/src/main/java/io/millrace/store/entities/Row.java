package io.millrace.store.entities;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// One row of an answer, its columns read by name as the types of our records.
record Row(ResultSet columns) {
  String text(String column) throws SQLException {
    var text = columns.getString(column);
    if (text == null) {
      throw new SQLException("Column " + column + " is empty and must not be");
    }
    return text;
  }

  long number(String column) throws SQLException {
    return columns.getLong(column);
  }

  boolean flag(String column) throws SQLException {
    return columns.getBoolean(column);
  }

  EntityId id(EntityType type, String column) throws SQLException {
    return EntityId.of(type, text(column));
  }

  @Nullable EntityId idOrNull(EntityType type, String column) throws SQLException {
    var text = columns.getString(column);
    return text == null ? null : EntityId.of(type, text);
  }

  JsonObject json(String column) throws SQLException {
    if (Json.parse(text(column)) instanceof JsonObject object) {
      return object;
    }
    throw new SQLException("Column " + column + " holds no JSON object");
  }

  Contact contact() throws SQLException {
    var json = json("contact");
    return new Contact(
        json.text("country", ""),
        json.text("state", ""),
        json.text("city", ""),
        json.text("address", ""),
        json.text("address2", ""),
        json.text("zip", ""),
        json.text("phone", ""),
        json.text("email", ""));
  }

  /// What [#contact] reads.
  static String text(Contact contact) {
    return JsonObject.builder()
        .put("country", contact.country())
        .put("state", contact.state())
        .put("city", contact.city())
        .put("address", contact.address())
        .put("address2", contact.address2())
        .put("zip", contact.zip())
        .put("phone", contact.phone())
        .put("email", contact.email())
        .build()
        .toString();
  }

  static String text(EntityId id) {
    return id.id().toString();
  }

  static @Nullable String textOrNull(@Nullable EntityId id) {
    return id == null ? null : text(id);
  }
}
